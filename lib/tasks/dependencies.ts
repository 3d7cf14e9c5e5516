import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, InvalidError, NotFoundError } from '@/lib/errors'
import { requireEdit } from '@/lib/projects/access'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { DONE } from './done'
import { findTask } from './tasks'

const PER_TASK_MAX = 100

export type Neighbour = { dependencyId: string; id: string; number: number; title: string; status: string }
export type Dependencies = { dependsOn: Neighbour[]; dependents: Neighbour[] }

/**
 * What a task waits for, all of it, and what waits for it, a page at a time: `take` of them after the dependency `after`. Both are
 * of its project, so whoever sees one sees the other.
 */
export async function listDependencies({ tx }: Scope, task: { id: string; projectId: string }, { after, take = PER_TASK_MAX }: { after?: string; take?: number } = {}): Promise<Dependencies> {
  const select = { id: true, number: true, title: true, status: true } as const
  const alive = { deletedAt: null }
  const dependsOn = await tx.taskDependency.findMany({ where: { projectId: task.projectId, taskId: task.id, dependsOn: alive }, include: { dependsOn: { select } }, orderBy: { id: 'asc' }, take: PER_TASK_MAX })
  const dependents = await tx.taskDependency.findMany({ where: { projectId: task.projectId, dependsOnId: task.id, task: alive, ...(after && { id: { gt: after } }) }, include: { task: { select } }, orderBy: { id: 'asc' }, take })
  return {
    dependsOn: dependsOn.map(({ id, dependsOn: other }) => ({ dependencyId: id, ...other })),
    dependents: dependents.map(({ id, task: other }) => ({ dependencyId: id, ...other })),
  }
}

/** The same with how many wait for it in all. */
export async function readDependencies(scope: Scope, task: { id: string; projectId: string }): Promise<Dependencies & { dependentCount: number }> {
  const both = await listDependencies(scope, task)
  const isWhole = both.dependents.length < PER_TASK_MAX
  return { ...both, dependentCount: isWhole ? both.dependents.length : await scope.tx.taskDependency.count({ where: { projectId: task.projectId, dependsOnId: task.id, task: { deletedAt: null } } }) }
}

/**
 * Lets a task wait for another of its project. That no cycle comes of it is held by the database (kernel.hold_dependency),
 * which answers with the way round.
 * @throws InvalidError for a task that is not in this project or not mine to see · ConflictError `dependency_cycle` with the path, or when it waits already
 */
export async function addDependency(scope: Scope, { taskId, dependsOnId }: { taskId: string; dependsOnId: string }): Promise<{ id: string }> {
  authorize(scope, 'tasks:update')
  const { tx, member } = scope
  const task = await findTask(scope, taskId)
  await requireEdit(scope, task.projectId)
  if (taskId === dependsOnId) throw wrong('A task cannot wait for itself.')
  const other = await tx.task.findFirst({ where: { id: dependsOnId, projectId: task.projectId, deletedAt: null } })
  if (!other) throw wrong('Choose a task of this project. To one of another project a link can lead.')
  if (other.parentId === taskId || task.parentId === dependsOnId) throw wrong('A task is done after its subtasks anyway: neither waits for the other.')
  if ((await tx.taskDependency.count({ where: { projectId: task.projectId, taskId } })) >= PER_TASK_MAX) throw new ConflictError(`A task waits for at most ${PER_TASK_MAX} others.`)
  const id = uuidv7()
  const { count } = await tx.taskDependency.createMany({ data: [{ id, projectId: task.projectId, taskId, dependsOnId, createdBy: member.userId }], skipDuplicates: true })
  if (count === 0) throw new ConflictError('It waits for this task already.')
  await touch(scope, [taskId])
  await recordAudit(scope, { action: 'task.dependency_added', entityKind: 'task', entityId: taskId, containerId: task.projectId, label: task.title, changes: { dependsOn: [null, other.title] } })
  return { id }
}

/** @throws NotFoundError */
export async function removeDependency(scope: Scope, id: string): Promise<void> {
  authorize(scope, 'tasks:update')
  const { tx } = scope
  const found = await tx.taskDependency.findFirst({ where: { id }, include: { task: true, dependsOn: true } })
  if (!found) throw new NotFoundError()
  await requireEdit(scope, found.projectId)
  const { count } = await tx.taskDependency.deleteMany({ where: { id } })
  if (count === 0) throw new NotFoundError()
  await touch(scope, [found.taskId])
  await recordAudit(scope, { action: 'task.dependency_removed', entityKind: 'task', entityId: found.taskId, containerId: found.projectId, label: found.task.title, changes: { dependsOn: [found.dependsOn.title, null] } })
}

/** What each of these tasks still waits for: dependencies that are not done. A cancelled one holds until it is removed. */
export async function openDependencies({ tx, member }: Scope, taskIds: string[]): Promise<Map<string, { title: string; status: string }[]>> {
  if (taskIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ taskId: string; title: string; status: string }[]>`
    SELECT d.task_id AS "taskId", n.title, n.status FROM task_dependencies d
      JOIN tasks n ON n.tenant_id = ${member.tenantId}::uuid AND n.project_id = d.project_id AND n.id = d.depends_on_id AND n.deleted_at IS NULL AND NOT ${DONE}
     WHERE d.tenant_id = ${member.tenantId}::uuid AND d.task_id = ANY (${taskIds}::uuid[]) AND d.project_id IN (SELECT t.project_id FROM tasks t WHERE t.tenant_id = ${member.tenantId}::uuid AND t.id = ANY (${taskIds}::uuid[]))
     ORDER BY n.priority_rank, n.number`
  const found = new Map<string, { title: string; status: string }[]>()
  for (const { taskId, ...rest } of rows) found.set(taskId, [...(found.get(taskId) ?? []), rest])
  return found
}

/** The refusal of a start or a completion that waits for others; null when nothing is open. */
export function waitsFor(open: { title: string; status: string }[] = []): ConflictError | null {
  if (open.length === 0) return null
  const named = open.slice(0, 3).map(({ title, status }) => (status === 'cancelled' || status === 'archived' ? `${title} (cancelled: remove it as a dependency to go on)` : title)).join(', ')
  const rest = open.length > 3 ? ` and ${open.length - 3} more` : ''
  return new ConflictError(`It waits for ${open.length === 1 ? 'a task that is' : `${open.length} tasks that are`} not done: ${named}${rest}.`, 'blocked_by_dependencies', { count: open.length })
}

// Whoever has the task open sees that it has changed.
async function touch({ tx }: Scope, ids: string[]): Promise<void> {
  await tx.task.updateMany({ where: { id: { in: ids } }, data: { version: { increment: 1 } } })
}

const wrong = (sentence: string) => new InvalidError(sentence, { dependsOnId: [sentence] })
