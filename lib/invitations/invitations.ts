import 'server-only'
import { normalizeEmail } from '@/lib/access/email'
import type { Invite } from '@/lib/access/schema'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { env } from '@/lib/env'
import { ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { takeAttempt } from '@/lib/limits/limits'
import { enqueueOrganizationMail, sendsMail } from '@/lib/mail/outbox'
import { tellLimitNear } from '@/lib/notifications/limit-notices'
import { ask } from '@/lib/platform/ask'
import type { Role } from '@/lib/tenancy/member'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { newToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'
import { invitationPathOf } from './acceptance'

const DAY_MS = 86_400_000
const RESENT_MAX = 5
const isOpen = { acceptedAt: null, revokedAt: null }

export type Wanted = { email: string; role: Role; teamIds: string[] }
type Terms = Pick<Invite, 'message' | 'skipOnboarding' | 'days' | 'delivery'>

/**
 * Invites an address by mail, or answers the link to hand over: on request, and where no mail is sent. Only a link that went
 * to the address and was shown to nobody confirms it. Inviting the same address again replaces the earlier invitation.
 * @throws ConflictError when the address is a member's · ForbiddenError when the role is above the inviter's · InvalidError for a team that is none · TooManyRequestsError
 */
export async function createInvitation(scope: Scope, { email, role, teamIds, ...terms }: Invite): Promise<{ id: string; link: string | null }> {
  authorize(scope, 'invitations:create')
  if (!mayInvite({ status: 'active', role: scope.member.role }, role)) throw new ForbiddenError('Only an owner can invite an owner.')
  if ((await membersAmong(scope, [normalizeEmail(email)!])).size > 0) throw new ConflictError(`${email} is a member already.`)
  const known = await scope.tx.team.count({ where: { id: { in: teamIds } } })
  if (known !== new Set(teamIds).size) throw new InvalidError('Choose teams of this organization.', { teamIds: ['Choose teams of this organization.'] })
  await takeInvitation(scope, normalizeEmail(email)!, terms.delivery)
  return (await writeInvitations(scope, [{ email, role, teamIds }], terms))[0]!
}

// Anybody may come to own an organization, and what an invitation says is theirs to write: none becomes a way to write to
// many strangers, or to one again and again, nor to try which addresses have an account here.
export async function takeInvitation({ member }: Scope, emailLc: string, delivery: Terms['delivery']): Promise<void> {
  await takeAttempt('inviteBy', member.userId)
  await takeAttempt('inviteFrom', member.tenantId)
  if (delivery === 'email' && sendsMail()) await takeAttempt('mailTo', emailLc)
}

/** Writes invitations that have been judged: allowed, counted, and of no member. Earlier ones of the same addresses are replaced. */
export async function writeInvitations(scope: Scope, wanted: Wanted[], { message, skipOnboarding, days, delivery }: Terms): Promise<{ id: string; email: string; link: string | null }[]> {
  const { tx, member } = scope
  const isMailed = delivery === 'email' && sendsMail()
  const now = new Date()
  const rows = wanted.map((one) => ({ ...one, id: uuidv7(), emailLc: normalizeEmail(one.email)!, teamIds: [...new Set(one.teamIds)], token: newToken() }))
  const linkOf = await linkMaker(scope)
  await tx.invitation.updateMany({ where: { emailLc: { in: rows.map(({ emailLc }) => emailLc) }, ...isOpen }, data: { revokedAt: now } })
  await tx.invitation.createMany({ data: rows.map(({ id, email, emailLc, role, token }) => ({
    id, email, emailLc, role, message, skipOnboarding, days, tokenHash: token.hash, deliveredBy: isMailed ? 'email' : 'link', createdBy: member.userId,
    expiresAt: new Date(now.getTime() + days * DAY_MS),
  })) })
  await tx.invitationTeam.createMany({ data: rows.flatMap(({ id, teamIds }) => teamIds.map((teamId) => ({ id: uuidv7(), invitationId: id, teamId }))) })
  await recordAudit(scope, ...rows.map(({ id, email, role }) => ({ action: 'invitation.created', entityKind: 'invitation', entityId: id, label: email, changes: { role: [null, role] } satisfies Record<string, [unknown, unknown]> })))
  for (const { email, role, token } of isMailed ? rows : []) await enqueueOrganizationMail(scope, 'invitation', email, { organization: member.organization.name, inviter: member.displayName, role, message, link: linkOf(token.secret), days })
  await tellLimitNear(scope, 'members', rows.length)
  return rows.map(({ id, email, token }) => ({ id, email, link: isMailed ? null : linkOf(token.secret) }))
}

/**
 * A new link for an invitation that was neither taken nor withdrawn, expired ones too: the old one is dead. By mail, at most five times;
 * or to hand over, which confirms no address. Whoever makes it is the inviter from now on.
 * @throws NotFoundError · ForbiddenError for an owner's, to others than owners · ConflictError when it was sent too often · TooManyRequestsError
 */
export async function renewInvitation(scope: Scope, { id, delivery }: { id: string; delivery: Terms['delivery'] }): Promise<{ email: string; link: string | null }> {
  authorize(scope, 'invitations:create')
  const { tx, member } = scope
  const invitation = await tx.invitation.findFirst({ where: { id, ...isOpen } })
  if (!invitation) throw new NotFoundError()
  const { email, emailLc, role, days, message, resendCount } = invitation
  if (!mayInvite({ status: 'active', role: member.role }, role)) throw new ForbiddenError('Only an owner can invite an owner.')
  const isMailed = delivery === 'email' && sendsMail()
  if (isMailed && resendCount >= RESENT_MAX) throw new ConflictError(`It has been sent again ${RESENT_MAX} times. Withdraw it and invite ${email} anew, or hand a link over.`, 'resent_too_often')
  await takeInvitation(scope, emailLc, delivery)
  const { secret, hash } = newToken()
  const { count } = await tx.invitation.updateMany({
    where: { id, ...isOpen, resendCount },
    data: { tokenHash: hash, deliveredBy: isMailed ? 'email' : 'link', createdBy: member.userId, expiresAt: new Date(Date.now() + days * DAY_MS), resendCount: resendCount + Number(isMailed) },
  })
  if (count === 0) throw new NotFoundError()
  await recordAudit(scope, { action: isMailed ? 'invitation.resent' : 'invitation.link_made', entityKind: 'invitation', entityId: id, label: email })
  const link = (await linkMaker(scope))(secret)
  if (isMailed) await enqueueOrganizationMail(scope, 'invitation', email, { organization: member.organization.name, inviter: member.displayName, role, message, link, days })
  return { email, link: isMailed ? null : link }
}

/** Its link stops working at once. @throws NotFoundError when it is not open */
export async function revokeInvitation(scope: Scope, id: string): Promise<void> {
  authorize(scope, 'invitations:create')
  const invitation = await scope.tx.invitation.findFirst({ where: { id, ...isOpen } })
  if (!invitation) throw new NotFoundError()
  const { count } = await scope.tx.invitation.updateMany({ where: { id, ...isOpen }, data: { revokedAt: new Date() } })
  // Taken in the meantime: whoever withdraws it must not believe that nobody came in.
  if (count === 0) throw new NotFoundError()
  await recordAudit(scope, { action: 'invitation.revoked', entityKind: 'invitation', entityId: id, label: invitation.email })
}

/** The database asks the same of the inviter when an invitation is taken: one of somebody who is out is good no longer. */
export function mayInvite(inviter: { status: string; role: string } | undefined, role: string): boolean {
  return inviter?.status === 'active' && (inviter.role === 'owner' || (inviter.role === 'admin' && role !== 'owner'))
}

/** Those of the addresses that are members', suspended ones too. */
export async function membersAmong({ member }: Scope, addresses: string[]): Promise<Set<string>> {
  return new Set((await ask<{ email_lc: string }>('members_with_addresses($1, $2)', [member.tenantId, addresses])).map(({ email_lc: address }) => address))
}

async function linkMaker({ tx, member }: Scope): Promise<(secret: string) => string> {
  const { code } = await tx.organization.findFirstOrThrow({ where: { id: member.tenantId } })
  return (secret) => `${env().NEXTAUTH_URL}/invitations/${invitationPathOf(code, secret)}`
}
