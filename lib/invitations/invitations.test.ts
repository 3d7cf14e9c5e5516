import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { inviteSchema } from '@/lib/access/schema'
import { ConflictError, ForbiddenError, GoneError, NotFoundError } from '@/lib/errors'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { prospectiveMember } from '@/lib/platform/directory'
import { makeProject } from '@/lib/testing/make-project'
import { withEnv } from '@/lib/testing/with-env'
import { hashToken } from '@/lib/tokens/token'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { acceptInvitation, acceptInvitationAsNew, findInvitation } from './acceptance'
import { listInvitations } from './invitation-list'
import { createInvitation, revokeInvitation } from './invitations'

const PASSWORD = 'copper-window-71-gravel'
let organization: TestOrganization, other: TestOrganization
let email: string
beforeEach(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  email = `nora.${uuidv7()}@fern.example`
})
afterAll(closeConnections)

const invite = async (member: Member = organization.owner, input: Record<string, unknown> = {}) => {
  const { id, link } = await withTenant(member, (scope) => createInvitation(scope, inviteSchema.parse({ email, role: 'manager', delivery: 'link', ...input })))
  return { id, link: link!, path: link!.split('/invitations/')[1]! }
}
const accept = (path: string, person: { userId: string; name: string }) => acceptInvitation(path, person)
const asNew = (path: string) => acceptInvitationAsNew(path, { name: 'Nora Vale', password: PASSWORD, timezone: 'UTC' }, NO_VISITOR)
const seats = (userId: string) => look<{ role: string; status: string }>('SELECT role, status FROM memberships WHERE user_id = $1', [userId])
const list = (member: Member) => withTenant(member, async (scope) => (await listInvitations(scope)).invitations)
const listOpen = (member: Member) => withTenant(member, async (scope) => (await listInvitations(scope, { state: 'open', q: '', before: '' })).invitations)

describe('createInvitation', () => {
  test('an admin invites somebody, who is then listed; what is stored is no link', async () => {
    const admin = await organization.add('admin')
    const { link, path } = await invite(admin)
    expect(await list(organization.owner)).toMatchObject([{ email, role: 'manager', invitedBy: admin.displayName, state: 'open' }])
    const secret = link.split('.').at(-1)!
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(JSON.stringify(await look('SELECT * FROM invitations WHERE tenant_id = $1', [organization.tenantId]))).not.toContain(secret)
    expect(await findInvitation(path)).toMatchObject({ state: 'open', email, role: 'manager', hasAccount: false })
  })

  test.each(['manager', 'member', 'field', 'viewer'] as const)('a %s may not invite, list or withdraw', async (role) => {
    const { id } = await invite()
    const member = await organization.add(role)
    for (const attempt of [() => invite(member), () => list(member), () => withTenant(member, (scope) => revokeInvitation(scope, id))]) await expect(attempt()).rejects.toBeInstanceOf(ForbiddenError)
    expect(await list(organization.owner)).toHaveLength(1)
  })

  test('an owner invites an owner, an admin does not', async () => {
    await expect(invite(await organization.add('admin'), { role: 'owner' })).rejects.toBeInstanceOf(ForbiddenError)
    const { path } = await invite(organization.owner, { role: 'owner' })
    expect(await findInvitation(path)).toMatchObject({ role: 'owner' })
  })

  test('one address gets five mails an hour, whoever asks for more', async () => {
    const mail = (member = organization.owner) => withEnv({ MAILBOX: '1' }, () => withTenant(member, (scope) => createInvitation(scope, inviteSchema.parse({ email, delivery: 'email' }))))
    for (let n = 0; n < 5; n++) await mail()
    await expect(mail()).rejects.toMatchObject({ code: 'too_many_requests' })
    await expect(mail(other.owner)).rejects.toMatchObject({ code: 'too_many_requests' })
    expect(await look(`SELECT id FROM mails WHERE kind = 'invitation' AND to_address = $1`, [email])).toHaveLength(5)
  })

  test('somebody whose rule is off is invited, and is in again with the role of the invitation', async () => {
    const rule = uuidv7()
    const member = await organization.add('viewer')
    const [{ email: theirs }] = (await look<{ email: string }>('SELECT email FROM users WHERE id = $1', [member.userId])) as [{ email: string }]
    await look(`WITH r AS (INSERT INTO access_rules (tenant_id, id, kind, value_lc, role, is_active) VALUES ($1, $2, 'email', $3, 'viewer', true) RETURNING id)
      UPDATE memberships SET admitted_by_rule_id = $2 WHERE tenant_id = $1 AND user_id = $4 AND (SELECT count(*) FROM r) = 1`, [organization.tenantId, rule, theirs, member.userId])
    await expect(invite(organization.owner, { email: theirs })).rejects.toBeInstanceOf(ConflictError)
    await look('UPDATE access_rules SET is_active = false WHERE id = $1', [rule])
    const { path } = await invite(organization.owner, { email: theirs })
    await accept(path, { userId: member.userId, name: 'Nora' })
    expect(await look('SELECT role, status, admitted_by_rule_id FROM memberships WHERE user_id = $1', [member.userId])).toEqual([{ role: 'manager', status: 'active', admitted_by_rule_id: null }])
  })

  test.each([
    ['an owner who has left', 'owner', 'member', `status = 'removed'`], ['a suspended admin', 'admin', 'member', `status = 'suspended'`], ['an admin made a member', 'admin', 'member', `role = 'member'`], ['an owner made an admin, of an owner', 'owner', 'owner', `role = 'admin'`],
  ] as const)('an invitation of %s is good no longer', async (_, role, invited, change) => {
    const inviter = await organization.add(role)
    const nora = await makeJoiner(email)
    const { path } = await invite(inviter, { role: invited })
    expect(await findInvitation(path)).toMatchObject({ state: 'open' })
    await look(`UPDATE memberships SET ${change} WHERE tenant_id = $1 AND user_id = $2`, [organization.tenantId, inviter.userId])
    expect(await findInvitation(path)).toMatchObject({ state: 'revoked' })
    await expect(accept(path, nora)).rejects.toBeInstanceOf(GoneError)
    const direct = withTenant(prospectiveMember(organization.tenantId, nora.userId, 'member', 'Nora'), ({ tx }) => tx.$queryRaw`SELECT kernel.accept_invitation(${hashToken(path.split('.')[1]!)}, ${uuidv7()}::uuid, now()) AS outcome`)
    expect(await direct).toEqual([{ outcome: 'gone' }])
    expect(await seats(nora.userId)).toEqual([])
    expect(await list(organization.owner)).toMatchObject([{ state: 'expired' }])
  })

  test('whom the installation does not list makes no account by invitation', async () => {
    const { path } = await invite()
    await withEnv({ ALLOWED_ADDRESSES: ['elsewhere.example'] }, () => expect(asNew(path)).rejects.toMatchObject({ code: 'not_listed' }))
    expect(await look('SELECT id FROM users WHERE email_lc = $1', [email])).toEqual([])
    expect(await asNew(path)).toMatchObject({ slug: organization.slug })
  })

  test('inviting the same address again, however it is written, replaces the earlier invitation', async () => {
    const first = await invite()
    const second = await invite(organization.owner, { email: email.toUpperCase() })
    expect(await listOpen(organization.owner)).toHaveLength(1)
    expect([(await findInvitation(first.path))?.state, (await findInvitation(second.path))?.state]).toEqual(['revoked', 'open'])
    await expect(asNew(first.path)).rejects.toBeInstanceOf(GoneError)
  })

  test('a member, or a suspended one, is not invited again; somebody who has left is', async () => {
    const nora = await makeJoiner(email)
    await accept((await invite()).path, nora)
    await expect(invite()).rejects.toBeInstanceOf(ConflictError)
    await look(`UPDATE memberships SET status = 'suspended' WHERE user_id = $1`, [nora.userId])
    await expect(invite()).rejects.toBeInstanceOf(ConflictError)
    await look(`UPDATE memberships SET status = 'removed' WHERE user_id = $1`, [nora.userId])
    await accept((await invite(organization.owner, { role: 'viewer' })).path, nora)
    expect(await seats(nora.userId)).toEqual([{ role: 'viewer', status: 'active' }])
  })

  test('another organization sees nothing of it, withdraws nothing, and may invite the same address', async () => {
    const { id, path } = await invite()
    expect(await list(other.owner)).toEqual([])
    await expect(withTenant(other.owner, (scope) => revokeInvitation(scope, id))).rejects.toBeInstanceOf(NotFoundError)
    const theirs = await invite(other.owner)
    expect([(await findInvitation(path))?.state, (await findInvitation(theirs.path))?.state]).toEqual(['open', 'open'])
    // The secret of one with the code of the other is nobody's.
    expect(await findInvitation(`${theirs.path.split('.')[0]}.${path.split('.')[1]}`)).toBeNull()
  })

  test('withdrawn: its link stops working at once, and twice is not found', async () => {
    const { id, path } = await invite()
    await withTenant(organization.owner, (scope) => revokeInvitation(scope, id))
    await expect(asNew(path)).rejects.toMatchObject({ code: 'invitation_revoked' })
    await expect(withTenant(organization.owner, (scope) => revokeInvitation(scope, id))).rejects.toBeInstanceOf(NotFoundError)
  })
})

describe('accepting', () => {
  test('makes an account and a session for the invited address; a link that was handed over does not confirm it', async () => {
    const { path } = await invite()
    const { slug } = await asNew(path)
    expect(slug).toBe(organization.slug)
    expect(await look('SELECT u.email, u.email_verified_at, m.role FROM users u JOIN memberships m ON m.user_id = u.id WHERE u.email_lc = $1', [email])).toEqual([{ email, email_verified_at: null, role: 'manager' }])
    await look(`UPDATE invitations SET delivered_by = 'email' WHERE tenant_id = $1`, [organization.tenantId])
    email = `second.${email}`
    const mailed = await invite()
    await look(`UPDATE invitations SET delivered_by = 'email' WHERE tenant_id = $1`, [organization.tenantId])
    await asNew(mailed.path)
    expect(await look('SELECT email_verified_at IS NOT NULL AS verified FROM users WHERE email_lc = $1', [email])).toEqual([{ verified: true }])
  })

  test('never sets a password of an account that exists', async () => {
    const nora = await makeJoiner(email)
    await look(`UPDATE users SET password_hash = 'theirs', password_algorithm = 'argon2id' WHERE id = $1`, [nora.userId])
    const { path } = await invite()
    await expect(asNew(path)).rejects.toMatchObject({ code: 'has_account' })
    expect(await look('SELECT password_hash, name FROM users WHERE email_lc = $1', [email])).toEqual([{ password_hash: 'theirs', name: 'Nora Vale' }])
    await accept(path, nora)
    expect(await seats(nora.userId)).toEqual([{ role: 'manager', status: 'active' }])
  })

  test('is for the invited address alone, in any case of letters', async () => {
    const { path } = await invite(organization.owner, { email: email.replace('nora', 'NORA') })
    const thief = await makeJoiner(`thief.${email}`)
    await expect(accept(path, thief)).rejects.toMatchObject({ code: 'other_address' })
    expect(await seats(thief.userId)).toEqual([])
    const nora = await makeJoiner(email.replace('fern', 'Fern'))
    await accept(path, nora)
    expect(await seats(nora.userId)).toHaveLength(1)
  })

  test('fifty at once make one membership, by one of them', async () => {
    const { path } = await invite()
    const nora = await makeJoiner(email)
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => accept(path, nora)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(GoneError)
    expect(await seats(nora.userId)).toHaveLength(1)
    expect(await look(`SELECT FROM audit_events WHERE tenant_id = $1 AND action = 'invitation.accepted'`, [organization.tenantId])).toHaveLength(1)
  })

  test('five new people at once by one link: one account', async () => {
    const { path } = await invite()
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => asNew(path)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(GoneError)
    expect(await look('SELECT FROM users WHERE email_lc = $1', [email])).toHaveLength(1)
    expect(await look('SELECT FROM memberships WHERE tenant_id = $1', [organization.tenantId])).toHaveLength(2)
  })

  test.each([
    ['expired', `UPDATE invitations SET expires_at = now() - interval '1 second' WHERE tenant_id = $1`],
    ['revoked', 'UPDATE invitations SET revoked_at = now() WHERE tenant_id = $1'],
    ['closed', `UPDATE organizations SET status = 'suspended' WHERE id = $1`],
  ])('an invitation that is %s is gone', async (state, sql) => {
    const { path } = await invite()
    await look(sql, [organization.tenantId])
    const nora = await makeJoiner(`x.${email}`)
    await expect(asNew(path)).rejects.toMatchObject({ status: 410, code: `invitation_${state}` })
    await expect(accept(path, nora)).rejects.toMatchObject({ status: 410 })
    expect(await look('SELECT FROM users WHERE email_lc = $1', [email])).toEqual([])
  })

  test('used is gone, and what is no invitation says the same', async () => {
    const { path } = await invite()
    await asNew(path)
    await expect(asNew(path)).rejects.toMatchObject({ code: 'invitation_used' })
    for (const wrong of ['', 'x', 'ABCDEF.short', `${path}x`, path.toLowerCase(), `${path.split('.')[0]}.${'A'.repeat(43)}`, `' OR 1=1.${'A'.repeat(43)}`]) {
      expect(await findInvitation(wrong), wrong).toBeNull()
      await expect(asNew(wrong), wrong).rejects.toBeInstanceOf(GoneError)
    }
  })

  test('somebody suspended is not let in by it, nor a member raised', async () => {
    const nora = await makeJoiner(email)
    await accept((await invite(organization.owner, { role: 'viewer' })).path, nora)
    await look(`UPDATE memberships SET status = 'removed' WHERE user_id = $1`, [nora.userId])
    const { path } = await invite(organization.owner, { role: 'admin' })
    await look(`UPDATE memberships SET status = 'suspended' WHERE user_id = $1`, [nora.userId])
    await expect(accept(path, nora)).rejects.toMatchObject({ code: 'member_suspended' })
    await look(`UPDATE memberships SET status = 'active' WHERE user_id = $1`, [nora.userId])
    await accept(path, nora)
    expect(await seats(nora.userId)).toEqual([{ role: 'viewer', status: 'active' }])
  })

  test('whoever was removed and is invited again has nothing of what was shared with them', async () => {
    const nora = await makeJoiner(email)
    await accept((await invite()).path, nora)
    const project = await makeProject(organization.owner)
    await look(`INSERT INTO container_members (tenant_id, id, container_id, user_id, access) VALUES ($1, $2, $3, $4, 'manage')`, [organization.tenantId, uuidv7(), project.id, nora.userId])
    await look(`UPDATE memberships SET status = 'removed' WHERE user_id = $1`, [nora.userId])
    await accept((await invite()).path, nora)
    expect(await look('SELECT FROM container_members WHERE user_id = $1', [nora.userId])).toEqual([])
    expect(await seats(nora.userId)).toEqual([{ role: 'manager', status: 'active' }])
  })
})
