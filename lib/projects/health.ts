import 'server-only'
import { CANCELLED } from '@/lib/tasks/done'
import { holderOf } from '@/lib/tasks/effective'
import { type FindingKind, STALE_DAYS } from '@/lib/tasks/finding-kinds'
import type { Scope } from '@/lib/tenancy/with-tenant'

/** Counts over open tasks, subtasks among them. `lastChange`: of any task of the project. */
export type HealthCounts = Record<FindingKind, number> & { open: number; lastChange: Date | null }
export type Health = { colour: 'red' | 'amber' | 'green'; reasons: string[]; counts: HealthCounts }

/**
 * Red when more than a quarter of the open tasks is overdue or blocked; amber when more than a tenth is, or nothing has
 * changed for fourteen days; else green. A project without open tasks is green. `now` against `lastChange` in milliseconds.
 */
export function judge(counts: HealthCounts, now: Date): Health {
  const { open, overdue, blocked, lastChange } = counts
  const share = (part: number) => (open === 0 ? 0 : part / open)
  const percent = (part: number) => `${Math.round(100 * share(part))} %`
  const days = lastChange ? Math.floor((now.getTime() - lastChange.getTime()) / 86_400_000) : 0
  const stale = open > 0 && days >= STALE_DAYS
  const worst = Math.max(share(overdue), share(blocked))
  const reasons = [
    ...(share(overdue) > 0.1 ? [`${percent(overdue)} of the open tasks are overdue`] : []),
    ...(share(blocked) > 0.1 ? [`${percent(blocked)} of the open tasks are blocked`] : []),
    ...(stale ? [`nothing has changed for ${days} days`] : []),
  ]
  return { colour: worst > 0.25 ? 'red' : worst > 0.1 || stale ? 'amber' : 'green', reasons, counts }
}

/** The health of each of these projects, of those that I see. `today`: the organization's day, `YYYY-MM-DD`. */
export async function readHealth({ tx, member }: Scope, projectIds: string[], { today, now = new Date() }: { today: string; now?: Date }): Promise<Map<string, Health>> {
  if (projectIds.length === 0) return new Map()
  const stale = new Date(now.getTime() - STALE_DAYS * 86_400_000)
  const rows = await tx.$queryRaw<(HealthCounts & { projectId: string })[]>`
    SELECT t.project_id AS "projectId", max(t.updated_at) AS "lastChange", count(*) FILTER (WHERE o.open)::int AS open,
           count(*) FILTER (WHERE o.open AND t.due_on < ${today}::date)::int AS overdue, count(*) FILTER (WHERE t.status = 'blocked')::int AS blocked,
           count(*) FILTER (WHERE o.open AND NOT EXISTS (SELECT FROM task_assignees a WHERE a.tenant_id = ${member.tenantId}::uuid AND a.project_id = t.project_id AND a.task_id = ${holderOf(member.tenantId)} AND a.role = 'assignee'))::int AS unassigned,
           count(*) FILTER (WHERE o.open AND t.estimate_minutes IS NULL)::int AS unestimated, count(*) FILTER (WHERE o.open AND t.updated_at < ${stale})::int AS stale,
           count(*) FILTER (WHERE o.open AND EXISTS (SELECT FROM task_dependencies d JOIN tasks n ON n.tenant_id = ${member.tenantId}::uuid AND n.project_id = d.project_id AND n.id = d.depends_on_id AND n.deleted_at IS NULL AND ${CANCELLED}
             WHERE d.tenant_id = ${member.tenantId}::uuid AND d.project_id = t.project_id AND d.task_id = t.id))::int AS waiting_on_cancelled
      FROM tasks t CROSS JOIN LATERAL (SELECT t.status IN ('todo', 'in_progress', 'blocked', 'review', 'testing') AS open) o
     WHERE t.tenant_id = ${member.tenantId}::uuid AND t.project_id = ANY (${projectIds}::uuid[]) AND t.deleted_at IS NULL GROUP BY t.project_id`
  const none: HealthCounts = { open: 0, overdue: 0, blocked: 0, unassigned: 0, unestimated: 0, stale: 0, waiting_on_cancelled: 0, lastChange: null }
  const byId = new Map(rows.map(({ projectId, ...counts }) => [projectId, counts]))
  return new Map(projectIds.map((id) => [id, judge(byId.get(id) ?? none, now)]))
}
