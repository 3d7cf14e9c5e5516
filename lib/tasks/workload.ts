import 'server-only'
import { z } from 'zod'
import { addDays, weekOf } from '@/lib/days'
import { listMembers } from '@/lib/members/members'
import { sql } from '@/lib/tenancy/sql'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { holderOf } from './effective'

export const WEEKS = 8

/** Of one project, or of the people of one team; neither: of all. */
export const workloadFilterSchema = z.object({ project: z.union([z.literal(''), z.uuid()]).default(''), team: z.union([z.literal(''), z.uuid()]).default('') })
export type WorkloadFilter = z.infer<typeof workloadFilterSchema>

export type Load = {
  /** Null: nobody's. */
  userId: string | null; name: string; open: number; overdue: number; unestimated: number
  /** By week of the due day, the first one from today; what is overdue, later or without a day is in none of them. */
  weeks: { count: number; minutes: number }[]
}
/** `weeks`: first and last day of each, as the lists are filtered by. */
export type Workload = { people: Load[]; free: { userId: string; name: string }[]; weeks: { from: string; to: string }[] }

/**
 * Who has how much before them: open tasks, subtasks among them, of projects that I see and that are not archived (of a chosen one in any case). A task of
 * several people counts in full for each; estimates are of the whole task, not of what is left of it.
 */
export async function readWorkload(scope: Scope, today: string, { project, team }: WorkloadFilter = { project: '', team: '' }): Promise<Workload> {
  const { tx, member: { tenantId } } = scope
  const monday = weekOf(today)
  const weeks = Array.from({ length: WEEKS }, (_, at) => ({ from: at === 0 ? today : addDays(monday, 7 * at), to: addDays(monday, 7 * at + 6) }))
  const rows = await tx.$queryRaw<{ userId: string | null; week: number | null; isOverdue: boolean; count: number; unestimated: number; minutes: number }[]>`
    SELECT a.user_id AS "userId", CASE WHEN t.due_on >= ${today}::date AND t.due_on <= ${weeks.at(-1)!.to}::date THEN (t.due_on - ${monday}::date) / 7 END AS week, coalesce(t.due_on < ${today}::date, false) AS "isOverdue",
           count(*)::int AS count, count(*) FILTER (WHERE t.estimate_minutes IS NULL)::int AS unestimated, coalesce(sum(t.estimate_minutes), 0)::float8 AS minutes
      FROM tasks t
      JOIN projects p ON p.tenant_id = ${tenantId}::uuid AND p.id = t.project_id AND ${project ? sql`p.id = ${project}::uuid` : sql`p.status <> 'archived'`}
      LEFT JOIN task_assignees a ON a.tenant_id = ${tenantId}::uuid AND a.role = 'assignee' AND a.task_id = ${holderOf(tenantId)}
     WHERE t.tenant_id = ${tenantId}::uuid AND t.deleted_at IS NULL AND t.status IN ('todo', 'in_progress', 'blocked', 'review', 'testing')
       ${team ? sql`AND a.user_id IN (SELECT m.user_id FROM team_members m WHERE m.tenant_id = ${tenantId}::uuid AND m.team_id = ${team}::uuid)` : sql``}
     GROUP BY 1, 2, 3`
  const members = await listMembers(scope)
  const inTeam = team ? new Set((await tx.teamMember.findMany({ where: { teamId: team }, select: { userId: true } })).map(({ userId }) => userId)) : null
  const names = new Map(members.map(({ userId, name }) => [userId, name]))
  const gone = [...new Set(rows.flatMap(({ userId }) => (userId && !names.has(userId) ? [userId] : [])))]
  if (gone.length) for (const { userId, displayName } of await tx.membership.findMany({ where: { userId: { in: gone } } })) names.set(userId, displayName)

  const loads = new Map<string | null, Load>()
  for (const { userId, week, isOverdue, count, unestimated, minutes } of rows) {
    const load = loads.get(userId) ?? { userId, name: userId ? (names.get(userId) ?? 'Somebody who left') : 'Nobody', open: 0, overdue: 0, unestimated: 0, weeks: weeks.map(() => ({ count: 0, minutes: 0 })) }
    loads.set(userId, load)
    load.open += count
    load.unestimated += unestimated
    if (isOverdue) load.overdue += count
    if (week !== null) load.weeks[week] = { count: load.weeks[week]!.count + count, minutes: load.weeks[week]!.minutes + minutes }
  }
  const people = [...loads.values()].sort((a, b) => Number(a.userId === null) - Number(b.userId === null) || a.name.localeCompare(b.name))
  return { people, weeks, free: members.filter(({ userId, role }) => !loads.has(userId) && role !== 'viewer' && (!inTeam || inTeam.has(userId))).map(({ userId, name }) => ({ userId, name })) }
}
