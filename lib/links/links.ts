import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, InvalidError, NotFoundError } from '@/lib/errors'
import { requireEdit } from '@/lib/projects/access'
import { withProjects } from '@/lib/tasks/task-list'
import { findTask } from '@/lib/tasks/tasks'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { RELATION_WORDS, type LinkTasks, type Relation } from './schema'

const PER_TASK_MAX = 100

/** A link as one of its ends reads it. `isReversed`: it leads here. `isEditable`: it leads from a project that I may change. */
export type TaskLink = { id: string; relation: Relation; isReversed: boolean; isEditable: boolean; words: string; task: { id: string; key: string; title: string; status: string; projectId: string; projectSlug: string; projectName: string; number: number } }

/** Links of a task whose other end I see, the oldest first: row security leaves out the others, and what is in the trash waits there. */
export async function listLinks(scope: Scope, task: { id: string; projectId: string }): Promise<TaskLink[]> {
  const { tx } = scope
  const rows = [
    ...(await tx.recordLink.findMany({ where: { fromContainerId: task.projectId, fromTaskId: task.id }, take: PER_TASK_MAX })),
    ...(await tx.recordLink.findMany({ where: { toContainerId: task.projectId, toTaskId: task.id }, take: PER_TASK_MAX })),
  ]
  if (rows.length === 0) return []
  const others = await tx.task.findMany({ where: { id: { in: rows.map(({ fromId, toId }) => (fromId === task.id ? toId : fromId)) }, deletedAt: null } })
  const byId = new Map((await withProjects(scope, others)).map((other) => [other.id, other]))
  const editable = new Set((await tx.$queryRaw<{ id: string }[]>`SELECT kernel.containers_for('edit') AS id`).map(({ id }) => id))
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).flatMap(({ id, relation, fromId, toId, fromContainerId }) => {
    const isReversed = toId === task.id
    const other = byId.get(isReversed ? fromId : toId)
    if (!other) return []
    const { project, projectId, title, status, number } = other
    return [{
      id, relation: relation as Relation, isReversed, isEditable: editable.has(fromContainerId), words: RELATION_WORDS[relation as Relation][isReversed ? 1 : 0],
      task: { id: other.id, key: `${project.key}-${number}`, title, status, projectId, projectSlug: project.slug, projectName: project.container.name, number },
    }]
  })
}

/** @throws NotFoundError for a task that I do not see · ForbiddenError where I may not change the one that it leads from · ConflictError when they are linked so already */
export async function linkTasks(scope: Scope, { taskId, otherId, relation, isReversed }: LinkTasks): Promise<{ id: string }> {
  authorize(scope, 'tasks:update')
  if (taskId === otherId) throw new InvalidError('A task cannot be linked to itself.', { otherId: ['A task cannot be linked to itself.'] })
  const [from, to] = [await findTask(scope, isReversed ? otherId : taskId), await findTask(scope, isReversed ? taskId : otherId)]
  await requireEdit(scope, from.projectId)
  const { tx, member } = scope
  const turned = await tx.recordLink.count({ where: { fromContainerId: to.projectId, fromTaskId: to.id, toTaskId: from.id, relation } })
  if ((await tx.recordLink.count({ where: { fromContainerId: from.projectId, fromTaskId: from.id } })) >= PER_TASK_MAX) throw new ConflictError(`A task has at most ${PER_TASK_MAX} links.`)
  const id = uuidv7()
  const { count } = turned > 0 ? { count: 0 } : await tx.recordLink.createMany({
    data: [{ id, relation, fromKind: 'task', fromId: from.id, fromContainerId: from.projectId, toKind: 'task', toId: to.id, toContainerId: to.projectId, createdBy: member.userId }], skipDuplicates: true,
  })
  if (count === 0) throw new ConflictError('These two tasks are linked like that already.')
  await recordLinkEvent(scope, 'task.linked', from, relation)
  return { id }
}

/** What is gone can be made again: nothing but the two ends was in it. @throws NotFoundError · ForbiddenError */
export async function unlinkTasks(scope: Scope, id: string): Promise<void> {
  authorize(scope, 'tasks:update')
  const link = await scope.tx.recordLink.findFirst({ where: { id } })
  if (!link) throw new NotFoundError()
  await requireEdit(scope, link.fromContainerId)
  const from = await scope.tx.task.findFirst({ where: { id: link.fromId } })
  const { count } = await scope.tx.recordLink.deleteMany({ where: { id } })
  if (!from || count === 0) throw new NotFoundError()
  await recordLinkEvent(scope, 'task.unlinked', from, link.relation as Relation)
}

// The history of one task is read by people who do not see the other: it names the relation alone.
function recordLinkEvent(scope: Scope, action: 'task.linked' | 'task.unlinked', from: { id: string; projectId: string; title: string }, relation: Relation) {
  return recordAudit(scope, { action, entityKind: 'task', entityId: from.id, containerId: from.projectId, label: from.title, changes: { link: action === 'task.linked' ? [null, relation] : [relation, null] } })
}
