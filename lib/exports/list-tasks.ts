import 'server-only'
import { z } from 'zod'
import { PRIORITY_LABELS, STATUS_LABELS, formatEstimate, type Priority, type Status } from '@/lib/tasks/rules'
import { assignedTo } from '@/lib/tasks/assignees'
import { labelsOf } from '@/lib/tasks/task-labels'
import { cursorOf, readTasks, taskFilterSchema, whereOf, withProjects } from '@/lib/tasks/task-list'
import { toDay } from '@/lib/text'
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
    { key: 'progress', label: 'Progress', kind: 'number' }, { key: 'assignees', label: 'Assignees', kind: 'text' }, { key: 'labels', label: 'Labels', kind: 'text' },
    { key: 'created', label: 'Created', kind: 'instant' }, { key: 'updated', label: 'Updated', kind: 'instant' },
  ],
  async page(scope, { project, ...rest }, { after, size, isLarge }) {
    // By what never changes, when it takes several transactions.
    const listed = { ...rest, sort: isLarge ? ('created' as const) : rest.sort, after: after ?? '' }
    const where = (await whereOf(scope, listed, { projectId: project || undefined, today: toDay(new Date(), scope.member.organization.timezone) }))?.where
    const tasks = where ? await readTasks(scope, where, listed, size) : []
    const ids = tasks.map(({ id }) => id)
    const [people, labels] = [await assignedTo(scope, ids), await labelsOf(scope, ids)]
    const rows = (await withProjects(scope, tasks)).map((task) => ({
      number: `${task.project.key}-${task.number}`, title: task.title, description: task.description, project: task.project.container.name, status: STATUS_LABELS[task.status as Status], priority: PRIORITY_LABELS[task.priority as Priority],
      due: task.dueOn, estimate: task.estimateMinutes ? formatEstimate(task.estimateMinutes) : null, progress: task.progress,
      assignees: (people.get(task.id) ?? []).map(({ name }) => name).join('; '), labels: (labels.get(task.id) ?? []).map(({ name }) => name).join('; '), created: task.createdAt, updated: task.updatedAt,
    }))
    return { rows, next: tasks.length === size ? cursorOf(tasks.at(-1)!, listed.sort) : null }
  },
}
