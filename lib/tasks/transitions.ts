import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize, can } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ConflictError, ForbiddenError, InvalidError } from '@/lib/errors'
import { tellReview, tellUnblocked } from '@/lib/notifications/task-notices'
import { requireEdit } from '@/lib/projects/access'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { openDependencies, waitsFor } from './dependencies'
import { deriveProgress } from './progress'
import { workedOnBy } from './effective'
import { allowedNext, isOpen, STATUS_LABELS, statusRank, type Status } from './rules'
import type { MoveTask } from './schema'
import { currentTask, findTask, lockTasks } from './tasks'

type Movable = Awaited<ReturnType<typeof findTask>>

/**
 * Moves a task to another status by the transition table. `at` is for a past that is made up, such as the demo's: no action takes it from anybody.
 * @throws ConflictError `transition_not_allowed` with the allowed ones · `open_subtasks` with the first three · `task_closed` below a closed parent
 * @throws InvalidError without a reason for blocked, without a summary for done
 */
export async function moveTask(scope: Scope, input: MoveTask, at = new Date()): Promise<{ title: string; status: Status; version: number }> {
  authorize(scope, 'tasks:move')
  await lockTasks(scope, [input.id])
  const task = await findTask(scope, input.id)
  await requireEdit(scope, task.projectId)
  await requireOwnAssignment(scope, task.id)
  if (task.version !== input.version) throw new ChangedElsewhereError(await currentTask(scope, task.id))
  checkMove(task, input)
  if (input.to === 'in_progress' || input.to === 'done') {
    const refusal = waitsFor((await openDependencies(scope, [task.id])).get(task.id))
    if (refusal) throw refusal
  }
  const open = await openSubtasks(scope, task.id)
  if (input.to === 'done' && open.length) throw new ConflictError(`${plural(open.length)} open: ${open.slice(0, 3).map(({ title }) => title).join(', ')}.`, 'open_subtasks', { count: open.length })
  if (input.to === 'cancelled' && open.length && !input.cancelSubtasks) throw confirmCancel(open.length, 'it')
  const moved = input.to === 'cancelled' ? [task, ...open] : [task]
  for (const subtask of moved.slice(1)) await requireOwnAssignment(scope, subtask.id)
  for (const one of moved) await writeMove(scope, one, one === task ? input : { ...input, note: '' }, at)
  if (task.parentId) await deriveProgress(scope, task.parentId)
  return { title: task.title, status: input.to, version: task.version + 1 }
}

export const confirmCancel = (count: number, parent: 'it' | 'them') =>
  new ConflictError(`${plural(count)} open and would be cancelled with ${parent}. Confirm to cancel them all.`, 'confirm_cancel_subtasks', { count })

/** What the table and the required texts say, before anything is written. */
export function checkMove(task: { status: string; parent?: { status: string } | null }, { to, note, summary }: { to: Status; note: string; summary: string }): void {
  const allowed = allowedNext(task.status as Status, task.parent as { status: Status } | null)
  if (!allowed.includes(to)) {
    const names = allowed.map((status) => STATUS_LABELS[status]).join(', ') || 'nothing else'
    throw new ConflictError(`A task that is ${STATUS_LABELS[task.status as Status]} cannot become ${STATUS_LABELS[to]}. It can become: ${names}.`, 'transition_not_allowed', { allowed })
  }
  if (!isOpen(task.status) && isOpen(to) && (task.parent?.status === 'done' || task.parent?.status === 'archived'))
    throw new ConflictError(`The task that it is part of is ${task.parent.status} and takes no open subtasks.`, 'task_closed')
  if (to === 'blocked' && !note) throw new InvalidError('Say what blocks it.', { note: ['Say what blocks it.'] })
  if (to === 'done' && !summary) throw new InvalidError('Say in a sentence what was done.', { summary: ['Say in a sentence what was done.'] })
}

/** Field members act on tasks they are assigned to, by the task or, where a subtask names nobody, by its parent. @throws ForbiddenError */
export async function requireOwnAssignment({ tx, member }: Scope, taskId: string): Promise<void> {
  if (can(member.role, 'tasks:update')) return
  if (!(await tx.task.findFirst({ where: { id: taskId, ...workedOnBy(member.userId) }, select: { id: true } }))) throw new ForbiddenError('You can work only on tasks that you are assigned to.')
}

async function openSubtasks({ tx }: Scope, parentId: string): Promise<Movable[]> {
  const subtasks = await tx.task.findMany({ where: { parentId, deletedAt: null }, orderBy: [{ position: 'asc' }, { number: 'asc' }], include: { parent: true } })
  return subtasks.filter(({ status }) => isOpen(status))
}

async function writeMove(scope: Scope, task: Movable, { to, note, summary, testingNotes }: MoveTask, at: Date): Promise<void> {
  const last = to === 'todo' ? (await lastBelow100(scope, [task.id])).get(task.id) : undefined
  const { count } = await scope.tx.task.updateMany({ where: { id: task.id, version: task.version, deletedAt: null }, data: { ...fieldsOf(task, to, { note, summary, testingNotes, at, last }), version: { increment: 1 } } })
  if (count === 0) throw new ChangedElsewhereError(await currentTask(scope, task.id))
  await recordMoves(scope, [task], to, note || summary, at)
}

/** The columns that a move sets. `last`: the percent below 100 that was last reported. */
export function fieldsOf(task: { status: string; startedAt: Date | null; progress: number }, to: Status, { note, summary, testingNotes, at, last = 0 }: { note: string; summary: string; testingNotes?: string; at: Date; last?: number }) {
  return {
    status: to,
    statusRank: statusRank(to),
    blockedReason: to === 'blocked' ? note : null,
    ...(to === 'blocked' ? { blockedAt: at } : {}),
    ...(to === 'in_progress' ? { startedAt: task.startedAt ?? at, completedAt: null, ...(task.status === 'done' ? { progress: 99 } : {}) } : {}),
    ...(to === 'done' ? { completedAt: at, progress: 100, completionSummary: summary, testingNotes: testingNotes || null } : {}),
    ...(to === 'archived' && task.status === 'cancelled' ? { completedAt: null } : {}),
    ...(to === 'todo' ? { completedAt: null, progress: task.progress < 100 ? task.progress : last } : {}),
  }
}

/** The last percent below 100 that was reported on each task. */
export async function lastBelow100({ tx }: Scope, ids: string[]): Promise<Map<string, number>> {
  const reports = await tx.taskProgress.findMany({ where: { taskId: { in: ids }, percent: { lt: 100 } }, orderBy: { seq: 'asc' }, select: { taskId: true, percent: true } })
  return new Map(reports.map(({ taskId, percent }) => [taskId, percent!]))
}

const VERBS: Record<Status, string> = { todo: 'reopened', in_progress: 'started', blocked: 'blocked', review: 'sent_to_review', testing: 'sent_to_testing', done: 'completed', cancelled: 'cancelled', archived: 'archived' }

export async function recordMoves(scope: Scope, tasks: { id: string; projectId: string; status: string; title: string }[], to: Status, note: string, at: Date): Promise<void> {
  await scope.tx.taskStatusChange.createMany({
    data: tasks.map((task) => ({ projectId: task.projectId, taskId: task.id, fromStatus: task.status, toStatus: to, actorUserId: scope.member.userId, keyPrefix: scope.key?.prefix, note: note || null, at })),
  })
  await recordAudit(scope, ...tasks.map((task) => ({
    action: `task.${VERBS[to]}`, entityKind: 'task', entityId: task.id, containerId: task.projectId, label: task.title,
    changes: { status: [task.status, to] as [string, string], ...(note ? { note: [null, note] as [null, string] } : {}) },
  })))
  if (to === 'review') await tellReview(scope, tasks.map(({ id }) => id))
  if (isOpen(to)) await tellUnblocked(scope, tasks.filter(({ status }) => status === 'blocked').map(({ id }) => id))
}

function plural(count: number): string {
  return count === 1 ? '1 subtask is' : `${count} subtasks are`
}
