import 'server-only'
import { z } from 'zod'
import { authorize } from '@/lib/authorization/permissions'
import { listDependencies } from '@/lib/tasks/dependencies'
import { FINDING_KINDS } from '@/lib/tasks/finding-kinds'
import { nextTask } from '@/lib/tasks/next-task'
import { listReports } from '@/lib/tasks/progress'
import { PRIORITIES, STATUSES } from '@/lib/tasks/rules'
import { decorate, listTasks, SORTS, taskFilterSchema, withProjects } from '@/lib/tasks/task-list'
import { toDay } from '@/lib/text'
import { isUuid } from '@/lib/uuid'
import { noteOpened } from './opened'
import { operation, parseFor } from './operation'
import { day, flag, list, page, ref, text } from './inputs'
import { labelsNamed, peopleNamed, projectNamed, theTask } from './refs'
import { resolvedFor } from './notebook'
import { readTask, rowShape } from './task-shape'

const task = ref('The task: its id, or its key such as FERN-12')
const project = ref('Only of this project: its id, slug or key').optional()
const assignee = ref('Only tasks of this member: id, name, or `me`').optional()
const label = ref('Only with this label: id or name').optional()

export const taskReads = [
  operation({
    name: 'list_tasks', title: 'List tasks', description: 'Tasks that you may see, a page at a time, with filters.', permission: 'tasks:read',
    input: z.strictObject({
      project, workstream: ref('Only of this workstream, by id').optional(), goal: ref('Only of this goal, by id').optional(),
      status: list(z.enum(['open', ...STATUSES]), 'Only in these states; `open` is all before done').optional(),
      priority: list(z.enum(PRIORITIES), 'Only of these priorities').optional(),
      assignee: ref('Only tasks of this member: id, name, `me` or `nobody`').optional(),
      reviewer: ref('Only tasks that this member reviews: id, name or `me`').optional(), label, due_before: day('Only due before this day').optional(),
      finding: z.enum(FINDING_KINDS).optional().describe('Only open tasks that the health of a project finds'), q: text('Only with these words').optional(),
      sort: z.enum(SORTS).default('updated'), ...page,
    }),
    run: async (scope, input) => {
      const projectId = (await projectNamed(scope, input.project))?.id
      const [person] = input.assignee && !['me', 'nobody'].includes(input.assignee) ? await peopleNamed(scope, [input.assignee], 'assignee') : [input.assignee]
      const [reviewer] = input.reviewer ? await peopleNamed(scope, [input.reviewer], 'reviewer') : []
      const [labelId] = input.label ? await labelsNamed(scope, [input.label], 'label') : []
      const filter = parseFor(taskFilterSchema, {
        q: input.q ?? '', status: input.status?.join(',') ?? '', priority: input.priority?.join(',') ?? '', assignee: person ?? '', reviewer: reviewer ?? '', label: labelId ?? '', workstream: input.workstream ?? '', goal: input.goal ?? '',
        due: input.due_before ? `1900-01-01..${dayBefore(input.due_before)}` : '', finding: input.finding ?? '', sort: input.sort, after: input.cursor,
      })
      const found = await listTasks(scope, filter, { projectId, today: todayOf(scope), pageSize: input.limit })
      return { tasks: found.tasks.map(rowShape), nextCursor: found.nextCursor, total: found.total, totalIsCapped: found.totalIsCapped }
    },
  }),
  operation({
    name: 'get_task', title: 'Get a task', description: 'A task with its subtasks, dependencies, progress reports and, if asked for and contexts:read is given, what its notebook resolves to.', permission: 'tasks:read',
    input: z.strictObject({ task, with_context: flag('With the resolved notebook').default(false) }),
    run: async (scope, input) => {
      if (input.with_context) authorize(scope, 'contexts:read')
      const { id, projectId } = await theTask(scope, input.task)
      const subtasks = await scope.tx.task.findMany({ where: { parentId: id, deletedAt: null }, orderBy: [{ position: 'asc' }, { number: 'asc' }] })
      const { dependsOn, dependents } = await listDependencies(scope, { id, projectId })
      return {
        task: await readTask(scope, id), subtasks: (await decorate(scope, await withProjects(scope, subtasks))).map(rowShape), dependencies: { dependsOn, dependents },
        progress: await listReports(scope, { id, projectId }), ...(input.with_context && { context: await resolvedFor(scope, { level: 'task', placeId: id }) }),
      }
    },
  }),
  operation({
    name: 'next_task', title: 'Next task', description: 'What to do next: the most urgent task that is yours or nobody’s and waits for nothing, with the reason; or why there is none.', permission: 'tasks:read',
    input: z.strictObject({ project, workstream: ref('Only of this workstream, by id').optional(), assignee, label }),
    run: async (scope, input) => {
      const projectId = (await projectNamed(scope, input.project))?.id
      const [person] = await peopleNamed(scope, [input.assignee ?? 'me'], 'assignee')
      const [labelId] = input.label ? await labelsNamed(scope, [input.label], 'label') : []
      const workstreamId = input.workstream && parseFor(z.object({ workstream: z.string().refine(isUuid, 'Write the id of a workstream.') }), input).workstream
      const found = await nextTask(scope, { person: person!, projectId, workstreamId, labelId }, todayOf(scope))
      if (found.task) noteOpened(scope, 'task', found.task.id)
      return found.task ? { task: await readTask(scope, found.task.id), reason: found.reason, waiting: found.waiting } : { task: null, why: found.why }
    },
  }),
]

const todayOf = ({ member }: { member: { organization: { timezone: string } } }) => toDay(new Date(), member.organization.timezone)
const dayBefore = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
