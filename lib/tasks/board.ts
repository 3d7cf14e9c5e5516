import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { BOARD_STATUSES, type Status } from './rules'
import { decorate, type TaskFilter, type TaskRow, whereOf, withProjects } from './task-list'

const CARDS_MAX = 50

export type Column = { status: Status; tasks: TaskRow[]; total: number }

/** The board of a project: per status the most pressing cards, and how many there are in all. Subtasks stay with their parents. */
export async function readBoard(scope: Scope, filter: TaskFilter, place: { projectId: string; today: string }): Promise<Column[]> {
  const base = (await whereOf(scope, { ...filter, status: [] }, place))?.where
  if (!base) return BOARD_STATUSES.map((status) => ({ status, tasks: [], total: 0 }))
  const where = { AND: [base as object, { parentId: null }] }
  const groups = await scope.tx.task.groupBy({ by: ['status'], where, _count: { _all: true } })
  const totals = new Map(groups.map((group) => [group.status, group._count._all]))
  const cards: Awaited<ReturnType<typeof scope.tx.task.findMany>> = []
  for (const status of BOARD_STATUSES.filter((one) => totals.has(one))) {
    const isClosed = status === 'done' || status === 'cancelled'
    cards.push(...(await scope.tx.task.findMany({
      where: { ...where, status }, take: CARDS_MAX,
      orderBy: isClosed ? [{ updatedAt: 'desc' }, { id: 'desc' }] : [{ priorityRank: 'asc' }, { dueOn: { sort: 'asc', nulls: 'last' } }, { number: 'asc' }],
    })))
  }
  const rows = await decorate(scope, await withProjects(scope, cards))
  return BOARD_STATUSES.map((status) => ({ status, tasks: rows.filter((task) => task.status === status), total: totals.get(status) ?? 0 }))
}
