import 'server-only'
import { normalizeEmail } from '@/lib/access/email'
import type { Invite } from '@/lib/access/schema'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { env } from '@/lib/env'
import { ConflictError, ForbiddenError, NotFoundError } from '@/lib/errors'
import { takeAttempt } from '@/lib/limits/limits'
import { enqueueOrganizationMail, sendsMail } from '@/lib/mail/outbox'
import { ask } from '@/lib/platform/ask'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { newToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'
import { invitationPathOf } from './acceptance'

const INVITATION_DAYS = 7

export type InvitationLine = { id: string; email: string; role: string; invitedBy: string; createdAt: Date; expiresAt: Date; isExpired: boolean }

/** Invitations that nobody has taken or withdrawn, the newest first. */
export async function listInvitations(scope: Scope): Promise<InvitationLine[]> {
  authorize(scope, 'invitations:create')
  const rows = await scope.tx.invitation.findMany({ where: { acceptedAt: null, revokedAt: null }, orderBy: { id: 'desc' }, take: 500 })
  const people = await scope.tx.membership.findMany({ where: { userId: { in: rows.map(({ createdBy }) => createdBy) } } })
  return rows.map(({ id, email, role, createdBy, createdAt, expiresAt }) => ({ id, email, role, createdAt, expiresAt, isExpired: expiresAt < new Date() || !mayInvite(people.find(({ userId }) => userId === createdBy), role), invitedBy: people.find(({ userId }) => userId === createdBy)?.displayName ?? '' }))
}

/**
 * Invites an address by mail, or answers the link to hand over: on request, and where no mail is sent. Only a link that went
 * to the address and was shown to nobody confirms it. Inviting the same address again replaces the earlier invitation.
 * @throws ConflictError when the address is a member's · ForbiddenError when the role is above the inviter's · TooManyRequestsError
 */
export async function createInvitation(scope: Scope, { email, role, message, skipOnboarding, delivery }: Invite): Promise<{ id: string; link: string | null }> {
  authorize(scope, 'invitations:create')
  const { tx, member } = scope
  if (role === 'owner' && member.role !== 'owner') throw new ForbiddenError('Only an owner can invite an owner.')
  const emailLc = normalizeEmail(email)!
  if (await isMember(scope, emailLc)) throw new ConflictError(`${email} is a member already.`)
  // Anybody may come to own an organization, and what an invitation says is theirs to write: none becomes a way to write to
  // many strangers, or to one again and again, nor to try which addresses have an account here.
  await takeAttempt('inviteBy', member.userId)
  await takeAttempt('inviteFrom', member.tenantId)
  const isMailed = delivery === 'email' && sendsMail()
  if (isMailed) await takeAttempt('mailTo', emailLc)
  const { code } = await tx.organization.findFirstOrThrow({ where: { id: member.tenantId } })
  const { secret, hash } = newToken()
  const id = uuidv7()
  const now = Date.now()
  await tx.invitation.updateMany({ where: { emailLc, acceptedAt: null, revokedAt: null }, data: { revokedAt: new Date(now) } })
  await tx.invitation.createMany({ data: [{ id, email, emailLc, role, message, skipOnboarding, tokenHash: hash, deliveredBy: isMailed ? 'email' : 'link', createdBy: member.userId, expiresAt: new Date(now + INVITATION_DAYS * 86_400_000) }] })
  await recordAudit(scope, { action: 'invitation.created', entityKind: 'invitation', entityId: id, label: email, changes: { role: [null, role] } })
  const link = `${env().NEXTAUTH_URL}/invitations/${invitationPathOf(code, secret)}`
  if (isMailed) await enqueueOrganizationMail(scope, 'invitation', email, { organization: member.organization.name, inviter: member.displayName, role, message, link, days: INVITATION_DAYS })
  return { id, link: isMailed ? null : link }
}

/** Its link stops working at once. @throws NotFoundError when it is not open */
export async function revokeInvitation(scope: Scope, id: string): Promise<void> {
  authorize(scope, 'invitations:create')
  const invitation = await scope.tx.invitation.findFirst({ where: { id, acceptedAt: null, revokedAt: null } })
  if (!invitation) throw new NotFoundError()
  const { count } = await scope.tx.invitation.updateMany({ where: { id, acceptedAt: null, revokedAt: null }, data: { revokedAt: new Date() } })
  // Taken in the meantime: whoever withdraws it must not believe that nobody came in.
  if (count === 0) throw new NotFoundError()
  await recordAudit(scope, { action: 'invitation.revoked', entityKind: 'invitation', entityId: id, label: invitation.email })
}

// The database asks the same of the inviter when an invitation is taken: one of somebody who is out is good no longer.
function mayInvite(inviter: { status: string; role: string } | undefined, role: string): boolean {
  return inviter?.status === 'active' && (inviter.role === 'owner' || (inviter.role === 'admin' && role !== 'owner'))
}

async function isMember({ member }: Scope, emailLc: string): Promise<boolean> {
  return (await ask('member_with_address($1, $2)', [member.tenantId, emailLc])).length > 0
}
