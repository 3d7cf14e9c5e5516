import 'server-only'
import { ConflictError } from '@/lib/errors'
import { enqueueMail } from '@/lib/mail/outbox'
import { holdsAnything, readHoldings, removeMember } from '@/lib/members/offboarding'
import { removeMemberSchema } from '@/lib/members/schema'
import { ask } from '@/lib/platform/ask'
import { findMembership, listOrganizations, type MemberAnswer, type Person } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { recordOwnEvent } from '@/lib/security-log/security-log'
import { endOtherSessions } from '@/lib/sessions/sessions'
import type { Member } from '@/lib/tenancy/member'
import { readMyThings } from './my-things'
import { withTenant, type RequestFacts } from '@/lib/tenancy/with-tenant'
import type { Visitor } from '@/lib/visitors/visitor'

/** What stands in the way of an account's deletion: an organization in which nobody else could open, or would do, what is theirs. */
export type Held = { slug: string; name: string; projectCount: number; privateCount: number; taskCount: number; path: string }
type Seat = { tenant_id: string; slug: string; name: string; is_last_owner: boolean }

/** Organizations that would be without an owner. */
export async function listSoleOwnerships(userId: string): Promise<{ slug: string; name: string }[]> {
  return (await ask<Seat>('seats_of($1)', [userId])).filter((seat) => seat.is_last_owner).map(({ slug, name }) => ({ slug, name }))
}

/**
 * Leaves an organization in which nothing is theirs to hand over: no seat in a team and no grant stays behind.
 * @throws ConflictError `last_owner`, or `holdings` when they own projects there
 */
export async function leaveOrganization(member: Member, request?: RequestFacts): Promise<void> {
  await withTenant(member, async (scope) => {
    const mine = await scope.tx.membership.findFirst({ where: { userId: member.userId, status: { in: ['active', 'suspended'] } } })
    if (!mine) throw new ConflictError('You have left already.', 'gone')
    const { holdings } = await readHoldings(scope, mine.id)
    if (holdings.projects.length + holdings.otherProjectCount + holdings.privateCount > 0)
      throw new ConflictError(`You own projects in ${member.organization.name}. Choose who takes them over: open its members, and leave from there.`, 'holdings', { path: `/${member.organization.slug}/settings/members/${mine.id}` })
    await removeMember(scope, removeMemberSchema.parse({ id: mine.id }))
  }, { request })
}

/**
 * What the person holds, where they can hand it over themselves. Where they are let in no more (they or the organization are
 * suspended), an owner or admin hands it over after them: the members page tells of people who have left and hold something.
 */
export async function listHeld(userId: string): Promise<Held[]> {
  const held: Held[] = []
  for (const { tenant_id: tenantId } of await ask<Seat>('seats_of($1)', [userId])) {
    const member = await findMembership(tenantId, userId)
    if (!member) continue
    held.push(...(await withTenant(member, async (scope) => {
      const mine = await scope.tx.membership.findFirstOrThrow({ where: { userId } })
      const { holdings } = await readHoldings(scope, mine.id)
      // What one has thrown away oneself keeps nobody from going.
      if (!holdsAnything({ ...holdings, privateTrashCount: 0 })) return []
      const { slug, name } = member.organization
      return [{ slug, name, projectCount: holdings.projects.length + holdings.otherProjectCount, privateCount: holdings.privateCount, taskCount: holdings.openTaskCount, path: `/${slug}/settings/members/${mine.id}` }]
    }, { readOnly: true })))
  }
  return held
}

/**
 * Deletes the person's account: e-mail, name, picture, identities, factors and sessions go; records they made show "Former
 * member". Refused while an organization would be without an owner, or with something of theirs that nobody has taken over.
 * @throws ConflictError `last_owner` naming them, or `holdings` with what is held in each
 */
export async function deleteAccount({ userId, name, email }: Person, visitor: Visitor): Promise<void> {
  const last = await listSoleOwnerships(userId)
  if (last.length > 0) throw new ConflictError(`You are the only owner of ${last.map((seat) => seat.name).join(', ')}. Make somebody else an owner there first, or delete the organization.`, 'last_owner', { organizations: last })
  const held = await listHeld(userId)
  if (held.length > 0) throw new ConflictError(`You still hold something in ${held.map((one) => one.name).join(', ')}. Hand it over first: leave there, and choose who takes over.`, 'holdings', { organizations: held })
  await withPerson(userId, visitor, async (scope) => {
    const { tx } = scope
    // In one transaction with the rest: the seats are given up inside the database, which refuses the last owner's once more.
    await tx.$executeRaw`SELECT kernel.leave_everything(${new Date()})`
    await endOtherSessions(scope, null, 'account_deleted')
    await recordOwnEvent(scope, { action: 'user.deleted' })
    const where = { userId }
    await tx.userIdentity.deleteMany({ where })
    await tx.passkey.deleteMany({ where })
    await tx.totpFactor.deleteMany({ where })
    await tx.recoveryCode.deleteMany({ where })
    await tx.device.deleteMany({ where })
    await tx.avatar.deleteMany({ where })
    await tx.notificationPreference.deleteMany({ where })
    await tx.notificationSetting.deleteMany({ where })
    await tx.notificationMute.deleteMany({ where })
    await tx.oneTimeToken.deleteMany({ where })
    await enqueueMail(tx, 'account_deleted', email, { name })
    await tx.user.update({ where: { id: userId }, data: { name: 'Former member', email: null, emailLc: null, emailVerifiedAt: null, passwordHash: null, passwordAlgorithm: null, avatarHash: null, timezone: null, status: 'deactivated' } })
  }).catch((error: unknown) => {
    if (/last owner/.test((error as Error).message)) throw new ConflictError('Somebody else stepped down just now, and you are the only owner left. Look again.', 'last_owner')
    throw error
  })
}

/** Everything that is stored about the person: their account, what proves who they are (without secrets), and what they wrote. */
export async function exportMyData({ userId }: Person, visitor: Visitor, members: Member[]): Promise<Record<string, unknown>> {
  const own = await withPerson(userId, visitor, async ({ tx }) => {
    const where = { userId }
    return {
      account: await tx.user.findUniqueOrThrow({ where: { id: userId } }),
      identities: await tx.userIdentity.findMany({ where }),
      sessions: await tx.session.findMany({ where, orderBy: { id: 'desc' } }),
      devices: await tx.device.findMany({ where, select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true } }),
      passkeys: await tx.passkey.findMany({ where, select: { id: true, name: true, createdAt: true, lastUsedAt: true, isBackedUp: true } }),
      picture: await tx.avatar.findUnique({ where, select: { mime: true, updatedAt: true } }),
      authenticator: await tx.totpFactor.findUnique({ where, select: { createdAt: true, confirmedAt: true } }),
      notificationPreferences: await tx.notificationPreference.findMany({ where }),
      notificationSettings: await tx.notificationSetting.findMany({ where }),
      notificationMutes: await tx.notificationMute.findMany({ where }),
      securityLog: await tx.platformAuditEvent.findMany({ where, orderBy: { id: 'desc' }, take: 10_000 }),
    }
  })
  const organizations: Record<string, unknown> = {}
  for (const member of members) {
    organizations[member.organization.slug] = await withTenant(member, async ({ tx }) => ({
      membership: await tx.membership.findFirst({ where: { userId } }),
      teams: await tx.teamMember.findMany({ where: { userId }, include: { team: { select: { name: true } } } }),
      projectsOwned: await tx.container.findMany({ where: { ownerUserId: userId } }),
      tasksCreated: await tx.task.findMany({ where: { createdBy: userId } }),
      tasksAssigned: await tx.task.findMany({ where: { assignees: { some: { userId } } } }),
      comments: await tx.comment.findMany({ where: { authorUserId: userId } }),
      personalLabels: await tx.label.findMany({ where: { ownerUserId: userId } }),
      ...(await readMyThings(tx, userId)),
      history: await tx.auditEvent.findMany({ where: { actorUserId: userId }, orderBy: { id: 'desc' }, take: 10_000 }),
    }), { readOnly: true })
  }
  return { exportedAt: new Date().toISOString(), ...own, organizations }
}

/** In which of them the person may read: not where something is asked of them first, such as a second factor. */
export function membersOf(answers: MemberAnswer[]): Member[] {
  return answers.flatMap((answer) => (answer.state === 'member' && answer.gate === null ? [answer.member] : []))
}

/** The organizations whose content the person can read now. */
export async function openOrganizations(userId: string): Promise<string[]> {
  return (await listOrganizations(userId)).filter(({ status }) => status === 'active' || status === 'trial').map(({ slug }) => slug)
}
