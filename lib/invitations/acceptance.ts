import 'server-only'
import { isListedByPlatform } from '@/lib/access/platform-allowlist'
import { recordAudit } from '@/lib/audit/audit'
import { ForbiddenError, GoneError } from '@/lib/errors'
import { notify } from '@/lib/notifications/notify'
import { hashPassword } from '@/lib/passwords/hash'
import { requireGoodPassword } from '@/lib/passwords/passwords'
import { ask } from '@/lib/platform/ask'
import { prospectiveMember } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { openSession } from '@/lib/sessions/sessions'
import type { Role } from '@/lib/tenancy/member'
import { withTenant, type RequestFacts } from '@/lib/tenancy/with-tenant'
import { hashToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Visitor } from '@/lib/visitors/visitor'
import { INVITATION_SENTENCES } from './words'

export type FoundInvitation = {
  tenantId: string; slug: string; organization: string; colour: string; email: string; role: Role; inviter: string; message: string; deliveredBy: 'email' | 'link'
  state: 'open' | 'used' | 'expired' | 'revoked' | 'declined' | 'closed'; hasAccount: boolean; teams: string[]; expiresAt: Date
}
type Row = {
  tenant_id: string; slug: string; organization: string; colour: string; email: string; role: Role; inviter: string; message: string; delivered_by: 'email' | 'link'
  state: FoundInvitation['state']; has_account: boolean; teams: string[]; expires_at: Date
}

/** The link's last part: the organization's code, by which the invitation is looked up inside it, and the secret. */
export const invitationPathOf = (code: string, secret: string) => `${code}.${secret}`
const PATH = /^([A-Z0-9]{4,16})\.([A-Za-z0-9_-]{43})$/

/** What a link invites to, in any state. Null when it is no invitation. */
export async function findInvitation(path: string): Promise<FoundInvitation | null> {
  const [, code, secret] = PATH.exec(path) ?? []
  if (!code || !secret) return null
  const [row] = await ask<Row>('find_invitation($1, $2, $3)', [code, hashToken(secret), new Date()])
  if (!row) return null
  const { tenant_id: tenantId, delivered_by: deliveredBy, has_account: hasAccount, expires_at: expiresAt, ...rest } = row
  return { tenantId, deliveredBy, hasAccount, expiresAt, teams: rest.teams, slug: rest.slug, organization: rest.organization, colour: rest.colour, email: rest.email, role: rest.role, inviter: rest.inviter, message: rest.message, state: rest.state }
}

const secretOf = (path: string) => hashToken(PATH.exec(path)?.[2] ?? '')

/**
 * Takes an invitation for the person signed in, whose address must be the invited one. Of any number at once, one succeeds.
 * @throws GoneError · ForbiddenError when it is for another address, or the organization has suspended the person
 */
export async function acceptInvitation(path: string, person: { userId: string; name: string }, request?: RequestFacts): Promise<{ slug: string }> {
  const invitation = await requireOpen(path)
  await withTenant(prospectiveMember(invitation.tenantId, person.userId, invitation.role, person.name), (scope) => accept(scope, path, person.name), { request })
  return { slug: invitation.slug }
}

/**
 * The same for somebody who has no account yet: makes it, with the invited address, in the same transaction.
 * That the address has an account is told to whoever holds the link: the address itself, or the inviter, whose invitations are counted.
 * @throws InvalidError when the password is not good · GoneError · ForbiddenError
 */
export async function acceptInvitationAsNew(path: string, input: { name: string; password: string; timezone: string | null }, visitor: Visitor, request?: RequestFacts): Promise<{ slug: string; token: string }> {
  const invitation = await requireOpen(path)
  if (invitation.hasAccount) throw new ForbiddenError('There is an account for this address already: sign in to accept.', 'has_account')
  if (!(await isListedByPlatform(invitation.email))) throw new ForbiddenError('This installation is open to listed addresses only, and yours is not one of them.', 'not_listed')
  await requireGoodPassword(input.password, { name: input.name, email: invitation.email, organization: invitation.organization })
  const [userId, passwordHash] = [uuidv7(), await hashPassword(input.password)]
  await withTenant(prospectiveMember(invitation.tenantId, userId, invitation.role, input.name), async (scope) => {
    await scope.tx.$executeRaw`SELECT kernel.create_invited_person(${secretOf(path)}, ${input.name}, ${passwordHash}, ${input.timezone}, ${new Date()})`
    await accept(scope, path, input.name)
  }, { request }).catch((error: unknown) => {
    // Somebody with the same link was quicker.
    throw /users_email_lc_key|email_lc|this invitation is not open/.test(JSON.stringify(error, Object.getOwnPropertyNames(error ?? {}))) ? gone('used') : error
  })
  const { token } = await withPerson(userId, visitor, (scope) => openSession(scope, { method: 'invitation', needsFactor: false }))
  return { slug: invitation.slug, token }
}

/** Says no for good, by whoever holds the link. The inviter may invite again. @throws GoneError */
export async function declineInvitation(path: string): Promise<void> {
  const { tenantId } = await requireOpen(path)
  // In the name of nobody: holding the link is all it takes, and nothing else is done in the scope.
  const [row] = await withTenant(prospectiveMember(tenantId, uuidv7(), 'viewer', ''), ({ tx }) => tx.$queryRaw<{ declined: boolean }[]>`SELECT kernel.decline_invitation(${secretOf(path)}, ${uuidv7()}::uuid, ${new Date()}) AS declined`)
  if (!row?.declined) throw gone('used')
}

async function accept(scope: Parameters<typeof recordAudit>[0], path: string, name: string): Promise<void> {
  const [membershipId, at] = [uuidv7(), new Date()]
  const [row] = await scope.tx.$queryRaw<{ outcome: string }[]>`SELECT kernel.accept_invitation(${secretOf(path)}, ${membershipId}::uuid, ${at}) AS outcome`
  if (row?.outcome === 'other_address') throw new ForbiddenError('This invitation is for another address. Sign in with the account it was sent to, or ask for one to yours.', 'other_address')
  if (row?.outcome === 'suspended') throw new ForbiddenError('This organization has suspended your membership. Ask one of its owners.', 'member_suspended')
  if (row?.outcome !== 'joined' && row?.outcome !== 'already') throw gone('used')
  await recordTaking(scope, name, { isNew: row.outcome === 'joined', at })
  if (row.outcome === 'joined') await tellInviter(scope, name)
}

// Also of somebody who was a member already: the seats in teams are new, and each team's own history names them.
async function recordTaking(scope: Parameters<typeof recordAudit>[0], name: string, { isNew, at }: { isNew: boolean; at: Date }): Promise<void> {
  const { tx, member: { userId, role } } = scope
  const mine = await tx.membership.findFirstOrThrow({ where: { userId } })
  const seats = await tx.teamMember.findMany({ where: { userId, createdAt: at }, include: { team: true }, orderBy: { id: 'asc' } })
  await recordAudit(scope,
    { action: 'invitation.accepted', entityKind: 'member', entityId: mine.id, label: name, changes: { ...(isNew && { role: [null, role] }), ...(seats.length > 0 && { teams: [null, seats.map(({ team }) => team.name)] }) } },
    ...seats.map(({ team }) => ({ action: 'team.members_added', entityKind: 'team', entityId: team.id, label: team.name, changes: { members: [null, [userId]] as [unknown, unknown] } })))
}

async function tellInviter(scope: Parameters<typeof recordAudit>[0], name: string): Promise<void> {
  const mine = await scope.tx.membership.findFirst({ where: { userId: scope.member.userId } })
  if (mine?.invitedBy) await notify(scope, [{ userId: mine.invitedBy, kind: 'invitation_accepted', title: `${name} has joined`, link: '/settings/members', entityKind: 'member', entityId: mine.id }])
}

async function requireOpen(path: string): Promise<FoundInvitation> {
  const invitation = await findInvitation(path)
  if (invitation?.state !== 'open') throw gone(invitation?.state ?? 'used')
  return invitation
}

const gone = (state: string) => new GoneError(INVITATION_SENTENCES[state] ?? INVITATION_SENTENCES.used!, `invitation_${state}`)
