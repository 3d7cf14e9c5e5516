import 'server-only'
import { changesBetween, recordAudit } from '@/lib/audit/audit'
import { authorize, can } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { requireEdit } from '@/lib/projects/access'
import { indexRecord, removeFromIndex } from '@/lib/search/search'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { requireGoal } from '@/lib/goals/goals'
import { requireWorkstream } from '@/lib/workstreams/workstreams'
import { v7 as uuidv7 } from '@/lib/uuid'
import { type Assignee, assignedTo, peopleOn, replaceAssignees } from './assignees'
import { labelsOf, replaceLabels } from './task-labels'
import { deriveProgress } from './progress'
import { isOpen, priorityRank, type Priority } from './rules'
import type { CreateTask, PatchTask, UpdateTask } from './schema'

export type Task = Awaited<ReturnType<typeof getTask>>

/** A task with all that its page shows. @throws NotFoundError when there is none that I may see */
export async function getTask(scope: Scope, project: string | { slug: string } | { key: string }, number: number) {
  const task = await scope.tx.task.findFirst({
    where: { number, deletedAt: null, project: typeof project === 'string' ? { slug: project } : project },
    include: { project: { include: { container: true } }, parent: true, workstream: true, goal: true, subtasks: { where: { deletedAt: null }, orderBy: [{ position: 'asc' }, { number: 'asc' }] } },
  })
  if (!task) throw new NotFoundError()
  const ids = [task.id, ...task.subtasks.map(({ id }) => id), ...(task.parentId ? [task.parentId] : [])]
  const { assignee: people, reviewer: reviewers } = await peopleOn(scope, ids)
  const labels = await labelsOf(scope, [task.id])
  return {
    ...task, assignees: people.get(task.id) ?? [], reviewers: reviewers.get(task.id) ?? [], inherited: (task.parentId && people.get(task.parentId)) || [],
    labels: labels.get(task.id) ?? [], subtasks: task.subtasks.map((subtask) => ({ ...subtask, assignees: people.get(subtask.id) ?? [] })),
  }
}

/** @throws InvalidError on a project, parent, person or label that I cannot see · ConflictError when the project takes no tasks */
export async function createTask(scope: Scope, input: CreateTask, id = uuidv7()) {
  authorize(scope, 'tasks:create')
  const { tx, member } = scope
  const project = await tx.project.findFirst({ where: { id: input.projectId } })
  if (!project) throw new InvalidError('Choose a project of the list.', { projectId: ['Choose a project of the list.'] })
  await requireEdit(scope, project.id)
  if (project.status !== 'active') throw new ConflictError(`This project is ${project.status} and takes no new tasks.`, 'project_closed')
  const parent = await requireParent(scope, input)
  // A part belongs to the line of work of the whole, unless it is said to be another.
  const workstreamId = input.workstreamId ?? parent?.workstreamId ?? null
  await requireWorkstream(scope, input.workstreamId, project.id)
  await requireGoal(scope, input.goalId, project.id)

  const number = await takeNumbers(scope, project.id)
  const { title, description, priority, dueOn, estimate, parentId } = input
  await tx.task.createMany({
    data: [{ id, projectId: project.id, parentId, workstreamId, goalId: input.goalId, number, title, description, priority, priorityRank: priorityRank(priority), dueOn, estimateMinutes: estimate, position: number, createdBy: member.userId }],
  })
  await replaceAssignees(scope, { id, projectId: project.id }, input.assignees, [])
  if (input.reviewers) await replaceAssignees(scope, { id, projectId: project.id }, input.reviewers, [], 'reviewer')
  const labels = await replaceLabels(scope, { id, projectId: project.id }, input.labels)
  await indexRecord(scope, { entityKind: 'task', entityId: id, title, body: description, labels, containerId: project.id })
  await recordAudit(scope, { action: 'task.created', entityKind: 'task', entityId: id, containerId: project.id, label: title, changes: changesBetween({}, { title, priority, dueOn, parentId }) })
  if (parentId) await deriveProgress(scope, parentId)
  return { id, number, title, key: `${project.key}-${number}`, projectSlug: project.slug }
}

/** The first of as many numbers. The project's row lock gives each one once: two creates at once wait for one another, for a moment. */
export async function takeNumbers({ tx, member }: Scope, projectId: string, count = 1): Promise<number> {
  const [row] = await tx.$queryRaw<{ number: number }[]>`
    UPDATE projects SET next_task_number = next_task_number + ${count}::int WHERE tenant_id = ${member.tenantId}::uuid AND id = ${projectId}::uuid RETURNING next_task_number - ${count}::int AS number`
  return row!.number
}

async function requireParent(scope: Scope, { parentId, projectId }: CreateTask) {
  if (!parentId) return null
  const { tx } = scope
  await lockTasks(scope, [parentId])
  const parent = await tx.task.findFirst({ where: { id: parentId, projectId, deletedAt: null } })
  if (!parent) throw new InvalidError('The parent task is not in this project.', { parentId: ['Choose a task of this project.'] })
  if (parent.parentId) throw new InvalidError('A subtask cannot have subtasks of its own.', { parentId: ['A subtask cannot have subtasks of its own.'] })
  if (parent.status === 'done' || parent.status === 'archived') throw new ConflictError(`The task is ${parent.status} and takes no new subtasks.`, 'task_closed')
  return parent
}

/** @throws ChangedElsewhereError when `version` is not the stored one; it carries the task as it is now */
export async function updateTask(scope: Scope, { id, version, assignees, reviewers, labels, estimate, ...input }: UpdateTask): Promise<void> {
  authorize(scope, 'tasks:update')
  const before = await findTask(scope, id)
  await requireEdit(scope, before.projectId)
  if (input.workstreamId !== before.workstreamId) await requireWorkstream(scope, input.workstreamId, before.projectId)
  if (input.goalId !== before.goalId) await requireGoal(scope, input.goalId, before.projectId)
  const current = (await assignedTo(scope, [id])).get(id) ?? []
  const fields = { ...input, priorityRank: priorityRank(input.priority), estimateMinutes: estimate }
  const { count } = await scope.tx.task.updateMany({ where: { id, version, deletedAt: null }, data: { ...fields, version: { increment: 1 } } })
  if (count === 0) throw new ChangedElsewhereError(await currentTask(scope, id))

  await replaceAssignees(scope, before, assignees, current.map(({ userId }) => userId))
  const reviewing = reviewers ? ((await assignedTo(scope, [id], 'reviewer')).get(id) ?? []).map(({ userId }) => userId) : []
  if (reviewers) await replaceAssignees(scope, before, reviewers, reviewing, 'reviewer')
  const names = await replaceLabels(scope, before, labels)
  await indexRecord(scope, { entityKind: 'task', entityId: id, title: input.title, body: input.description, labels: names, containerId: before.projectId })
  const { priorityRank: _, ...audited } = fields
  const listed = (people: string[]) => [...people].sort().join(' ')
  const changes = {
    ...changesBetween(before, audited), ...changesBetween({ assignees: listed(current.map(({ userId }) => userId)) }, { assignees: listed(assignees) }),
    ...(reviewers && changesBetween({ reviewers: listed(reviewing) }, { reviewers: listed(reviewers) })),
  }
  await recordAudit(scope, { action: 'task.updated', entityKind: 'task', entityId: id, containerId: before.projectId, label: input.title, changes })
}

/**
 * Changes one field and leaves the others as they are, by the rules of `updateTask`. What else has changed since the row was seen does not matter.
 * @throws ChangedElsewhereError when the field is no longer what it `was`; it carries the task as it is now
 */
export async function patchTask(scope: Scope, { id, was, assignee, reviewer, ...input }: PatchTask): Promise<void> {
  authorize(scope, 'tasks:update')
  await lockTasks(scope, [id])
  const { title, description, priority, dueOn, estimateMinutes: estimate, version } = await findTask(scope, id)
  const people = await peopleOn(scope, [id])
  const [current, reviewing] = [idsOf(people.assignee.get(id)), idsOf(people.reviewer.get(id))]
  const is = assignee ? current.toSorted().join(' ') : reviewer ? reviewing.toSorted().join(' ') : input.priority ? priority : (dueOn?.toISOString().slice(0, 10) ?? '')
  if (is !== was) throw new ChangedElsewhereError(await currentTask(scope, id))
  const labels = ((await labelsOf(scope, [id])).get(id) ?? []).map((label) => label.id)
  const chosen = (person: string) => (person === 'nobody' ? [] : [person])
  await updateTask(scope, { id, version, title, description, priority: priority as Priority, dueOn, estimate, assignees: assignee ? chosen(assignee) : current, ...(reviewer && { reviewers: chosen(reviewer) }), labels, ...input })
}

const idsOf = (people: Assignee[] = []) => people.map(({ userId }) => userId)

/** Puts tasks and their subtasks into the trash; `restoreTasks` brings them back. Returns how many went. */
export async function deleteTasks(scope: Scope, ids: string[]): Promise<number> {
  authorize(scope, 'tasks:delete')
  const { tx, member } = scope
  await lockTasks(scope, ids)
  const tasks = await tx.task.findMany({ where: { deletedAt: null, OR: [{ id: { in: ids } }, { parentId: { in: ids } }] } })
  if (!ids.every((id) => tasks.some((task) => task.id === id))) throw new NotFoundError()
  if (!can(member.role, 'tasks:delete_any') && tasks.some((task) => task.createdBy !== member.userId)) throw new ForbiddenError('You can delete only tasks that you created yourself, with subtasks of your own.')
  for (const projectId of new Set(tasks.map((task) => task.projectId))) await requireEdit(scope, projectId)
  const all = tasks.map(({ id }) => id)
  await tx.task.updateMany({ where: { id: { in: all } }, data: { deletedAt: new Date(), version: { increment: 1 } } })
  await removeFromIndex(scope, 'task', all)
  await recordAudit(scope, ...tasks.map((task) => ({ action: 'task.deleted', entityKind: 'task', entityId: task.id, containerId: task.projectId, label: task.title })))
  await deriveProgressOf(scope, tasks)
  return all.length
}

/** Brings tasks back from the trash, with the subtasks that went in the same moment. */
export async function restoreTasks(scope: Scope, ids: string[]): Promise<number> {
  authorize(scope, 'tasks:delete')
  const { tx } = scope
  await lockTasks(scope, ids)
  const asked = await tx.task.findMany({ where: { id: { in: ids }, deletedAt: { not: null } } })
  if (asked.length !== new Set(ids).size) throw new NotFoundError()
  const together = await tx.task.findMany({ where: { OR: asked.map((task) => ({ parentId: task.id, deletedAt: task.deletedAt })) } })
  const tasks = [...new Map([...asked, ...together].map((task) => [task.id, task])).values()]
  for (const projectId of new Set(tasks.map((task) => task.projectId))) await requireEdit(scope, projectId)
  const parents = await tx.task.count({ where: { id: { in: tasks.flatMap(({ parentId }) => parentId ?? []) }, deletedAt: { not: null }, NOT: { id: { in: ids } } } })
  if (parents > 0) throw new ConflictError('Restore the parent task first.')
  const closed = await closedParent(scope, tasks)
  if (closed) throw new ConflictError(`“${closed.title}” is ${closed.status} and takes no open subtasks.`, 'task_closed')
  await tx.task.updateMany({ where: { id: { in: tasks.map(({ id }) => id) } }, data: { deletedAt: null, version: { increment: 1 } } })
  const labels = await labelsOf(scope, tasks.map(({ id }) => id))
  for (const task of tasks) {
    await indexRecord(scope, { entityKind: 'task', entityId: task.id, title: task.title, body: task.description, labels: labels.get(task.id)?.filter(({ isPersonal }) => !isPersonal).map(({ name }) => name), containerId: task.projectId })
  }
  await recordAudit(scope, ...tasks.map((task) => ({ action: 'task.restored', entityKind: 'task', entityId: task.id, containerId: task.projectId, label: task.title })))
  await deriveProgressOf(scope, tasks)
  return tasks.length
}

async function closedParent({ tx }: Scope, tasks: { parentId: string | null; status: string }[]) {
  const ids = tasks.flatMap(({ parentId, status }) => (parentId && isOpen(status) ? [parentId] : []))
  return ids.length ? tx.task.findFirst({ where: { id: { in: ids }, status: { in: ['done', 'archived'] } } }) : null
}

/** Locks tasks, before them their parents, in one order before they are judged: of two acts at once, the second sees what the first has done. */
export async function lockTasks({ tx, member }: Scope, ids: string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM tasks WHERE tenant_id = ${member.tenantId}::uuid AND id IN (SELECT unnest(${ids}::uuid[]) UNION SELECT c.parent_id FROM tasks c WHERE c.tenant_id = ${member.tenantId}::uuid AND c.id = ANY (${ids}::uuid[]))
     ORDER BY parent_id IS NOT NULL, id FOR UPDATE`
}

async function deriveProgressOf(scope: Scope, tasks: { parentId: string | null }[]): Promise<void> {
  for (const parentId of new Set(tasks.flatMap((task) => task.parentId ?? []))) await deriveProgress(scope, parentId)
}

export async function findTask({ tx }: Scope, id: string) {
  const task = await tx.task.findFirst({ where: { id, deletedAt: null }, include: { parent: true } })
  if (!task) throw new NotFoundError()
  return task
}

/** What a person who lost a race needs to see: the fields they were editing, as they are now. */
export async function currentTask(scope: Scope, id: string) {
  const { title, description, priority, dueOn, estimateMinutes, status, version } = await findTask(scope, id)
  return { title, description, priority: priority as Priority, dueOn: dueOn?.toISOString().slice(0, 10) ?? '', estimateMinutes, status, version }
}
