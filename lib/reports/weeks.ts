import 'server-only'
import { CANCELLED, DONE, FINISHED } from '@/lib/tasks/done'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { type ReportFilter, spanOf, tasksOf } from './filter'

export const SHOWN_STATUSES = ['todo', 'in_progress', 'blocked', 'review', 'testing', 'done', 'cancelled'] as const
export type ShownStatus = (typeof SHOWN_STATUSES)[number]

/** How things stood when a week ended; of the current one, how they stand now. `finished`: tasks completed in that week, as far as the day is known. */
export type Week = { week: string; counts: Record<ShownStatus, number>; total: number; done: number; finished: number }

/**
 * Burn-up and status by week. A task counts from the day it was made, in the status that its last change before the week's end
 * left it in: `count(week, s) = Σ tasks (+1 made in s, +1 changes to s, −1 changes from s, each before the end of the week)`.
 * What a task was made as is the first `from_status`, or its status if it never changed. Archiving changes nothing here: what
 * was done stays done, what was cancelled cancelled. `total` = all but cancelled; `done` of `total` is the progress, and for
 * the current week the same as the counters of the pages. Subtasks count like tasks; those in the trash never were.
 */
export async function readWeeks(scope: Scope, filter: ReportFilter, now = new Date()): Promise<Week[]> {
  const { tenantId } = scope.member
  const { timezone, weeks, since } = spanOf(scope, filter, now)
  const rows = await scope.tx.$queryRaw<{ week: string; status: string; change: number }[]>`
    WITH chosen AS (SELECT t.id, t.project_id, t.created_at, t.status, t.completed_at FROM tasks t WHERE ${tasksOf(scope, filter)}),
    changes AS (
      SELECT c.task_id, c.from_status, c.to_status, c.at, row_number() OVER (PARTITION BY c.task_id ORDER BY c.at, c.id) AS place
        FROM task_status_changes c JOIN chosen t ON t.project_id = c.project_id AND t.id = c.task_id WHERE c.tenant_id = ${tenantId}::uuid
    ), steps AS (
      SELECT least(t.created_at, f.at) AS at, coalesce(f.from_status, CASE WHEN ${DONE} THEN 'done' WHEN ${CANCELLED} THEN 'cancelled' ELSE t.status END) AS status, 1 AS change
        FROM chosen t LEFT JOIN changes f ON f.task_id = t.id AND f.place = 1
      UNION ALL SELECT at, from_status, -1 FROM changes WHERE to_status <> 'archived'
      UNION ALL SELECT at, to_status, 1 FROM changes WHERE to_status <> 'archived'
    )
    SELECT to_char(date_trunc('week', greatest(at, ${since}) AT TIME ZONE ${timezone}), 'YYYY-MM-DD') AS week, status, sum(change)::int AS change FROM steps WHERE at <= ${now} GROUP BY 1, 2`
  const finished = await scope.tx.$queryRaw<{ week: string; count: number }[]>`
    SELECT to_char(date_trunc('week', t.completed_at AT TIME ZONE ${timezone}), 'YYYY-MM-DD') AS week, count(*)::int AS count FROM tasks t
     WHERE ${tasksOf(scope, filter)} AND ${FINISHED} AND t.completed_at >= ${since} AND t.completed_at <= ${now} GROUP BY 1`
  const finishedIn = new Map(finished.map(({ week, count }) => [week, count]))
  const counts = Object.fromEntries(SHOWN_STATUSES.map((status) => [status, 0])) as Record<ShownStatus, number>
  return weeks.map((week) => {
    for (const row of rows) if (row.week === week) counts[row.status as ShownStatus] += row.change
    const total = SHOWN_STATUSES.reduce((sum, status) => sum + (status === 'cancelled' ? 0 : counts[status]), 0)
    return { week, counts: { ...counts }, total, done: counts.done, finished: finishedIn.get(week) ?? 0 }
  })
}
