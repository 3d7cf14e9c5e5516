import 'server-only'
import { dayOf, daysBetween } from '@/lib/days'
import { holderOf } from '@/lib/tasks/effective'
import { STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import { sql } from '@/lib/tenancy/sql'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toDay } from '@/lib/text'
import { type ReportFilter, spanOf, tasksOf } from './filter'

/** `blockedDays`: whole days since it was last blocked; `lateDays`: since it was due. Null where it is not. */
export type Held = { id: string; key: string; projectSlug: string; number: number; title: string; status: string; reason: string; people: string; dueOn: Date | null; blockedDays: number | null; lateDays: number | null }

type Row = { id: string; projectKey: string; projectSlug: string; number: number; title: string; status: Status; reason: string | null; people: string | null; dueOn: Date | null; blockedAt: Date | null }

/**
 * Blocked and overdue tasks with their reasons and ages, what has waited longest first. The period does not matter: this is now.
 * Who waits longest is the first of those due longest ago or of those blocked longest: as many of each are read as are shown.
 */
export async function listHeld(scope: Scope, filter: ReportFilter, { take = 100, now = new Date() } = {}): Promise<{ held: Held[]; total: number }> {
  const { tenantId } = scope.member
  const { today, timezone } = spanOf(scope, filter, now)
  const tasks = sql`FROM tasks t WHERE ${tasksOf(scope, filter)}`
  const isLate = sql`t.due_on < ${today}::date`
  const rows = await scope.tx.$queryRaw<(Row & { total: number })[]>`
    WITH late AS (
      SELECT t.id ${tasks} AND ${isLate} AND t.status IN ('todo', 'in_progress', 'blocked', 'review', 'testing') ORDER BY t.due_on, t.id LIMIT ${take}
    ), stuck AS (
      SELECT t.id ${tasks} AND t.status = 'blocked' ORDER BY coalesce(t.blocked_at, t.updated_at), t.id LIMIT ${take}
    ), counted AS (
      SELECT ((SELECT count(*) ${tasks} AND t.status = 'blocked') + (SELECT count(*) ${tasks} AND ${isLate} AND t.status IN ('todo', 'in_progress', 'review', 'testing')))::int AS total
    ), held AS (
      SELECT t.*, ${holderOf(tenantId)} AS holder, CASE WHEN t.status = 'blocked' THEN coalesce(t.blocked_at, t.updated_at) END AS blocked
        FROM tasks t WHERE t.tenant_id = ${tenantId}::uuid AND t.id = ANY (ARRAY(SELECT id FROM late UNION SELECT id FROM stuck))
    )
    SELECT h.id, p.key AS "projectKey", p.slug AS "projectSlug", h.number, h.title, h.status, h.blocked_reason AS reason, h.due_on AS "dueOn", h.blocked AS "blockedAt", c.total,
           (SELECT string_agg(DISTINCT m.display_name, '; ') FROM task_assignees a JOIN memberships m ON m.tenant_id = ${tenantId}::uuid AND m.user_id = a.user_id
             WHERE a.tenant_id = ${tenantId}::uuid AND a.project_id = h.project_id AND a.task_id = h.holder AND a.role = 'assignee') AS people
      FROM held h JOIN projects p ON p.tenant_id = ${tenantId}::uuid AND p.id = h.project_id CROSS JOIN counted c
     ORDER BY least(h.blocked, (h.due_on + 1)::timestamp AT TIME ZONE ${timezone}), h.id LIMIT ${take}`
  const days = (day: string) => daysBetween(day, today)
  return {
    total: rows[0]?.total ?? 0,
    held: rows.map(({ projectKey, blockedAt, total: _, ...row }) => ({
      ...row, key: `${projectKey}-${row.number}`, status: STATUS_LABELS[row.status], reason: row.reason ?? '', people: row.people ?? 'Nobody',
      blockedDays: blockedAt ? days(toDay(blockedAt, timezone)) : null, lateDays: row.dueOn && dayOf(row.dueOn) < today ? days(dayOf(row.dueOn)) : null,
    })),
  }
}
