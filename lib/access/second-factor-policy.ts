import 'server-only'
import { z } from 'zod'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import type { Scope } from '@/lib/tenancy/with-tenant'

export const secondFactorPolicySchema = z.strictObject({ isRequired: z.stringbool(), graceDays: z.coerce.number().int('Enter whole days.').min(0, 'Enter 0 to 90 days.').max(90, 'Enter 0 to 90 days.').default(7) })

export type SecondFactorPolicy = { isRequired: boolean; graceDays: number }

export async function readSecondFactorPolicy({ tx, member }: Scope): Promise<SecondFactorPolicy> {
  const { secondFactorRequiredAt, secondFactorGraceDays } = await tx.organization.findFirstOrThrow({ where: { id: member.tenantId } })
  return { isRequired: secondFactorRequiredAt !== null, graceDays: secondFactorGraceDays }
}

/** Whether members need a second factor. Each has `graceDays` from now, or from joining, to set one up; then it is asked for first. */
export async function setSecondFactorPolicy(scope: Scope, { isRequired, graceDays }: SecondFactorPolicy): Promise<void> {
  authorize(scope, 'organization:update')
  const { tx, member } = scope
  const before = await readSecondFactorPolicy(scope)
  const since = isRequired ? ((await tx.organization.findFirstOrThrow({ where: { id: member.tenantId } })).secondFactorRequiredAt ?? new Date()) : null
  await tx.$executeRaw`SELECT kernel.require_second_factor(${since}::timestamptz, ${graceDays}::int, ${new Date()})`
  await recordAudit(scope, {
    action: 'organization.second_factor_changed', entityKind: 'organization', entityId: member.tenantId, label: member.organization.name,
    changes: { secondFactorRequired: [before.isRequired, isRequired], graceDays: [before.graceDays, graceDays] },
  })
}
