import 'server-only'
import { heldOf, inheritedOf } from '@/lib/tasks/effective'
import { OPEN_STATUSES, PRIORITIES, type Priority, type Status } from '@/lib/tasks/rules'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { type ReportFilter, spanOf, tasksOf } from './filter'

export type MyWork = { status: Status; counts: Record<Priority, number>; total: number; overdue: number }

/** My open tasks by status and priority, and how many of them are overdue: those that the list filtered by me holds. */
export async function readMyWork(scope: Scope, filter: ReportFilter, now = new Date()): Promise<MyWork[]> {
  const { tenantId, userId } = scope.member
  const rows = await scope.tx.$queryRaw<{ status: Status; priority: Priority; count: number; overdue: number }[]>`
    SELECT t.status, t.priority, count(*)::int AS count, count(*) FILTER (WHERE t.due_on < ${spanOf(scope, filter, now).today}::date)::int AS overdue FROM tasks t
     WHERE ${tasksOf(scope, filter)} AND t.status IN ('todo', 'in_progress', 'blocked', 'review', 'testing')
       AND (t.id IN (${heldOf(tenantId, userId)}) OR t.id IN (${inheritedOf(tenantId, userId)})) GROUP BY 1, 2`
  return OPEN_STATUSES.map((status) => {
    const own = rows.filter((row) => row.status === status)
    const counts = Object.fromEntries(PRIORITIES.map((priority) => [priority, own.find((row) => row.priority === priority)?.count ?? 0])) as Record<Priority, number>
    return { status, counts, total: own.reduce((sum, { count }) => sum + count, 0), overdue: own.reduce((sum, { overdue }) => sum + overdue, 0) }
  })
}
