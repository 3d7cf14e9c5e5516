import 'server-only'
import { addDays } from '@/lib/days'
import { listMembers } from '@/lib/members/members'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { PRIORITIES, PRIORITY_LABELS, STATUSES, STATUS_LABELS } from './rules'
import { decorate, type GROUPS, readTasks, type TaskFilter, taskFilterSchema, type TaskRow, whereOf, withProjects } from './task-list'

const SHOWN_A_GROUP = 20
const GROUPS_MAX = 40
/** Groups are counted so far, as lists are: one more says that there are more. */
const COUNT_MAX = 1_000

export type GroupKey = (typeof GROUPS)[number]
/** `filter`: what of the URL makes this group a list of its own. */
export type TaskGroup = { label: string; filter: Record<string, string>; tasks: TaskRow[]; total: number }
type Candidate = Pick<TaskGroup, 'label' | 'filter'>

export type TaskGroups = { groups: TaskGroup[]; /** Groups beyond the first 40, each a list of its own. */ leftOut: Candidate[] }

/**
 * A list in groups: of each the first tasks in the order of the list, and how many there are. Empty groups are left out. A task
 * of several people stands in the group of each. Of very many groups the first are shown, and always what is nobody's or nowhere.
 */
export async function readGroups(scope: Scope, filter: TaskFilter & { group: GroupKey }, place: { projectId?: string; today: string }): Promise<TaskGroups> {
  const base = (await whereOf(scope, filter, place))?.where
  if (!base) return { groups: [], leftOut: [] }
  const candidates = await candidatesOf(scope, filter, base as object, place.today)
  const groups: (Candidate & { rows: Awaited<ReturnType<typeof readTasks>>; total: number })[] = []
  const fits = candidates.length <= GROUPS_MAX
  for (const candidate of fits ? candidates : [...candidates.slice(0, GROUPS_MAX - 1), candidates.at(-1)!]) {
    const own = (await whereOf(scope, taskFilterSchema.parse(candidate.filter), place))!.where
    const where = { AND: [base as object, own as object] }
    const rows = await readTasks(scope, where, { ...filter, after: '' }, SHOWN_A_GROUP + 1)
    if (rows.length > 0) groups.push({ ...candidate, rows: rows.slice(0, SHOWN_A_GROUP), total: rows.length > SHOWN_A_GROUP ? await scope.tx.task.count({ where, take: COUNT_MAX + 1 }) : rows.length })
  }
  const distinct = [...new Map(groups.flatMap(({ rows }) => rows).map((row) => [row.id, row])).values()]
  const tasks = new Map((await decorate(scope, await withProjects(scope, distinct))).map((task) => [task.id, task]))
  return { groups: groups.map(({ rows, ...group }) => ({ ...group, tasks: rows.flatMap(({ id }) => tasks.get(id) ?? []) })), leftOut: fits ? [] : candidates.slice(GROUPS_MAX - 1, -1) }
}

// What is nobody's or nowhere is the last.
async function candidatesOf(scope: Scope, { group, assignee, workstream }: TaskFilter & { group: GroupKey }, base: object, today: string): Promise<Candidate[]> {
  const { tx, member } = scope
  if (group === 'status') return STATUSES.map((status) => ({ label: STATUS_LABELS[status], filter: { status } }))
  if (group === 'priority') return PRIORITIES.map((priority) => ({ label: PRIORITY_LABELS[priority], filter: { priority } }))
  if (group === 'due')
    return [
      { label: 'Overdue', filter: { due: 'overdue' } }, { label: 'Due today', filter: { due: today } },
      { label: 'Due within a week', filter: { due: `${addDays(today, 1)}..${addDays(today, 7)}` } },
      { label: 'Due later', filter: { due: `${addDays(today, 8)}..2100-12-31` } },
      { label: 'No due date', filter: { due: 'none' } }, { label: 'Was due, closed', filter: { due: `1900-01-01..${addDays(today, -1)}`, status: 'archived,cancelled,done' } },
    ]
  if (group === 'workstream') {
    const held = (await tx.task.groupBy({ by: ['workstreamId'], where: base })).flatMap(({ workstreamId }) => workstreamId ?? [])
    const streams = await tx.workstream.findMany({ where: { id: { in: held } }, orderBy: [{ projectId: 'asc' }, { position: 'asc' }, { id: 'asc' }] })
    return [...streams.map(({ id, name }) => ({ label: name, filter: { workstream: id } })), ...(workstream && workstream !== 'none' ? [] : [{ label: 'No workstream', filter: { workstream: 'none' } }])]
  }
  const only = assignee === 'me' ? member.userId : assignee
  // Two questions: as alternatives of one, PostgreSQL asks both of each task of the organization. Of the assignments, not of each person: that has run into its time-out on fresh statistics.
  const holders = async (task: object) => (await tx.taskAssignee.groupBy({ by: ['userId'], where: { role: 'assignee', task } })).map(({ userId }) => userId)
  const held = new Set([...(await holders(base)), ...(await holders({ subtasks: { some: { AND: [base, { parentId: { not: null } }] } } }))])
  const people = (await listMembers(scope)).filter(({ userId }) => held.has(userId) && (!only || userId === only))
  // Who has left and still has something comes last, so that nothing is missing from the list.
  const gone = [...held].filter((userId) => !only && !people.some((person) => person.userId === userId))
  const left = gone.length ? await tx.membership.findMany({ where: { userId: { in: gone } } }) : []
  return [
    ...people.map(({ userId, name }) => ({ label: name, filter: { assignee: userId } })),
    ...left.map(({ userId, displayName }) => ({ label: displayName, filter: { assignee: userId } })),
    ...(only && only !== 'nobody' ? [] : [{ label: 'Nobody', filter: { assignee: 'nobody' } }]),
  ]
}
