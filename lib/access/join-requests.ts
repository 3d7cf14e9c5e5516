import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { NotFoundError } from '@/lib/errors'
import { env } from '@/lib/env'
import { enqueueOrganizationMail } from '@/lib/mail/outbox'
import { ask } from '@/lib/platform/ask'
import type { Role } from '@/lib/tenancy/member'
import type { Scope } from '@/lib/tenancy/with-tenant'

export type JoinRequest = { id: string; name: string; wishedRole: string | null; askedAt: Date }

/** People who ask to join and wait for an answer, the longest first. */
export async function listJoinRequests(scope: Scope): Promise<JoinRequest[]> {
  authorize(scope, 'members:manage')
  const rows = await scope.tx.membership.findMany({ where: { status: 'pending_approval' }, orderBy: { id: 'asc' }, take: 200 })
  return rows.map(({ id, displayName, requestedRole, createdAt }) => ({ id, name: displayName, wishedRole: requestedRole, askedAt: createdAt }))
}

/** Lets somebody in with a role, or not; they are told by mail. @throws NotFoundError when nobody waits under this id */
export async function decideJoinRequest(scope: Scope, { id, role }: { id: string; role: Exclude<Role, 'owner'> | null }): Promise<{ name: string }> {
  authorize(scope, 'members:manage')
  const { tx, member } = scope
  const asking = await tx.membership.findFirst({ where: { id, status: 'pending_approval' } })
  if (!asking) throw new NotFoundError()
  const at = new Date()
  const { count } = await tx.membership.updateMany({ where: { id, status: 'pending_approval' }, data: role ? { status: 'active', role, joinedAt: at, version: { increment: 1 } } : { status: 'declined', version: { increment: 1 } } })
  if (count === 0) throw new NotFoundError()
  await recordAudit(scope, {
    action: role ? 'member.approved' : 'member.declined', entityKind: 'member', entityId: id, label: asking.displayName,
    changes: { status: ['pending_approval', role ? 'active' : 'declined'], ...(role && { role: [asking.role, role] }) },
  })
  const [person] = await ask<{ email: string }>('address_of($1, $2)', [member.tenantId, asking.userId])
  const { name, slug } = member.organization
  if (person && role) await enqueueOrganizationMail(scope, 'join_approved', person.email, { organization: name, role, link: `${env().NEXTAUTH_URL}/${slug}` })
  else if (person) await enqueueOrganizationMail(scope, 'join_declined', person.email, { organization: name })
  return { name: asking.displayName }
}
