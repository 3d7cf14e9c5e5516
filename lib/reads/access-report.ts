import 'server-only'
import { z } from 'zod'
import { requireManage } from '@/lib/projects/access'
import { sql } from '@/lib/tenancy/sql'
import { startOfDay, toDay } from '@/lib/text'
import type { Scope } from '@/lib/tenancy/with-tenant'

export const ACCESS_DAYS = { '7': 'the last 7 days', '30': 'the last 30 days', '90': 'the last 90 days' } as const
const SHOWN_MAX = 2_000

/** As it stands in the URL; days of the organization, today among them. */
export const accessFilterSchema = z.object({ project: z.uuid(), days: z.enum(['7', '30', '90']).default('30'), person: z.union([z.literal(''), z.uuid()]).default('') })
export type AccessFilter = z.infer<typeof accessFilterSchema>

/** One person, one task (null: the project itself) and one day. `opened`: hours in which it was opened; `changed`: events; `refused`: hours in which it was tried in vain. */
export type AccessRow = { day: Date; userId: string; name: string; taskId: string | null; number: number | null; title: string | null; opened: number; changed: number; refused: number }

/** Who opened or changed a task of a project, and who tried in vain, by day; the newest first. For those who manage it. @throws ForbiddenError */
export async function readAccess(scope: Scope, { project, days, person }: AccessFilter, now = new Date()): Promise<AccessRow[]> {
  await requireManage(scope, project)
  const { tenantId, organization: { timezone } } = scope.member
  const since = startOfDay(toDay(new Date(now.getTime() - (Number(days) - 1) * 86_400_000), timezone), timezone)
  const who = (column: string) => (person ? (column === 'actor' ? sql`AND e.actor_user_id = ${person}::uuid` : sql`AND r.user_id = ${person}::uuid`) : sql``)
  return scope.tx.$queryRaw<AccessRow[]>`
    SELECT x.day, x.user_id AS "userId", m.display_name AS name, x.task_id AS "taskId", t.number, t.title, sum(x.opened)::int AS opened, sum(x.changed)::int AS changed, sum(x.refused)::int AS refused
      FROM (
        SELECT (e.at AT TIME ZONE ${timezone})::date AS day, e.actor_user_id AS user_id, CASE WHEN e.entity_kind = 'task' THEN e.entity_id END AS task_id, (e.action LIKE '%.read')::int AS opened, (e.action NOT LIKE '%.read')::int AS changed, 0 AS refused
          FROM audit_events e WHERE e.tenant_id = ${tenantId}::uuid AND e.container_id = ${project}::uuid AND e.entity_kind IN ('task', 'project') AND e.actor_user_id IS NOT NULL AND e.at >= ${since} ${who('actor')}
        UNION ALL
        SELECT (r.hour AT TIME ZONE ${timezone})::date, r.user_id, r.task_id, 0, 0, 1
          FROM refused_attempts r WHERE r.tenant_id = ${tenantId}::uuid AND r.project_id = ${project}::uuid AND r.hour >= ${since} ${who('user')}
      ) x
      JOIN memberships m ON m.tenant_id = ${tenantId}::uuid AND m.user_id = x.user_id
      LEFT JOIN tasks t ON t.tenant_id = ${tenantId}::uuid AND t.project_id = ${project}::uuid AND t.id = x.task_id
     GROUP BY x.day, x.user_id, m.display_name, x.task_id, t.number, t.title
     ORDER BY x.day DESC, m.display_name, t.number NULLS FIRST, x.task_id LIMIT ${SHOWN_MAX}`
}
