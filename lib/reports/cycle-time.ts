import 'server-only'
import { FINISHED } from '@/lib/tasks/done'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { type ReportFilter, spanOf, tasksOf } from './filter'

/** Hours. `measured` tasks have a cycle time; `neverBegun` were completed without ever being in progress, and are in none of the numbers but this one. */
export type CycleTime = { measured: number; neverBegun: number; medianHours: number | null; p85Hours: number | null; blockedHours: number }
export type CycleTimes = { all: CycleTime; weeks: (CycleTime & { week: string })[]; workstreams: (CycleTime & { id: string | null; name: string })[] }

/**
 * Cycle time of the tasks completed in the period, in the week of their completion:
 * `cycle = completed_at − first change to in_progress`, weekends and nights included. Median and 85th percentile are
 * interpolated between neighbours (`percentile_cont`). `blockedHours = Σ (next change, or completion, − change to blocked)` of
 * the same tasks. One that was taken up again counts once, from its first beginning to its last completion.
 */
export async function readCycleTimes(scope: Scope, filter: ReportFilter, now = new Date()): Promise<CycleTimes> {
  const { tenantId } = scope.member
  const { timezone, weeks, since } = spanOf(scope, filter, now)
  const rows = await scope.tx.$queryRaw<(CycleTime & { week: string | null; workstreamId: string | null; name: string | null; projectName: string | null; isTotal: boolean; isWeek: boolean })[]>`
    WITH finished AS (
      SELECT t.id, t.project_id, t.workstream_id, t.completed_at, to_char(date_trunc('week', t.completed_at AT TIME ZONE ${timezone}), 'YYYY-MM-DD') AS week FROM tasks t
       WHERE ${tasksOf(scope, filter)} AND ${FINISHED} AND t.completed_at >= ${since} AND t.completed_at <= ${now}
    ), changes AS (
      SELECT c.task_id, c.to_status, c.at, lead(c.at) OVER (PARTITION BY c.task_id ORDER BY c.at, c.id) AS until
        FROM task_status_changes c JOIN finished f ON f.project_id = c.project_id AND f.id = c.task_id WHERE c.tenant_id = ${tenantId}::uuid
    ), begun AS (
      SELECT task_id, min(at) FILTER (WHERE to_status = 'in_progress') AS at FROM changes GROUP BY task_id
    ), held AS (
      SELECT h.task_id, sum(extract(epoch FROM coalesce(h.until, f.completed_at) - h.at)) / 3600 AS hours FROM changes h JOIN finished f ON f.id = h.task_id WHERE h.to_status = 'blocked' GROUP BY h.task_id
    ), timed AS (
      SELECT f.week, f.project_id, f.workstream_id, extract(epoch FROM f.completed_at - b.at) / 3600 AS hours, CASE WHEN b.at IS NOT NULL THEN h.hours END AS held
        FROM finished f LEFT JOIN begun b ON b.task_id = f.id AND b.at <= f.completed_at LEFT JOIN held h ON h.task_id = f.id
    ), grouped AS (
      SELECT week, project_id, workstream_id, grouping(week) = 1 AND grouping(project_id) = 1 AS total, grouping(week) = 0 AS weekly,
             count(hours)::int AS measured, (count(*) - count(hours))::int AS never, percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) AS median, percentile_cont(0.85) WITHIN GROUP (ORDER BY hours) AS p85, coalesce(sum(held), 0) AS held
        FROM timed GROUP BY GROUPING SETS ((), (week), (project_id, workstream_id))
    )
    SELECT g.week, g.workstream_id AS "workstreamId", w.name, c.name AS "projectName", g.total AS "isTotal", g.weekly AS "isWeek",
           g.measured, g.never AS "neverBegun", g.median::float8 AS "medianHours", g.p85::float8 AS "p85Hours", g.held::float8 AS "blockedHours"
      FROM grouped g LEFT JOIN workstreams w ON w.tenant_id = ${tenantId}::uuid AND w.project_id = g.project_id AND w.id = g.workstream_id
      LEFT JOIN containers c ON c.tenant_id = ${tenantId}::uuid AND c.id = g.project_id
     ORDER BY c.name, w.position NULLS LAST, w.id`
  const plain = ({ measured, neverBegun, medianHours, p85Hours, blockedHours }: CycleTime): CycleTime => ({ measured, neverBegun, medianHours, p85Hours, blockedHours })
  const none: CycleTime = { measured: 0, neverBegun: 0, medianHours: null, p85Hours: null, blockedHours: 0 }
  const byWeek = new Map(rows.filter(({ isWeek }) => isWeek).map((row) => [row.week, plain(row)]))
  return {
    all: plain(rows.find(({ isTotal }) => isTotal) ?? none),
    weeks: weeks.map((week) => ({ week, ...(byWeek.get(week) ?? none) })),
    workstreams: rows.filter(({ isTotal, isWeek }) => !isTotal && !isWeek).map((row) => ({ id: row.workstreamId, name: `${filter.project ? '' : `${row.projectName}: `}${row.name ?? 'No workstream'}`, ...plain(row) })),
  }
}
