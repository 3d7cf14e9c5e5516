import { z } from 'zod'
import { addDays, weekOf } from '@/lib/days'
import { sql, type Sql } from '@/lib/tenancy/sql'
import { startOfDay, toDay } from '@/lib/text'
import type { Scope } from '@/lib/tenancy/with-tenant'

export const PERIODS = { '4w': 4, '12w': 12, '26w': 26, '52w': 52 } as const
export type Period = keyof typeof PERIODS

/** What every report is asked by, as it stands in the URL. Without a project: all that I see and that are not archived. */
export const reportFilterSchema = z.object({ project: z.union([z.literal(''), z.uuid()]).default(''), period: z.enum(Object.keys(PERIODS) as [Period, ...Period[]]).default('12w') })
export type ReportFilter = z.infer<typeof reportFilterSchema>

/** The weeks of a period from Monday, the last one the current; days and borders are those of the organization's zone. */
export function spanOf({ member }: Scope, { period }: ReportFilter, now = new Date()) {
  const { timezone } = member.organization
  const today = toDay(now, timezone)
  const weeks = Array.from({ length: PERIODS[period] }, (_, at) => addDays(weekOf(today), 7 * (at + 1 - PERIODS[period])))
  return { timezone, today, weeks, since: startOfDay(weeks[0]!, timezone) }
}

/** Tasks `t` of the reports: of one project or of all that are not archived, never those in the trash. Told by what they are not in, so that PostgreSQL walks their own index. */
export function tasksOf({ member: { tenantId } }: Scope, { project }: ReportFilter): Sql {
  const place = project ? sql`t.project_id = ${project}::uuid` : sql`t.project_id NOT IN (SELECT p.id FROM projects p WHERE p.tenant_id = ${tenantId}::uuid AND p.status = 'archived')`
  return sql`t.tenant_id = ${tenantId}::uuid AND t.deleted_at IS NULL AND ${place}`
}
