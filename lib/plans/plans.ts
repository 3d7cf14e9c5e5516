import 'server-only'
import { z } from 'zod'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { InvalidError } from '@/lib/errors'
import { platformClient } from '@/lib/platform/client'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { readUsage, type LimitKey, type Usage } from './limits'

/** `limits`: null for as many as are wanted. `monthlyPrice` in minor units. */
export type Plan = { key: string; name: string; monthlyPrice: number; limits: Record<LimitKey, number | null>; auditDays: number | null }

export const choosePlanSchema = z.strictObject({ plan: z.string().regex(/^[a-z]{1,40}$/, 'Choose one of the plans.') })

const HISTORY_DAYS = 90

/** The tiers of the installation, the smallest first. The same for everybody, so read as the platform. */
export async function listPlans(): Promise<Plan[]> {
  const rows = await platformClient().plan.findMany({ orderBy: { position: 'asc' } })
  return rows.map(({ key, name, monthlyPrice, members, projects, storageMb, apiCallsPerHour, auditDays }) => ({ key, name, monthlyPrice, auditDays, limits: { members, projects, storage_mb: storageMb, api_calls: apiCallsPerHour } }))
}

export type PlanReport = { planKey: string; isTrial: boolean; trialEndsAt: Date | null; usage: Usage[]; history: Record<LimitKey, { at: Date; value: number }[]> }

/** The plan, what is in use, and the last 90 days of it: what is held by day, what is counted by hour, the oldest first. */
export async function readPlan(scope: Scope): Promise<PlanReport> {
  authorize(scope, 'organization:update')
  const { tx, member } = scope
  const { planKey, status, trialEndsAt } = await tx.organization.findFirstOrThrow({ where: { id: member.tenantId } })
  const counts = await tx.usageCount.findMany({ where: { startsAt: { gte: new Date(Date.now() - HISTORY_DAYS * 86_400_000) } }, orderBy: { startsAt: 'asc' } })
  const of = (key: LimitKey) => counts.filter((row) => row.key === key).map(({ startsAt, value }) => ({ at: startsAt, value: Number(value) }))
  return {
    planKey, isTrial: status === 'trial', trialEndsAt: status === 'trial' ? trialEndsAt : null, usage: await readUsage(scope),
    history: { members: of('members'), projects: of('projects'), storage_mb: of('storage_mb'), api_calls: of('api_calls') },
  }
}

/** Acts at once. A smaller plan lets nothing more in until there is room, and takes nothing but, after thirty days, history that it does not keep. @throws InvalidError for no plan of the installation */
export async function choosePlan(scope: Scope, { plan: key }: z.infer<typeof choosePlanSchema>, plans: Plan[]): Promise<{ name: string }> {
  authorize(scope, 'plan:manage')
  const plan = plans.find((row) => row.key === key)
  if (!plan) throw new InvalidError('Choose one of the plans.', { plan: ['Choose one of the plans.'] })
  const { tx, member } = scope
  const [row] = await tx.$queryRaw<{ before: string }[]>`SELECT kernel.choose_plan(${key}, ${new Date()}) AS before`
  if (row?.before !== key) await recordAudit(scope, { action: 'organization.plan_changed', entityKind: 'organization', entityId: member.tenantId, label: member.organization.name, changes: { plan: [row?.before, key] } })
  return { name: plan.name }
}
