import 'server-only'
import { changesBetween, recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ConflictError, InvalidError, NotFoundError } from '@/lib/errors'
import { requireEdit } from '@/lib/projects/access'
import { indexRecord, removeFromIndex } from '@/lib/search/search'
import { CANCELLED, DONE } from '@/lib/tasks/done'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { CreateGoal, UpdateGoal } from './schema'

const PER_PROJECT_MAX = 100

/** `progress`: percent as it is shown, entered or counted. `taskCount`: its tasks that are no subtasks, cancelled ones left out. */
export type Goal = { id: string; title: string; description: string; targetOn: Date | null; status: string; progressMode: string; progress: number; version: number; taskCount: number; doneCount: number }

/** Goals of a project, the nearest first. Derived progress is floor(100 × done / not cancelled) over tasks that are no subtasks, 0 without any. */
export async function listGoals({ tx, member }: Scope, projectId: string): Promise<Goal[]> {
  const goals = await tx.goal.findMany({ where: { projectId }, orderBy: [{ status: 'asc' }, { targetOn: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }], take: PER_PROJECT_MAX })
  const counts = await tx.$queryRaw<{ id: string; total: number; done: number }[]>`
    SELECT goal_id AS id, count(*)::int AS total, count(*) FILTER (WHERE ${DONE})::int AS done FROM tasks
     WHERE tenant_id = ${member.tenantId}::uuid AND project_id = ${projectId}::uuid AND goal_id IS NOT NULL AND parent_id IS NULL AND deleted_at IS NULL AND NOT ${CANCELLED} GROUP BY goal_id`
  const byId = new Map(counts.map((row) => [row.id, row]))
  return goals.map(({ id, title, description, targetOn, status, progressMode, progress, version }) => {
    const { total: taskCount = 0, done: doneCount = 0 } = byId.get(id) ?? {}
    return { id, title, description, targetOn, status, progressMode, version, taskCount, doneCount, progress: progressMode === 'manual' ? progress : taskCount === 0 ? 0 : Math.floor((100 * doneCount) / taskCount) }
  })
}

/** @throws NotFoundError for a project that I do not see · ForbiddenError where I may not change it */
export async function createGoal(scope: Scope, { projectId, ...input }: CreateGoal): Promise<{ id: string; title: string }> {
  authorize(scope, 'goals:manage')
  const { tx, member } = scope
  const project = await tx.project.findFirst({ where: { id: projectId } })
  if (!project) throw new NotFoundError()
  await requireEdit(scope, projectId)
  if (project.status !== 'active') throw new ConflictError(`This project is ${project.status} and takes no new goals.`, 'project_closed')
  if ((await tx.goal.count({ where: { projectId } })) >= PER_PROJECT_MAX) throw new ConflictError(`A project has at most ${PER_PROJECT_MAX} goals.`)
  const id = uuidv7()
  await tx.goal.createMany({ data: [{ id, projectId, ...input, createdBy: member.userId }] })
  await indexRecord(scope, { entityKind: 'goal', entityId: id, title: input.title, body: input.description, containerId: projectId })
  await recordAudit(scope, { action: 'goal.created', entityKind: 'goal', entityId: id, containerId: projectId, label: input.title, changes: changesBetween({}, input) })
  return { id, title: input.title }
}

/** @throws ChangedElsewhereError · ConflictError `confirm_complete` when it is to be completed below 100 percent and nobody has said that this is meant */
export async function updateGoal(scope: Scope, { id, version, confirmed, ...input }: UpdateGoal): Promise<void> {
  authorize(scope, 'goals:manage')
  const { tx } = scope
  const before = await findGoal(scope, id)
  await requireEdit(scope, before.projectId)
  if (input.status === 'completed' && before.status !== 'completed' && !confirmed) {
    const shown = input.progressMode === 'manual' ? input.progress : (await listGoals(scope, before.projectId)).find((goal) => goal.id === id)!.progress
    if (shown < 100) throw new ConflictError(`This goal stands at ${shown} %. Confirm to complete it all the same.`, 'confirm_complete', { progress: shown })
  }
  const { count } = await tx.goal.updateMany({ where: { id, version }, data: { ...input, version: { increment: 1 } } })
  if (count === 0) throw new ChangedElsewhereError({ title: before.title, description: before.description, status: before.status, progress: before.progress, version: before.version })
  await indexRecord(scope, { entityKind: 'goal', entityId: id, title: input.title, body: input.description, containerId: before.projectId })
  await recordAudit(scope, { action: 'goal.updated', entityKind: 'goal', entityId: id, containerId: before.projectId, label: input.title, changes: changesBetween(before, input) })
}

/** Deletes one without tasks; one with tasks is archived instead. @throws ConflictError `goal_in_use` */
export async function deleteGoal(scope: Scope, id: string): Promise<void> {
  authorize(scope, 'goals:manage')
  const { tx } = scope
  const { title, projectId } = await findGoal(scope, id)
  await requireEdit(scope, projectId)
  const held = await tx.task.count({ where: { projectId, goalId: id } })
  if (held > 0) throw new ConflictError(`${held === 1 ? 'A task leads' : `${held} tasks lead`} to it, those in the trash among them. Archive it, or give them another goal first.`, 'goal_in_use', { count: held })
  await removeFromIndex(scope, 'goal', [id])
  await tx.goal.deleteMany({ where: { id } })
  await recordAudit(scope, { action: 'goal.deleted', entityKind: 'goal', entityId: id, containerId: projectId, label: title })
}

/** @throws InvalidError when there is none such in this project */
export async function requireGoal({ tx }: Scope, id: string | null | undefined, projectId: string): Promise<void> {
  if (!id) return
  if (!(await tx.goal.findFirst({ where: { id, projectId, status: { not: 'archived' } } }))) throw new InvalidError('Choose a goal of this project.', { goalId: ['Choose a goal of this project.'] })
}

async function findGoal({ tx }: Scope, id: string) {
  const found = await tx.goal.findFirst({ where: { id } })
  if (!found) throw new NotFoundError()
  return found
}
