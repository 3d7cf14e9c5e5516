import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError } from '@/lib/errors'
import { requireEdit } from '@/lib/projects/access'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { IS_CANCELLED } from './done'
import { derivedProgress, isOpen } from './rules'
import type { ReportProgress } from './schema'
import { findTask, lockTasks } from './tasks'
import { requireOwnAssignment } from './transitions'

const SHOWN_MAX = 200

export type Report = { id: string; seq: number; body: string; percent: number | null; at: Date; authorUserId: string; /** Of the API key that wrote it in their name. */ keyPrefix: string | null }

/** What was reported on the way, the latest first; `before`: the number of the last one seen. */
export async function listReports({ tx }: Scope, task: { id: string; projectId: string }, { before, take = SHOWN_MAX }: { before?: number; take?: number } = {}): Promise<Report[]> {
  return tx.taskProgress.findMany({
    where: { projectId: task.projectId, taskId: task.id, ...(before !== undefined && { seq: { lt: before } }) }, orderBy: { seq: 'desc' }, take,
    select: { id: true, seq: true, body: true, percent: true, at: true, authorUserId: true, keyPrefix: true },
  })
}

/**
 * Adds a report, numbered under the task's row lock. A percent becomes the task's; 100 does not complete it.
 * @throws ConflictError `progress_is_derived` for a percent on a task with subtasks · `task_closed` once it is done, cancelled or archived
 */
export async function reportProgress(scope: Scope, { taskId, body, percent }: ReportProgress): Promise<{ seq: number }> {
  authorize(scope, 'tasks:move')
  const { tx, member } = scope
  await lockTasks(scope, [taskId])
  const task = await findTask(scope, taskId)
  await requireEdit(scope, task.projectId)
  await requireOwnAssignment(scope, taskId)
  if (!isOpen(task.status)) throw new ConflictError(`This task is ${task.status} and takes no more reports. A comment can be added.`, 'task_closed')
  if (percent !== null && (await tx.task.count({ where: { parentId: taskId, deletedAt: null, status: { not: 'cancelled' } } })) > 0)
    throw new ConflictError('The percentage of a task with subtasks follows them. Report without one.', 'progress_is_derived')
  const { _max } = await tx.taskProgress.aggregate({ where: { projectId: task.projectId, taskId }, _max: { seq: true } })
  const seq = (_max.seq ?? 0) + 1
  await tx.taskProgress.createMany({ data: [{ id: uuidv7(), projectId: task.projectId, taskId, seq, authorUserId: member.userId, keyPrefix: scope.key?.prefix, body, percent, at: new Date() }] })
  await tx.task.updateMany({ where: { id: taskId }, data: { ...(percent === null ? {} : { progress: percent }), version: { increment: 1 } } })
  if (task.parentId && percent !== null) await deriveProgress(scope, task.parentId)
  await recordAudit(scope, { action: 'task.progress_reported', entityKind: 'task', entityId: taskId, containerId: task.projectId, label: task.title, ...(percent === null ? {} : { changes: { progress: [task.progress, percent] } }) })
  return { seq }
}

/** A task with subtasks shows their mean: written whenever one of them changes, in the same transaction. Of two at once the second counts with the first. */
export async function deriveProgress({ tx, member }: Scope, parentId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM tasks WHERE tenant_id = ${member.tenantId}::uuid AND id = ${parentId}::uuid FOR NO KEY UPDATE`
  const subtasks = await tx.task.findMany({ where: { parentId, deletedAt: null, NOT: IS_CANCELLED }, select: { status: true, progress: true } })
  const progress = derivedProgress(subtasks)
  if (progress !== null) await tx.task.updateMany({ where: { id: parentId, status: { notIn: ['done', 'archived'] } }, data: { progress } })
}
