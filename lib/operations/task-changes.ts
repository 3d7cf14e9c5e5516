import 'server-only'
import { z } from 'zod'
import { addDependency, listDependencies, removeDependency } from '@/lib/tasks/dependencies'
import { DONE } from '@/lib/tasks/done'
import { lossesOfMove, moveToProject } from '@/lib/tasks/move-to-project'
import { listReports, reportProgress } from '@/lib/tasks/progress'
import { PRIORITIES, STATUSES } from '@/lib/tasks/rules'
import { createTaskSchema, moveTaskSchema, reportProgressSchema, updateTaskSchema } from '@/lib/tasks/schema'
import { createTask, deleteTasks, findTask, restoreTasks, updateTask } from '@/lib/tasks/tasks'
import { listTrash, trashCursor } from '@/lib/tasks/trash'
import { moveTask } from '@/lib/tasks/transitions'
import { pageOf } from '@/lib/keyset'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isUuid } from '@/lib/uuid'
import { operation, parseFor } from './operation'
import { day, flag, list, page, ref, text, versionOf, whole } from './inputs'
import { labelsNamed, missing, peopleNamed, projectNamed, taskNamed, theTask, theTrashedTask } from './refs'
import { readTask } from './task-shape'

const task = ref('The task: its id, or its key such as FERN-12')
const fields = {
  description: text('What is to be done, in up to 2,000 characters').optional(), priority: z.enum(PRIORITIES).optional(), due_on: day('When it is due').optional(), estimate: text('Such as 2h, 1h 30m, 3d or "medium"').optional(),
  workstream: ref('The workstream, by id').nullable().optional(), goal: ref('The goal, by id').nullable().optional(),
  assignees: list(z.string(), 'Members: id, name or `me`').optional(), reviewers: list(z.string(), 'Members who review it: id, name or `me`').optional(),
  labels: list(z.string(), 'Labels: id or name').optional(),
}
type Fields = z.infer<z.ZodObject<typeof fields>>

/** As the nouns call them; what is not given is not there. */
async function fieldsFor(scope: Scope, { due_on, workstream, goal, assignees, reviewers, labels, ...rest }: Fields) {
  return {
    ...rest, ...(due_on !== undefined && { dueOn: due_on ?? '' }), ...(workstream !== undefined && { workstreamId: workstream ?? '' }), ...(goal !== undefined && { goalId: goal ?? '' }),
    ...(assignees && { assignees: await peopleNamed(scope, assignees, 'assignees') }), ...(reviewers && { reviewers: await peopleNamed(scope, reviewers, 'reviewers') }), ...(labels && { labels: await labelsNamed(scope, labels) }),
  }
}

async function create(scope: Scope, { depends_on = [], ...input }: Fields & { title: string; depends_on?: string[] }, place: { projectId: string; parentId?: string }) {
  const { id } = await createTask(scope, parseFor(createTaskSchema, { ...(await fieldsFor(scope, input)), ...place }))
  for (const other of depends_on) await addDependency(scope, { taskId: id, dependsOnId: (await taskNamed(scope, other, 'depends_on'))!.id })
  return { task: await readTask(scope, id) }
}

/** Moves by the version that is stored now: between reading it and writing nobody else comes unnoticed. */
async function move(scope: Scope, ref: string, to: string, said: { note?: string; summary?: string; testing_notes?: string; cancel_subtasks?: boolean }, version?: number) {
  const { id } = await theTask(scope, ref)
  const stored = await findTask(scope, id)
  await moveTask(scope, parseFor(moveTaskSchema, { id, version: version ?? stored.version, to, note: said.note ?? '', summary: said.summary ?? '', testingNotes: said.testing_notes, cancelSubtasks: String(said.cancel_subtasks ?? false) }))
  const moved = await readTask(scope, id)
  return { task: moved, allowedNext: moved.allowedNext, id }
}

const title = text('The title, 1 to 200 characters')

export const taskChanges = [
  operation({
    name: 'create_task', title: 'Create a task', description: 'A new task of a project that you may edit, or with `parent` a subtask.', permission: 'tasks:create', isWrite: true,
    input: z.strictObject({ project: ref('The project: its id, slug or key'), title, parent: ref('The task that it is a part of').optional(), depends_on: list(z.string(), 'Tasks of the same project that it waits for').optional(), ...fields }),
    run: async (scope, { project, parent, ...input }) => create(scope, input, { projectId: (await projectNamed(scope, project))!.id, parentId: (await taskNamed(scope, parent, 'parent'))?.id }),
  }),
  operation({
    name: 'add_subtask', title: 'Add a subtask', description: 'A part of a task.', permission: 'tasks:create', isWrite: true, input: z.strictObject({ task, title, ...fields }),
    run: async (scope, { task: named, ...input }) => {
      const { id, projectId } = await theTask(scope, named)
      return create(scope, input, { projectId, parentId: id })
    },
  }),
  operation({
    name: 'update_task', title: 'Change a task', description: 'Changes what is given and leaves the rest.', permission: 'tasks:update', isWrite: true, input: z.strictObject({ task, version: versionOf('task'), title: title.optional(), ...fields }),
    run: async (scope, { task: named, version, ...input }) => {
      const { id } = await theTask(scope, named)
      const before = await findTask(scope, id)
      const { assignees, labels } = await held(scope, id)
      const { title, description, priority, dueOn, estimateMinutes } = before
      await updateTask(scope, parseFor(updateTaskSchema, {
        title, description, priority, dueOn: dueOn?.toISOString().slice(0, 10) ?? '', estimate: estimateMinutes ? `${estimateMinutes}m` : '', assignees, labels,
        ...(await fieldsFor(scope, input)), id, version,
      }))
      return { task: await readTask(scope, id) }
    },
  }),
  operation({
    name: 'move_task', title: 'Move a task', description: 'To another status. `blocked` needs a note with the reason; `done` needs a summary. A refusal names the statuses that are allowed.', permission: 'tasks:move', isWrite: true,
    input: z.strictObject({
      task, to: z.enum(STATUSES), note: text('Why').optional(), summary: text('What was done').optional(), testing_notes: text('How it was tested').optional(),
      cancel_subtasks: flag('Cancel its open subtasks with it').optional(), version: versionOf('task').optional(),
    }),
    run: async (scope, { task: named, to, version, ...said }) => {
      const { id: _, ...answer } = await move(scope, named, to, said, version)
      return answer
    },
  }),
  operation({
    name: 'block_task', title: 'Block a task', description: 'Says that it cannot go on, and why.', permission: 'tasks:move', isWrite: true, input: z.strictObject({ task, reason: text('What blocks it') }),
    run: async (scope, { task: named, reason }) => ({ task: (await move(scope, named, 'blocked', { note: reason })).task }),
  }),
  operation({
    name: 'complete_task', title: 'Complete a task', description: 'Done, with a summary of what was done. Answers which tasks can begin now.', permission: 'tasks:move', isWrite: true,
    input: z.strictObject({ task, summary: text('What was done, in up to 4,000 characters'), testing_notes: text('How it was tested').optional() }),
    run: async (scope, { task: named, ...said }) => {
      const done = await move(scope, named, 'done', said)
      return { task: done.task, unblocked: await unblockedBy(scope, done.id) }
    },
  }),
  operation({
    name: 'report_progress', title: 'Report progress', description: 'Adds a line to the progress of a task; a percent becomes the task’s.', permission: 'tasks:move',
    isWrite: true, input: z.strictObject({ task, body: text('How it goes'), percent: whole('0 to 100').optional() }),
    run: async (scope, { task: named, body, percent }) => {
      const found = await theTask(scope, named)
      const { seq } = await reportProgress(scope, parseFor(reportProgressSchema, { taskId: found.id, body, percent: percent ?? '' }))
      return { entry: (await listReports(scope, found)).find((one) => one.seq === seq) }
    },
  }),
  operation({
    name: 'list_progress', title: 'List progress', description: 'The progress reports of a task, the newest first, a page at a time.', permission: 'tasks:read', input: z.strictObject({ task, ...page }),
    run: async (scope, { task: named, limit, cursor }) => {
      const before = /^\d{1,9}$/.test(cursor) ? Number(cursor) : undefined
      const { rows, next } = pageOf(await listReports(scope, await theTask(scope, named), { before, take: limit + 1 }), limit, ({ seq }) => String(seq))
      return { progress: rows, nextCursor: next }
    },
  }),
  operation({
    name: 'assign_task', title: 'Assign a task', description: 'Adds people to a task and takes others off: who does it, or who reviews it.', permission: 'tasks:update', isWrite: true,
    input: z.strictObject({
      task, add: list(z.string(), 'Members: id, name or `me`').optional(), remove: list(z.string(), 'Members: id, name or `me`').optional(),
      role: z.enum(['assignee', 'reviewer']).default('assignee').describe('Who does it, or who reviews it'),
    }),
    run: async (scope, input) => {
      const { id } = await theTask(scope, input.task)
      const { title, description, priority, dueOn, estimateMinutes, version } = await findTask(scope, id)
      const { assignees, reviewers, labels } = await held(scope, id)
      const [added, removed] = [await peopleNamed(scope, input.add ?? [], 'add'), await peopleNamed(scope, input.remove ?? [], 'remove')]
      const changed = (people: string[]) => [...new Set([...people.filter((one) => !removed.includes(one)), ...added])]
      const wanted = input.role === 'reviewer' ? { assignees, reviewers: changed(reviewers) } : { assignees: changed(assignees) }
      await updateTask(scope, parseFor(updateTaskSchema, { id, version, title, description, priority, dueOn: dueOn?.toISOString().slice(0, 10) ?? '', estimate: estimateMinutes ? `${estimateMinutes}m` : '', ...wanted, labels }))
      const { assignees: now, reviewers: reviewing } = await readTask(scope, id)
      return { assignees: now, reviewers: reviewing }
    },
  }),
  operation({
    name: 'list_dependencies', title: 'List dependencies', description: 'What a task waits for, at most 100, and what waits for it (`dependents`), a page at a time.', permission: 'tasks:read', input: z.strictObject({ task, ...page }),
    run: async (scope, { task: named, limit, cursor }) => {
      const { dependsOn, dependents } = await listDependencies(scope, await theTask(scope, named), { after: isUuid(cursor) ? cursor : undefined, take: limit + 1 })
      const { rows, next } = pageOf(dependents, limit, ({ dependencyId }) => dependencyId)
      return { dependencies: { dependsOn, dependents: rows }, nextCursor: next }
    },
  }),
  operation({
    name: 'add_dependency', title: 'Add a dependency', description: 'Lets a task wait for another of its project. A cycle is refused with the way round.',
    permission: 'tasks:update', isWrite: true, input: z.strictObject({ task, depends_on: ref('The task to wait for') }),
    run: async (scope, input) => {
      const found = await theTask(scope, input.task)
      await addDependency(scope, { taskId: found.id, dependsOnId: (await taskNamed(scope, input.depends_on, 'depends_on'))!.id })
      return { dependencies: await listDependencies(scope, found) }
    },
  }),
  operation({
    name: 'remove_dependency', title: 'Remove a dependency', description: 'Lets a task no longer wait for another.', permission: 'tasks:update', isWrite: true, input: z.strictObject({ task, depends_on: ref('The task that it waits for') }),
    run: async (scope, input) => {
      const found = await theTask(scope, input.task)
      const other = (await taskNamed(scope, input.depends_on, 'depends_on'))!
      const { dependsOn } = await listDependencies(scope, found)
      await removeDependency(scope, dependsOn.find(({ id }) => id === other.id)?.dependencyId ?? missing())
      return { dependencies: await listDependencies(scope, found) }
    },
  }),
  operation({
    name: 'delete_task', title: 'Delete a task', description: 'Puts a task and its subtasks into the trash, from where they are brought back.', permission: 'tasks:delete', isWrite: true, input: z.strictObject({ task }),
    run: async (scope, input) => ({ deleted: await deleteTasks(scope, [(await theTask(scope, input.task)).id]) }),
  }),
  operation({
    name: 'list_deleted_tasks', title: 'List deleted tasks', description: 'The trash: tasks that were deleted, the latest first, a page at a time.', permission: 'tasks:read', input: z.strictObject({ ...page }),
    run: async (scope, { limit, cursor }) => {
      const { rows, next } = pageOf(await listTrash(scope, { after: cursor, take: limit + 1 }), limit, trashCursor)
      return { tasks: rows.map(({ id, title, key, number, deletedAt }) => ({ id, title, key: `${key}-${number}`, deleted: deletedAt })), nextCursor: next }
    },
  }),
  operation({
    name: 'restore_task', title: 'Restore a task', description: 'Brings a task back from the trash, with the subtasks that went with it.', permission: 'tasks:delete', isWrite: true, input: z.strictObject({ task }),
    run: async (scope, input) => {
      const { id } = await theTrashedTask(scope, input.task)
      return { restored: await restoreTasks(scope, [id]), task: await readTask(scope, id) }
    },
  }),
  operation({
    name: 'move_task_to_project', title: 'Move a task to another project', description: 'With its subtasks, under a new number. Answers what it left behind: workstream, goal, and dependencies on tasks that stay.', permission: 'tasks:update', isWrite: true,
    input: z.strictObject({ task, project: ref('Where it goes: id, slug or key') }),
    run: async (scope, input) => {
      const { id } = await theTask(scope, input.task)
      const { id: projectId } = (await projectNamed(scope, input.project))!
      const leftBehind = await lossesOfMove(scope, await findTask(scope, id))
      await moveToProject(scope, { ids: [id], projectId })
      return { task: await readTask(scope, id), leftBehind }
    },
  }),
]

async function held({ tx }: Scope, taskId: string): Promise<{ assignees: string[]; reviewers: string[]; labels: string[] }> {
  const people = await tx.taskAssignee.findMany({ where: { taskId }, select: { userId: true, role: true }, orderBy: { id: 'asc' } })
  const idsOf = (wished: string) => people.flatMap(({ userId, role }) => (role === wished ? [userId] : []))
  const labels = await tx.recordLabel.findMany({ where: { entityKind: 'task', entityId: taskId, label: {} }, select: { labelId: true } })
  return { assignees: idsOf('assignee'), reviewers: idsOf('reviewer'), labels: labels.map(({ labelId }) => labelId) }
}

/** Tasks that waited for this one and wait for nothing now. */
async function unblockedBy({ tx, member }: Scope, id: string): Promise<{ id: string; key: string; title: string }[]> {
  return tx.$queryRaw<{ id: string; key: string; title: string }[]>`
    SELECT t.id, p.key || '-' || t.number AS key, t.title FROM task_dependencies d
      JOIN tasks t ON t.tenant_id = ${member.tenantId}::uuid AND t.project_id = d.project_id AND t.id = d.task_id AND t.deleted_at IS NULL AND t.status IN ('todo', 'in_progress', 'blocked')
      JOIN projects p ON p.tenant_id = ${member.tenantId}::uuid AND p.id = t.project_id
     WHERE d.tenant_id = ${member.tenantId}::uuid AND d.depends_on_id = ${id}::uuid
       AND NOT EXISTS (SELECT FROM task_dependencies o JOIN tasks n ON n.tenant_id = ${member.tenantId}::uuid AND n.project_id = o.project_id AND n.id = o.depends_on_id AND n.deleted_at IS NULL AND NOT ${DONE}
                        WHERE o.tenant_id = ${member.tenantId}::uuid AND o.project_id = d.project_id AND o.task_id = d.task_id)
     ORDER BY t.priority_rank, t.number LIMIT 100`
}
