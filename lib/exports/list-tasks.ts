import 'server-only'
import { z } from 'zod'
import { PRIORITY_LABELS, STATUS_LABELS, formatEstimate, type Priority, type Status } from '@/lib/tasks/rules'
import { assignedTo } from '@/lib/tasks/assignees'
import { finishedAt } from '@/lib/tasks/done'
import { labelsOf } from '@/lib/tasks/task-labels'
import { cursorOf, readTasks, taskFilterSchema, whereOf, withProjects } from '@/lib/tasks/task-list'
import { toDate } from '@/lib/days'
import { toDay } from '@/lib/text'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { joinNames } from './cells'
import type { ExportList } from './lists'

const filter = taskFilterSchema.extend({ project: z.union([z.literal(''), z.uuid()]).default('') })

/** The tasks of a list page, or of one project. */
export const tasksExport: ExportList<z.infer<typeof filter>> = {
  title: 'Tasks',
  module: 'projects',
  filter,
  columns: [
    { key: 'number', label: 'Number', kind: 'text' }, { key: 'title', label: 'Title', kind: 'text' }, { key: 'description', label: 'Description', kind: 'text' }, { key: 'project', label: 'Project', kind: 'text' },
    { key: 'status', label: 'Status', kind: 'text' }, { key: 'priority', label: 'Priority', kind: 'text' }, { key: 'due', label: 'Due', kind: 'day' }, { key: 'estimate', label: 'Estimate', kind: 'text' },
    { key: 'progress', label: 'Progress', kind: 'number' }, { key: 'completed', label: 'Completed', kind: 'day' }, { key: 'assignees', label: 'Assignees', kind: 'text' },
    { key: 'reviewers', label: 'Reviewers', kind: 'text' }, { key: 'labels', label: 'Labels', kind: 'text' },
    { key: 'workstream', label: 'Workstream', kind: 'text' }, { key: 'goal', label: 'Goal', kind: 'text' }, { key: 'parent', label: 'Parent task', kind: 'text' }, { key: 'dependsOn', label: 'Depends on', kind: 'text' },
    { key: 'blockedReason', label: 'Blocked because', kind: 'text' }, { key: 'completionSummary', label: 'Completion summary', kind: 'text' }, { key: 'testingNotes', label: 'Testing notes', kind: 'text' },
    { key: 'created', label: 'Created', kind: 'instant' }, { key: 'updated', label: 'Updated', kind: 'instant' },
  ],
  async page(scope, { project, ...rest }, { after, size, isLarge }) {
    // By what never changes, when it takes several transactions.
    const listed = { ...rest, sort: isLarge ? ('created' as const) : rest.sort, after: after ?? '' }
    const where = (await whereOf(scope, listed, { projectId: project || undefined, today: toDay(new Date(), scope.member.organization.timezone) }))?.where
    const tasks = where ? await readTasks(scope, where, listed, size) : []
    const ids = tasks.map(({ id }) => id)
    const [people, reviewers, labels, ties] = [await assignedTo(scope, ids), await assignedTo(scope, ids, 'reviewer'), await labelsOf(scope, ids), await tiesOf(scope, tasks)]
    const rows = (await withProjects(scope, tasks)).map((task) => ({
      number: `${task.project.key}-${task.number}`, title: task.title, description: task.description, project: task.project.container.name, status: STATUS_LABELS[task.status as Status], priority: PRIORITY_LABELS[task.priority as Priority],
      due: task.dueOn, estimate: task.estimateMinutes ? formatEstimate(task.estimateMinutes) : null, progress: task.progress, completed: dayOfEnd(task, scope.member.organization.timezone),
      assignees: namesOf(people.get(task.id)), reviewers: namesOf(reviewers.get(task.id)),
      // A file is made to be passed on: one's personal labels stay at home.
      labels: joinNames((labels.get(task.id) ?? []).filter(({ isPersonal }) => !isPersonal).map(({ name }) => name).sort()),
      ...ties(task, task.project.key), blockedReason: task.blockedReason, completionSummary: task.completionSummary, testingNotes: task.testingNotes, created: task.createdAt, updated: task.updatedAt,
    }))
    return { rows, next: tasks.length === size ? cursorOf(tasks.at(-1)!, listed.sort) : null }
  },
}

const namesOf = (people: { name: string }[] = []) => joinNames(people.map(({ name }) => name))

// Archived without a day would be read as cancelled.
function dayOfEnd(task: { status: string; completedAt: Date | null; createdAt: Date }, timezone: string): Date | null {
  const end = task.status === 'archived' ? task.completedAt : finishedAt(task)
  return end && toDate(toDay(end, timezone))
}

type Task = { id: string; projectId: string; parentId: string | null; workstreamId: string | null; goalId: string | null }

/** What a task belongs to and waits for, as a file names it: all of it stands in the task's own project. */
async function tiesOf({ tx }: Scope, tasks: Task[]): Promise<(task: Task, key: string) => Record<'workstream' | 'goal' | 'parent' | 'dependsOn', string | null>> {
  const idsOf = (pick: (task: Task) => string | null) => [...new Set(tasks.flatMap((task) => pick(task) ?? []))]
  const [projectIds, ids] = [idsOf(({ projectId }) => projectId), tasks.map(({ id }) => id)]
  const streams = new Map((await tx.workstream.findMany({ where: { id: { in: idsOf(({ workstreamId }) => workstreamId) } } })).map(({ id, name }) => [id, name]))
  const goals = new Map((await tx.goal.findMany({ where: { id: { in: idsOf(({ goalId }) => goalId) } } })).map(({ id, title }) => [id, title]))
  const waits = ids.length ? await tx.taskDependency.findMany({ where: { projectId: { in: projectIds }, taskId: { in: ids }, dependsOn: { deletedAt: null } }, orderBy: { id: 'asc' }, select: { taskId: true, dependsOnId: true } }) : []
  const others = [...new Set([...idsOf(({ parentId }) => parentId), ...waits.map(({ dependsOnId }) => dependsOnId)])]
  const numbers = new Map((others.length ? await tx.task.findMany({ where: { id: { in: others } }, select: { id: true, number: true } }) : []).map(({ id, number }) => [id, number]))
  const needed = new Map<string, number[]>()
  for (const { taskId, dependsOnId } of waits) needed.set(taskId, [...(needed.get(taskId) ?? []), numbers.get(dependsOnId)!])
  return ({ id, workstreamId, goalId, parentId }, key) => ({
    workstream: streams.get(workstreamId ?? '') ?? null, goal: goals.get(goalId ?? '') ?? null, parent: parentId ? `${key}-${numbers.get(parentId)}` : null,
    dependsOn: needed.get(id)?.sort((a, b) => a - b).map((number) => `${key}-${number}`).join('; ') ?? null,
  })
}
