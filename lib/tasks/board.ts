import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { BOARD_STATUSES, type Status } from './rules'
import { decorate, type TaskFilter, type TaskRow, whereOf, withProjects } from './task-list'

const CARDS_MAX = 50

const COUNT_MAX = 1_000
// The order of the index of a column: in that of ids, which is the usual one, PostgreSQL reads and sorts all of the column to count a part.
const BY_INDEX = [{ priorityRank: 'asc' as const }, { dueOn: 'asc' as const }, { number: 'asc' as const }]

/** `total`: how many there are, counted to 1,001. */
export type Column = { status: Status; tasks: TaskRow[]; total: number }

/** The board of a project: per status the most pressing cards, and how many there are in all. Subtasks stay with their parents. */
export async function readBoard(scope: Scope, filter: TaskFilter, place: { projectId: string; today: string }): Promise<Column[]> {
  const base = (await whereOf(scope, { ...filter, status: [] }, place))?.where
  if (!base) return BOARD_STATUSES.map((status) => ({ status, tasks: [], total: 0 }))
  const where = { AND: [base as object, { parentId: null }] }
  const totals = new Map<string, number>()
  const cards: Awaited<ReturnType<typeof scope.tx.task.findMany>> = []
  for (const status of BOARD_STATUSES) {
    const isClosed = status === 'done' || status === 'cancelled'
    const column = await scope.tx.task.findMany({
      where: { ...where, status }, take: CARDS_MAX,
      orderBy: isClosed ? [{ updatedAt: 'desc' }, { id: 'desc' }] : [{ priorityRank: 'asc' }, { dueOn: { sort: 'asc', nulls: 'last' } }, { number: 'asc' }],
    })
    cards.push(...column)
    // Only a full column has more than it shows, and is counted by its index no further than is said: a project may have a hundred thousand done tasks.
    totals.set(status, column.length < CARDS_MAX ? column.length : await scope.tx.task.count({ where: { ...where, status }, take: COUNT_MAX + 1, orderBy: BY_INDEX }))
  }
  const rows = await decorate(scope, await withProjects(scope, cards))
  return BOARD_STATUSES.map((status) => ({ status, tasks: rows.filter((task) => task.status === status), total: totals.get(status) ?? 0 }))
}
