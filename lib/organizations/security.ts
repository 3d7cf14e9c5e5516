import 'server-only'
import { z } from 'zod'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ForbiddenError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'

const domain = z.string().refine((text) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text) && text.length <= 253, 'Write domains such as example.com, one a line.')
export const organizationSecuritySchema = z.strictObject({
  sessionHours: z.union([z.literal(''), z.coerce.number('Enter whole hours.').int('Enter whole hours.').min(1, 'Enter 1 to 720 hours.').max(720, 'Enter 1 to 720 hours.')]).default('').transform((hours) => (hours === '' ? null : hours)),
  domains: z.string().max(10_000).default('').transform((text) => [...new Set(text.toLowerCase().split(/[\s,;]+/).map((word) => word.replace(/^@/, '')).filter(Boolean))]).pipe(z.array(domain).max(50, 'At most 50 domains.')),
})

export async function readOrganizationSecurity({ tx, member }: Scope): Promise<{ sessionHours: number | null; domains: string[] }> {
  const { sessionHours, allowedDomains } = await tx.organization.findFirstOrThrow({ where: { id: member.tenantId } })
  return { sessionHours, domains: allowedDomains }
}

/** How long members stay proven, and whose addresses may come in from now on; whoever is in stays. @throws ForbiddenError when one's own domain is missing */
export async function setOrganizationSecurity(scope: Scope, { sessionHours, domains }: z.infer<typeof organizationSecuritySchema>): Promise<void> {
  authorize(scope, 'organization:update')
  const { tx, member } = scope
  const mine = member.email?.toLowerCase().split('@')[1]
  if (domains.length > 0 && mine && !domains.includes(mine)) throw new ForbiddenError(`Your own address is at ${mine}: add it, or you could not come back if you left.`, 'own_domain')
  const before = await readOrganizationSecurity(scope)
  await tx.$executeRaw`SELECT kernel.set_security(${sessionHours}::int, ${domains}::text[], ${new Date()})`
  await recordAudit(scope, { action: 'organization.security_changed', entityKind: 'organization', entityId: member.tenantId, label: member.organization.name, changes: { sessionHours: [before.sessionHours, sessionHours], domains: [before.domains, domains] } })
}
