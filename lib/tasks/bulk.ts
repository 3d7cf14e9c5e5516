import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { InvalidError, NotFoundError, Refusal } from '@/lib/errors'
import { tellAssigned, tellReview } from '@/lib/notifications/task-notices'
import { accessTo } from '@/lib/projects/access'
import { requirePeople } from '@/lib/projects/sharing'
import { indexNewRecords } from '@/lib/search/many-records'
import { removeFromIndex } from '@/lib/search/search'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Part } from './assignees'
import { openDependencies, waitsFor } from './dependencies'
import { deriveProgress } from './progress'
import { isOpen, priorityRank, type Status } from './rules'
import type { BulkEdit } from './schema'
import { labelsOf } from './task-labels'
import { lockTasks } from './tasks'
import { checkMove, confirmCancel, fieldsOf, lastBelow100, recordMoves } from './transitions'

const PARTS = ['assignee', 'reviewer'] as const

export type BulkResult = { changed: number; refused: { id: string; title: string; reason: string }[] }

/**
 * The same change to many tasks. Every task is judged by itself: what may not change is named with its reason and left
 * alone. The number of statements grows with the projects, parents and distinct states of the tasks, not with the tasks.
 * @throws NotFoundError when an id is none that I can see: nothing is changed then · ConflictError `confirm_cancel_subtasks` as for a single task
 */
export async function bulkEditTasks(scope: Scope, input: BulkEdit): Promise<BulkResult> {
  authorize(scope, 'tasks:update')
  const { tx } = scope
  const ids = [...new Set(input.ids)]
  const parts = input.status === 'cancelled' ? await tx.task.findMany({ where: { parentId: { in: ids }, deletedAt: null }, select: { id: true } }) : []
  await lockTasks(scope, [...new Set([...ids, ...parts.map(({ id }) => id)])])
  const tasks = await tx.task.findMany({ where: { id: { in: ids }, deletedAt: null }, include: { parent: true, subtasks: { where: { deletedAt: null } } } })
  if (tasks.length !== ids.length) throw new NotFoundError()
  for (const part of PARTS) if (input[part] && input[part] !== 'nobody') await requirePeople(scope, [input[part]], part)
  const label = input.label && input.label !== 'none' ? await tx.label.findFirst({ where: { id: input.label } }) : null
  const workstream = input.workstream && input.workstream !== 'none' ? await tx.workstream.findFirst({ where: { id: input.workstream, status: { not: 'archived' } } }) : null
  if (input.workstream && input.workstream !== 'none' && !workstream) throw new InvalidError('Choose a workstream of the list.', { workstream: ['Choose a workstream of the list.'] })
  if (input.label && input.label !== 'none' && !label) throw new InvalidError('Choose a label of the list.', { label: ['Choose a label of the list.'] })

  const editable = new Set<string>()
  for (const projectId of new Set(tasks.map((task) => task.projectId))) if ((await accessTo(scope, projectId)).canEdit) editable.add(projectId)

  const waiting = input.status === 'in_progress' || input.status === 'done' ? await openDependencies(scope, ids) : new Map<string, { title: string; status: string }[]>()
  const refused: BulkResult['refused'] = []
  const accepted: Row[] = []
  // Subtasks first: one that is closed by this very change no longer holds its parent back.
  for (const task of [...tasks].sort((a, b) => Number(a.parentId === null) - Number(b.parentId === null))) {
    const reason = !editable.has(task.projectId)
      ? 'You can see its project but not change it.'
      : workstream && task.projectId !== workstream.projectId ? 'The workstream is of another project.' : (refusalOf(task, input, accepted) ?? waitsFor(waiting.get(task.id))?.message)
    if (reason) refused.push({ id: task.id, title: task.title, reason })
    else accepted.push(task)
  }
  const open = input.status === 'cancelled' ? openSubtasks(accepted, accepted) : []
  if (open.length && !input.cancelSubtasks) throw confirmCancel(open.length, 'them')
  if (open.length) await applyStatus(scope, open, 'cancelled', '', new Date())
  if (accepted.length) await apply(scope, accepted, input, { label, workstreamId: input.workstream === 'none' ? null : workstream?.id })
  return { changed: accepted.length, refused }
}

type Row = {
  id: string; projectId: string; parentId: string | null; workstreamId: string | null; title: string; description: string; status: string; startedAt: Date | null
  progress: number; priority: string; dueOn: Date | null; estimateMinutes: number | null; parent: { status: string } | null; subtasks: Omit<Row, 'parent' | 'subtasks'>[]
}

const openSubtasks = (tasks: Row[], but: Row[]) => tasks.flatMap(({ subtasks }) => subtasks.filter((subtask) => isOpen(subtask.status) && !but.some(({ id }) => id === subtask.id)))

function refusalOf(task: Row, { status, note }: BulkEdit, accepted: Row[]): string | null {
  if (!status) return null
  const open = openSubtasks([task], accepted).length
  if (status === 'done' && open > 0) return `${open === 1 ? 'A subtask is' : `${open} subtasks are`} open.`
  try {
    checkMove(task, { to: status, note, summary: note })
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

/** `workstreamId`: null for none, undefined to leave it. */
async function apply(scope: Scope, tasks: Row[], input: BulkEdit, { label, workstreamId }: { label: { id: string; ownerUserId: string | null } | null; workstreamId: string | null | undefined }): Promise<void> {
  const { tx, member } = scope
  const ids = tasks.map(({ id }) => id)
  const at = new Date()
  if (input.status) await applyStatus(scope, tasks, input.status, input.note, at)

  const dueOn = input.dueOn === 'none' ? null : (input.dueOn ?? undefined)
  const priority = input.priority || undefined
  const estimateMinutes = input.estimate === 'none' ? null : (input.estimate ?? undefined)
  if (priority || dueOn !== undefined || workstreamId !== undefined || estimateMinutes !== undefined) {
    const data = { ...(estimateMinutes !== undefined ? { estimateMinutes } : {}), ...(workstreamId !== undefined ? { workstreamId } : {}), ...(priority ? { priority, priorityRank: priorityRank(priority) } : {}), ...(dueOn !== undefined ? { dueOn } : {}) }
    await tx.task.updateMany({ where: { id: { in: ids } }, data: { ...data, version: { increment: 1 } } })
  }
  for (const part of PARTS) if (input[part]) await giveTo(scope, tasks, part, input[part], input.status)
  // Those that I see: other people's own stay.
  if (input.label === 'none') await tx.recordLabel.deleteMany({ where: { entityKind: 'task', entityId: { in: ids } } })
  if (label) {
    await tx.recordLabel.createMany({
      data: tasks.map((task) => ({ labelId: label.id, entityKind: 'task', entityId: task.id, containerId: task.projectId, ownerUserId: label.ownerUserId, createdBy: member.userId })),
      skipDuplicates: true,
    })
  }
  if (input.label === 'none' || label?.ownerUserId === null) await indexAgain(scope, tasks)
  // A personal label is nobody else's to know of, and everybody who sees the task reads its history.
  const labels = input.label === 'none' ? 'none' : label?.ownerUserId === null ? label.id : null
  if (!priority && dueOn === undefined && workstreamId === undefined && estimateMinutes === undefined && !input.assignee && !input.reviewer && !labels) return
  await recordAudit(scope, ...tasks.map((task) => ({
    action: 'task.updated', entityKind: 'task', entityId: task.id, containerId: task.projectId, label: task.title,
    changes: {
      ...(priority ? { priority: [task.priority, priority] as [string, string] } : {}),
      ...(dueOn !== undefined ? { dueOn: [task.dueOn, dueOn] as [Date | null, Date | null] } : {}),
      ...(workstreamId !== undefined ? { workstreamId: [task.workstreamId, workstreamId] as [string | null, string | null] } : {}),
      ...(input.assignee ? { assignees: [null, input.assignee] as [null, string] } : {}),
      ...(input.reviewer ? { reviewers: [null, input.reviewer] as [null, string] } : {}),
      ...(estimateMinutes !== undefined ? { estimateMinutes: [task.estimateMinutes, estimateMinutes] as [number | null, number | null] } : {}),
      ...(labels ? { labels: [null, labels] as [null, string] } : {}),
    },
  })))
}

// Who has a part in them already is not told again, and a reviewer when there is something to review.
async function giveTo(scope: Scope, tasks: Row[], role: Part, userId: string, status: BulkEdit['status']): Promise<void> {
  const { tx, member } = scope
  const ids = tasks.map(({ id }) => id)
  if (userId === 'nobody') return void (await tx.taskAssignee.deleteMany({ where: { taskId: { in: ids }, role } }))
  const had = new Set((await tx.taskAssignee.findMany({ where: { taskId: { in: ids }, userId, role }, select: { taskId: true } })).map(({ taskId }) => taskId))
  await tx.taskAssignee.createMany({ data: tasks.map((task) => ({ taskId: task.id, projectId: task.projectId, userId, role, createdBy: member.userId })), skipDuplicates: true })
  const added = tasks.filter(({ id }) => !had.has(id))
  if (role === 'assignee') await tellAssigned(scope, added.map(({ id }) => id), [userId])
  else await tellReview(scope, added.filter((task) => (status || task.status) === 'review').map(({ id }) => id), [userId])
}

// A shared label is among the words of a task.
async function indexAgain(scope: Scope, tasks: Row[]): Promise<void> {
  const ids = tasks.map(({ id }) => id)
  const labels = await labelsOf(scope, ids)
  await removeFromIndex(scope, 'task', ids)
  await indexNewRecords(scope, tasks.map(({ id, title, description, projectId }) => ({
    entityKind: 'task', entityId: id, title, body: description, labels: labels.get(id)?.filter(({ isPersonal }) => !isPersonal).map(({ name }) => name),
    containerId: projectId,
  })))
}

async function applyStatus(scope: Scope, tasks: Omit<Row, 'parent' | 'subtasks'>[], status: Status, note: string, at: Date): Promise<void> {
  const groups = new Map<string, { fields: ReturnType<typeof fieldsOf>; ids: string[] }>()
  const last = status === 'todo' ? await lastBelow100(scope, tasks.map(({ id }) => id)) : new Map<string, number>()
  for (const task of tasks) {
    const fields = fieldsOf(task, status, { note, summary: note, at, last: last.get(task.id) })
    const key = JSON.stringify(fields)
    groups.set(key, { fields, ids: [...(groups.get(key)?.ids ?? []), task.id] })
  }
  for (const { fields, ids } of groups.values()) await scope.tx.task.updateMany({ where: { id: { in: ids } }, data: { ...fields, version: { increment: 1 } } })
  await recordMoves(scope, tasks, status, note, at)
  for (const parentId of new Set(tasks.flatMap((task) => task.parentId ?? []))) await deriveProgress(scope, parentId)
}
