// The pieces of product work that are timed. Each is the product's own code path, called with a scope.
import { listProjects } from '@/lib/projects/projects'
import { readBoard } from '@/lib/tasks/board'
import { listHeld } from '@/lib/reports/attention'
import { reportFilterSchema } from '@/lib/reports/filter'
import { readMyWork } from '@/lib/reports/my-work'
import { readCalendar } from '@/lib/tasks/calendar'
import { readGroups } from '@/lib/tasks/grouped'
import { bulkEditTasks } from '@/lib/tasks/bulk'
import { nextTask } from '@/lib/tasks/next-task'
import { bulkEditSchema } from '@/lib/tasks/schema'
import { createTask } from '@/lib/tasks/tasks'
import { listTasks, readTasks, taskFilterSchema, whereOf, withProjects } from '@/lib/tasks/task-list'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { findPlaces } from '@/lib/search/places'
import { findRecords, searchRecords } from '@/lib/search/search'
import { listMyWork } from '@/lib/work/work'
import { benchId, PROJECTS_PER_ORGANIZATION } from './fill.ts'

const TODAY = '2026-11-22'
const NOW = new Date(`${TODAY}T12:00:00Z`)
const list = (query: object) => (scope: Scope) => listTasks(scope, taskFilterSchema.parse(query), { today: TODAY })
const organizationOf = ({ member }: Scope) => Number.parseInt(member.tenantId.slice(-12), 16)
let created = 0

/** One read of the list: a page of 50 tasks, the newest change first, by one statement. */
const readOnce = ({ tx }: Scope) => tx.task.findMany({ where: { deletedAt: null }, orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }], take: 51 })

/** The reads behind the rows of the list: 50 tasks and one more, their projects, and the containers of those. */
async function readRows(scope: Scope) {
  const filter = taskFilterSchema.parse({})
  const found = await whereOf(scope, filter, { today: TODAY })
  return withProjects(scope, await readTasks(scope, found!.where, filter, 51))
}

async function create(scope: Scope) {
  const projectId = benchId('container', organizationOf(scope) * 8 + (created++ % (PROJECTS_PER_ORGANIZATION - 1)))
  const fields = { parentId: null, description: 'Ask the caretaker for the key first.', priority: 'medium' as const, dueOn: null, estimate: null, labels: [] }
  await createTask(scope, { projectId, title: `Check the boiler of unit ${created}`, assignees: [scope.member.userId], ...fields })
}

/** The same thousand tasks to another priority and back. */
async function bulk(scope: Scope) {
  const tasks = await scope.tx.task.findMany({ where: { number: { gt: 1_000 } }, orderBy: { number: 'asc' }, take: 1_000, select: { id: true } })
  await bulkEditTasks(scope, bulkEditSchema.parse({ ids: tasks.map(({ id }) => id), priority: ['high', 'low'][created++ % 2] }))
}

const jobs = {
  read: readOnce,
  rows: readRows,
  list: list({}),
  create,
  'sort updated': list({ sort: 'updated' }),
  'sort due': list({ sort: 'due' }),
  'sort priority': list({ sort: 'priority' }),
  'sort created': list({ sort: 'created' }),
  'open only': list({ status: 'open' }),
  projects: (scope: Scope) => listProjects(scope, { today: TODAY }),
  search: (scope: Scope) => searchRecords(scope, 'filter unit7'),
  'my work': (scope: Scope) => listMyWork(scope, TODAY),
  board: (scope: Scope) => readBoard(scope, taskFilterSchema.parse({}), { today: TODAY, projectId: benchId('container', organizationOf(scope) * 8) }),
  'next task': (scope: Scope) => nextTask(scope, { person: scope.member.userId }, TODAY),
  'next of project': (scope: Scope) => nextTask(scope, { person: scope.member.userId, projectId: benchId('container', organizationOf(scope) * 8) }, TODAY),
  // What the palette asks for with the first letter, and then with each that follows.
  'first keystroke': async (scope: Scope) => findPlaces(scope, (await findRecords(scope, 'f', { limit: 20 })).hits),
  'search typo': (scope: Scope) => findRecords(scope, 'flter', { limit: 20 }),
  mine: list({ assignee: 'me', status: 'open' }),
  groups: (scope: Scope) => readGroups(scope, { ...taskFilterSchema.parse({}), group: 'assignee' }, { today: TODAY }),
  'work report': (scope: Scope) => readMyWork(scope, reportFilterSchema.parse({}), NOW),
  held: (scope: Scope) => listHeld(scope, reportFilterSchema.parse({}), { now: NOW }),
  calendar: (scope: Scope) => readCalendar(scope, taskFilterSchema.parse({}), { month: TODAY, today: TODAY }),
  bulk,
} satisfies Record<string, (scope: Scope) => Promise<unknown>>

export type WorkName = keyof typeof jobs
export const work: Record<WorkName, (scope: Scope) => Promise<unknown>> = jobs
