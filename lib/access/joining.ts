import 'server-only'
import { takeAttempt } from '@/lib/limits/limits'
import { enqueueOrganizationMail } from '@/lib/mail/outbox'
import { recordAudit } from '@/lib/audit/audit'
import { env } from '@/lib/env'
import { ask } from '@/lib/platform/ask'
import { prospectiveMember } from '@/lib/platform/directory'
import type { Role } from '@/lib/tenancy/member'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { domainOf } from './email'

export type Listing = { tenantId: string; code: string; slug: string; name: string; colour: string; role: Role }
type ListingRow = { tenant_id: string; code: string; slug: string; organization: string; colour: string; role: Role }

/** Organizations whose rules let this verified address in. */
export async function listListing(email: string): Promise<Listing[]> {
  const rows = await ask<ListingRow>('listing($1, $2)', [email, domainOf(email)])
  return rows.map(({ tenant_id: tenantId, organization: name, ...rest }) => ({ tenantId, name, code: rest.code, slug: rest.slug, colour: rest.colour, role: rest.role }))
}

export type JoinOutcome = 'joined' | 'requested' | 'already' | 'refused'
type Joiner = { tenantId: string; userId: string; name: string; email: string; wishedRole?: Role }

/**
 * Asks an organization to take somebody in. Its policy and its rules decide inside the database; a refusal is in its audit log, a
 * join too, in the same transaction.
 */
export async function joinOrganization({ tenantId, userId, name, email, wishedRole = 'member' }: Joiner): Promise<JoinOutcome> {
  const membershipId = uuidv7()
  return withTenant(prospectiveMember(tenantId, userId, 'viewer', name), async (scope) => {
    const [row] = await scope.tx.$queryRaw<{ outcome: JoinOutcome | 'waiting' }[]>`SELECT kernel.join_organization(${membershipId}::uuid, ${uuidv7()}::uuid, ${wishedRole}, ${new Date()}) AS outcome`
    const outcome = row?.outcome ?? 'refused'
    if (outcome === 'joined' || outcome === 'requested') {
      await recordAudit(scope, { action: `member.${outcome === 'joined' ? 'joined' : 'join_requested'}`, entityKind: 'member', entityId: membershipId, label: name })
    }
    if (outcome === 'requested') await tellAdmins(scope, { person: name, email })
    return outcome === 'waiting' ? 'requested' : outcome
  })
}

async function tellAdmins(scope: Scope, asked: { person: string; email: string }): Promise<void> {
  const admins = await ask<{ email: string; slug: string; organization: string }>('admins_of($1)', [scope.member.tenantId])
  for (const { email, slug, organization } of admins) await enqueueOrganizationMail(scope, 'join_requested', email, { ...asked, organization, link: `${env().NEXTAUTH_URL}/${slug}/settings/access` })
}

/**
 * Follows an organization's code. Unknown codes and organizations that take nobody in are answered alike.
 * @throws TooManyRequestsError
 */
export async function joinByCode(code: string, joiner: Omit<Joiner, 'tenantId'>): Promise<{ outcome: JoinOutcome; slug: string | null }> {
  const giveBack = await takeAttempt('join', joiner.userId)
  const [found] = await ask<{ tenant_id: string; slug: string }>('find_joinable($1)', [code.trim().toUpperCase()])
  if (!found) return { outcome: 'refused', slug: null }
  const outcome = await joinOrganization({ ...joiner, tenantId: found.tenant_id })
  if (outcome !== 'refused') await giveBack()
  return { outcome, slug: outcome === 'joined' || outcome === 'already' ? found.slug : null }
}
