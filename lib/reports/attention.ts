import 'server-only'
import { dayOf, daysBetween } from '@/lib/days'
import { holderOf } from '@/lib/tasks/effective'
import { STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toDay } from '@/lib/text'
import { type ReportFilter, spanOf, tasksOf } from './filter'

/** `blockedDays`: whole days since it was last blocked; `lateDays`: since it was due. Null where it is not. */
export type Held = { id: string; key: string; projectSlug: string; number: number; title: string; status: string; reason: string; people: string; dueOn: Date | null; blockedDays: number | null; lateDays: number | null }

type Row = { id: string; projectKey: string; projectSlug: string; number: number; title: string; status: Status; reason: string | null; people: string | null; dueOn: Date | null; blockedAt: Date | null }

/** Blocked and overdue tasks with their reasons and ages, what has waited longest first. The period does not matter: this is now. */
export async function listHeld(scope: Scope, filter: ReportFilter, { take = 100, now = new Date() } = {}): Promise<{ held: Held[]; total: number }> {
  const { tenantId } = scope.member
  const { today, timezone } = spanOf(scope, filter, now)
  const rows = await scope.tx.$queryRaw<(Row & { total: number })[]>`
    WITH held AS (
      SELECT t.*, ${holderOf(tenantId)} AS holder, CASE WHEN t.status = 'blocked' THEN coalesce(b.at, t.updated_at) END AS blocked_at
        FROM tasks t LEFT JOIN (SELECT c.task_id, max(c.at) AS at FROM task_status_changes c WHERE c.tenant_id = ${tenantId}::uuid AND c.to_status = 'blocked' GROUP BY c.task_id) b ON b.task_id = t.id
       WHERE ${tasksOf(scope, filter)} AND (t.status = 'blocked' OR (t.due_on < ${today}::date AND t.status IN ('todo', 'in_progress', 'review', 'testing')))
    )
    SELECT h.id, p.key AS "projectKey", p.slug AS "projectSlug", h.number, h.title, h.status, h.blocked_reason AS reason, h.due_on AS "dueOn", h.blocked_at AS "blockedAt", (SELECT count(*)::int FROM held) AS total,
           (SELECT string_agg(DISTINCT m.display_name, '; ') FROM task_assignees a JOIN memberships m ON m.tenant_id = ${tenantId}::uuid AND m.user_id = a.user_id
             WHERE a.tenant_id = ${tenantId}::uuid AND a.project_id = h.project_id AND a.task_id = h.holder AND a.role = 'assignee') AS people
      FROM held h JOIN projects p ON p.tenant_id = ${tenantId}::uuid AND p.id = h.project_id
     ORDER BY least(h.blocked_at, (h.due_on + 1)::timestamp AT TIME ZONE ${timezone}), h.id LIMIT ${take}`
  const days = (day: string) => daysBetween(day, today)
  return {
    total: rows[0]?.total ?? 0,
    held: rows.map(({ projectKey, blockedAt, total: _, ...row }) => ({
      ...row, key: `${projectKey}-${row.number}`, status: STATUS_LABELS[row.status], reason: row.reason ?? '', people: row.people ?? 'Nobody',
      blockedDays: blockedAt ? days(toDay(blockedAt, timezone)) : null, lateDays: row.dueOn && dayOf(row.dueOn) < today ? days(dayOf(row.dueOn)) : null,
    })),
  }
}
