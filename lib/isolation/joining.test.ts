import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addAccessRule } from '@/lib/access/access-rules'
import { createInvitation } from '@/lib/invitations/invitations'
import { withPerson } from '@/lib/platform/person'
import { closeConnections, withConnection } from '@/lib/testing/connections'
import { type Joiner, look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject } from '@/lib/testing/make-project'
import { createOneTimeToken } from '@/lib/tokens/one-time-tokens'
import { hashToken } from '@/lib/tokens/token'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'

/**
 * The tenant role calls the functions by which people come and go with contexts of its own invention: another organization,
 * another person, a role it does not have, a secret that is somebody else's. What they do comes from the books, not from it.
 */
let home: TestOrganization, other: TestOrganization
let viewer: Member, outsider: Joiner
beforeAll(async () => {
  home = await makeOrganization()
  other = await makeOrganization()
  viewer = await home.add('viewer')
})
afterAll(closeConnections)
beforeEach(async () => void (outsider = await makeJoiner(`${uuidv7()}@joining.example`)))

type Context = { tenantId: string; userId: string; role: string }
type Answer = { code: string | null; rows: Record<string, unknown>[] }

/** One statement as the tenant role in this context, kept if it succeeds. */
async function call(context: Context, sql: string, values: unknown[] = []): Promise<Answer> {
  return withConnection('TENANT_DATABASE_URL', async (client) => {
    await client.query('BEGIN')
    await client.query('SELECT kernel.enter($1, $2, $3)', [context.tenantId, context.userId, context.role])
    try {
      const { rows } = await client.query(sql, values)
      await client.query('COMMIT')
      return { code: null, rows: rows as Record<string, unknown>[] }
    } catch (error) {
      await client.query('ROLLBACK')
      return { code: (error as { code: string }).code, rows: [] }
    }
  })
}
const at = () => new Date()
const as = ({ tenantId }: { tenantId: string }, userId: string, role = 'owner'): Context => ({ tenantId, userId, role })
const seatOf = async (tenantId: string, userId: string) => (await look<{ role: string; status: string }>('SELECT role, status FROM memberships WHERE tenant_id = $1 AND user_id = $2', [tenantId, userId]))[0] ?? null
const setPolicy = (policy: string) => look('UPDATE organizations SET join_policy = $2 WHERE id = $1', [home.tenantId, policy])
const JOIN = 'SELECT kernel.join_organization($1, $2, $3, $4) AS outcome'
const ACCEPT = 'SELECT kernel.accept_invitation($1, $2, $3) AS outcome'

async function inviteTo(organization: TestOrganization, email: string, role: 'viewer' | 'admin' = 'viewer') {
  const { link } = await withTenant(organization.owner, (scope) => createInvitation(scope, { email, role, teamIds: [], message: '', days: 7, skipOnboarding: false, delivery: 'link' }))
  return hashToken(link!.split('.').at(-1)!)
}

test('the parts that functions are made of cannot be called by themselves', async () => {
  for (const sql of ["SELECT kernel.admit(gen_random_uuid(), 'owner', 'active', NULL, NULL, NULL, true, now())", "SELECT kernel.require_role('owner')", `SELECT kernel.as_founded('{}')`, `SELECT kernel.create_organization('{}', gen_random_uuid(), 'x', gen_random_uuid(), '[]', now())`, 'SELECT kernel.leave_everything(now())', "SELECT * FROM kernel.use_token('sign_up', '\\x00', now())", "SELECT * FROM kernel.find_invitation('A', '\\x00', now())", "SELECT * FROM kernel.credentials_of('a', NULL)", 'SELECT * FROM users', 'SELECT * FROM sessions', 'SELECT * FROM one_time_tokens'])
    expect((await call(as(home, home.owner.userId), sql)).code, sql).toBe('42501')
  expect(await seatOf(home.tenantId, outsider.userId)).toBeNull()
})

describe('join_organization', () => {
  test.each(['owner', 'admin', 'manager', 'viewer'])('entered as %s, gives the role of the rule', async (role) => {
    await setPolicy('listed_addresses')
    await withTenant(home.owner, (scope) => addAccessRule(scope, { value: outsider.email, role: 'field' }))
    expect((await call(as(home, outsider.userId, role), JOIN, [uuidv7(), uuidv7(), 'member', at()])).rows).toEqual([{ outcome: 'joined' }])
    expect(await seatOf(home.tenantId, outsider.userId)).toEqual({ role: 'field', status: 'active' })
  })

  test.each(['owner', 'admin', 'manager', 'nonsense', null])('a wish to be %s is no wish', async (wish) => {
    await setPolicy('approval')
    expect((await call(as(home, outsider.userId), JOIN, [uuidv7(), uuidv7(), wish, at()])).code).toMatch(/^2(3514|3502)$/)
    expect(await seatOf(home.tenantId, outsider.userId)).toBeNull()
    expect((await call(as(home, outsider.userId), JOIN, [uuidv7(), uuidv7(), 'viewer', at()])).rows).toEqual([{ outcome: 'requested' }])
    expect(await seatOf(home.tenantId, outsider.userId)).toEqual({ role: 'viewer', status: 'pending_approval' })
  })

  test('somebody who was never there, is deactivated, or an organization that is none or closed', async () => {
    await setPolicy('approval')
    const values = () => [uuidv7(), uuidv7(), 'viewer', at()]
    expect((await call(as(home, uuidv7()), JOIN, values())).rows).toEqual([{ outcome: 'refused' }])
    expect((await call(as({ tenantId: uuidv7() }, outsider.userId), JOIN, values())).rows).toEqual([{ outcome: 'refused' }])
    for (const [to, back] of [['UPDATE users SET status = $2 WHERE id = $1', outsider.userId], ['UPDATE organizations SET status = $2 WHERE id = $1', home.tenantId]] as const) {
      await look(to, [back, to.includes('users') ? 'deactivated' : 'suspended'])
      expect((await call(as(home, outsider.userId), JOIN, values())).rows).toEqual([{ outcome: 'refused' }])
      await look(to, [back, 'active'])
    }
    expect(await seatOf(home.tenantId, outsider.userId)).toBeNull()
    expect((await call(as(home, outsider.userId), JOIN, values())).rows).toEqual([{ outcome: 'requested' }])
  })

  test('a member, whoever they say they are, is raised to nothing', async () => {
    await setPolicy('listed_domains')
    await withTenant(home.owner, (scope) => addAccessRule(scope, { value: `${uuidv7()}.example`, role: 'member' }))
    expect((await call(as(home, viewer.userId), JOIN, [uuidv7(), uuidv7(), 'member', at()])).rows).toEqual([{ outcome: 'already' }])
    expect(await seatOf(home.tenantId, viewer.userId)).toEqual({ role: 'viewer', status: 'active' })
  })
})

describe('accept_invitation', () => {
  test('a stolen digest is good only for its person and in its organization', async () => {
    const hash = await inviteTo(home, outsider.email)
    const thief = await makeJoiner(`${uuidv7()}@joining.example`)
    expect((await call(as(home, thief.userId), ACCEPT, [hash, uuidv7(), at()])).rows).toEqual([{ outcome: 'other_address' }])
    expect((await call(as(other, outsider.userId), ACCEPT, [hash, uuidv7(), at()])).rows).toEqual([{ outcome: 'gone' }])
    expect((await call(as(other, thief.userId), ACCEPT, [hash, uuidv7(), at()])).rows).toEqual([{ outcome: 'gone' }])
    expect((await call(as(home, outsider.userId), ACCEPT, [hashToken('guess'), uuidv7(), at()])).rows).toEqual([{ outcome: 'gone' }])
    expect([await seatOf(home.tenantId, thief.userId), await seatOf(other.tenantId, outsider.userId)]).toEqual([null, null])
    // Its own person, entered as an owner, becomes what they were invited as.
    expect((await call(as(home, outsider.userId, 'owner'), ACCEPT, [hash, uuidv7(), at()])).rows).toEqual([{ outcome: 'joined' }])
    expect(await seatOf(home.tenantId, outsider.userId)).toEqual({ role: 'viewer', status: 'active' })
  })

  test('an organization that has been closed takes nobody in', async () => {
    const hash = await inviteTo(other, outsider.email)
    await look(`UPDATE organizations SET status = 'suspended' WHERE id = $1`, [other.tenantId])
    expect((await call(as(other, outsider.userId), ACCEPT, [hash, uuidv7(), at()])).rows).toEqual([{ outcome: 'gone' }])
    expect((await call(as(other, uuidv7()), 'SELECT kernel.create_invited_person($1, $2, $3, $4, $5)', [hash, 'X', 'hash', null, at()])).code).toBe('28000')
    await look(`UPDATE organizations SET status = 'active' WHERE id = $1`, [other.tenantId])
    expect((await call(as(other, outsider.userId), ACCEPT, [hash, uuidv7(), at()])).rows).toEqual([{ outcome: 'joined' }])
  })

  test('a member who takes an invitation to a higher role keeps their own: it is no way to rise', async () => {
    const hash = await inviteTo(home, (await look<{ email: string }>('SELECT email FROM users WHERE id = $1', [viewer.userId]))[0]!.email.replace('@', '+x@'), 'admin')
    await look('UPDATE invitations SET email_lc = (SELECT email_lc FROM users WHERE id = $1) WHERE token_hash = $2', [viewer.userId, Buffer.from(hash)])
    expect((await call(as(home, viewer.userId), ACCEPT, [hash, uuidv7(), at()])).rows).toEqual([{ outcome: 'already' }])
    expect(await seatOf(home.tenantId, viewer.userId)).toEqual({ role: 'viewer', status: 'active' })
  })
})

describe('create_invited_person', () => {
  const CREATE = 'SELECT kernel.create_invited_person($1, $2, $3, $4, $5)'
  test('never over an account: no other name, password or id', async () => {
    const hash = await inviteTo(home, outsider.email)
    for (const userId of [uuidv7(), outsider.userId, home.owner.userId]) expect((await call(as(home, userId), CREATE, [hash, 'Thief', 'their-hash', null, at()])).code).toBe('23505')
    expect(await look('SELECT name, password_hash FROM users WHERE id = $1', [outsider.userId])).toEqual([{ name: 'Nora Vale', password_hash: null }])
    expect((await call(as(other, uuidv7()), CREATE, [hash, 'Thief', 'their-hash', null, at()])).code).toBe('28000')
    const fresh = await inviteTo(home, `${uuidv7()}@joining.example`)
    expect((await call(as(home, uuidv7()), CREATE, [fresh, 'New', 'hash', null, at()])).code).toBeNull()
  })
})

describe('sign_up and found_organization', () => {
  const organization = (id: string, more = {}) => JSON.stringify({ id, code: uuidv7().replaceAll('-', '').slice(-12).toUpperCase(), slug: `joining-${id.slice(-12)}`, name: 'Founded', kind: 'team', timezone: 'UTC', currency: 'USD', colour: '#1d4ed8', status: 'trial', plan_key: 'free', is_demo: false, onboarding: 'open', ...more })
  const SIGN_UP = 'SELECT kernel.sign_up($1, $2, $3, $4, $5)'
  const FOUND = 'SELECT kernel.found_organization($1, $2, $3, $4, $5)'
  const greedy = { status: 'active', plan_key: 'enterprise', is_demo: true, onboarding: 'done', suspended_reason: 'none' }
  const founded = (id: string) => look('SELECT o.status, o.plan_key, o.is_demo, o.suspended_reason, m.role, m.onboarding_done_at FROM organizations o JOIN memberships m ON m.tenant_id = o.id WHERE o.id = $1', [id])
  const PLAIN = [{ status: 'trial', plan_key: 'free', is_demo: false, suspended_reason: null, role: 'owner', onboarding_done_at: null }]
  const asked = (email = `${uuidv7()}@joining.example`) => createOneTimeToken('sign_up', 10, { email, payload: { name: 'New', email, passwordHash: 'hash', timezone: null } })

  test('a sign-up takes its own secret, makes its own organization, and begins like every other', async () => {
    const secret = await asked()
    const [tenantId, userId] = [uuidv7(), uuidv7()]
    const go = (context: Context, record: string, hash = hashToken(secret)) => call(context, SIGN_UP, [hash, record, uuidv7(), '[]', at()])
    expect((await go(as({ tenantId }, userId), organization(home.tenantId))).code).toBe('28000')
    expect((await go(as(home, userId), organization(home.tenantId))).code).toBe('23505')
    expect((await go(as({ tenantId }, userId), '{}')).code).toBe('28000')
    expect((await go(as({ tenantId }, userId), organization(tenantId), hashToken('guess'))).code).toBe('28000')
    expect((await go(as({ tenantId }, outsider.userId), organization(tenantId))).code).toBe('23505')
    for (const purpose of ['reset_password', 'verify_email', 'connect'] as const) {
      const wrong = await createOneTimeToken(purpose, 10, { email: outsider.email, userId: outsider.userId })
      expect((await go(as({ tenantId }, userId), organization(tenantId), hashToken(wrong))).code).toBe('28000')
    }
    expect((await go(as({ tenantId }, userId), organization(tenantId, greedy))).code).toBeNull()
    expect(await founded(tenantId)).toEqual(PLAIN)
    expect((await go(as({ tenantId: uuidv7() }, uuidv7()), organization(uuidv7()))).code).toBe('28000')
  })

  test('somebody founds with a session of their own that is open and past its gates', async () => {
    const tenantId = uuidv7()
    const go = (context: Context, token: string, record = organization(context.tenantId, greedy)) => call(context, FOUND, [hashToken(token), record, uuidv7(), '[]', at()])
    const thief = await makeJoiner(`${uuidv7()}@joining.example`)
    expect((await go(as({ tenantId }, thief.userId), outsider.token)).code).toBe('28000')
    expect((await go(as({ tenantId }, outsider.userId), 'guess')).code).toBe('28000')
    expect((await go(as({ tenantId }, outsider.userId), outsider.token, organization(home.tenantId))).code).toBe('28000')
    for (const [set, unset] of [['needs_factor = true', 'needs_factor = false'], ['revoked_at = now()', 'revoked_at = NULL'], ["expires_at = now() - interval '1 s'", "expires_at = now() + interval '1 d'"]]) {
      await look(`UPDATE sessions SET ${set} WHERE user_id = $1`, [outsider.userId])
      expect((await go(as({ tenantId }, outsider.userId), outsider.token)).code, set).toBe('28000')
      await look(`UPDATE sessions SET ${unset} WHERE user_id = $1`, [outsider.userId])
    }
    expect((await go(as({ tenantId }, outsider.userId), outsider.token)).code).toBeNull()
    expect(await founded(tenantId)).toEqual(PLAIN)
  })
})

describe('what only owners and admins may decide', () => {
  const CALLS: [string, unknown[], string[]][] = [
    ["SELECT kernel.set_join_policy('listed_domains', $1)", [at()], ['owner', 'admin']],
    ['SELECT kernel.require_second_factor($1, 0, $1)', [at()], ['owner', 'admin']],
    ["SELECT kernel.name_organization('Theirs', 'UTC', $1)", [at()], ['owner']],
  ]
  test.each(CALLS)('%s', async (sql, values, roles) => {
    const before = await look('SELECT name, join_policy, second_factor_required_at FROM organizations WHERE id IN ($1, $2) ORDER BY id', [home.tenantId, other.tenantId])
    const gone = await home.add('owner')
    await look(`UPDATE memberships SET status = 'suspended' WHERE user_id = $1`, [gone.userId])
    // The role that is said and the role that is: the lower one counts.
    for (const context of [as(home, viewer.userId), as(home, outsider.userId), as(home, gone.userId), as(home, home.owner.userId, 'viewer'), as(home, other.owner.userId), as(other, home.owner.userId), as({ tenantId: uuidv7() }, home.owner.userId)])
      expect((await call(context, sql, values)).code).toBe('42501')
    expect(await look('SELECT name, join_policy, second_factor_required_at FROM organizations WHERE id IN ($1, $2) ORDER BY id', [home.tenantId, other.tenantId])).toEqual(before)
    for (const role of roles) expect((await call(as(home, role === 'owner' ? home.owner.userId : (await home.add('admin')).userId, role), sql, values)).code).toBeNull()
  })
})

describe('leave_organization and finish_onboarding', () => {
  test('reach the seat of the person in the organization entered, and no other', async () => {
    const member = await home.add('member')
    const project = await makeProject(home.owner)
    await look('INSERT INTO container_members (tenant_id, id, container_id, user_id, access) VALUES ($1, $2, $3, $4, $5)', [home.tenantId, uuidv7(), project.id, member.userId, 'view'])
    expect((await call(as(other, member.userId), 'SELECT kernel.leave_organization($1) AS outcome', [at()])).rows).toEqual([{ outcome: 'gone' }])
    expect((await call(as(home, home.owner.userId, 'viewer'), 'SELECT kernel.leave_organization($1) AS outcome', [at()])).code).toBe('BH002')
    expect(await seatOf(home.tenantId, member.userId)).toMatchObject({ status: 'active' })
    expect((await call(as(home, member.userId, 'viewer'), 'SELECT kernel.leave_organization($1) AS outcome', [at()])).rows).toEqual([{ outcome: 'left' }])
    expect(await look('SELECT FROM container_members WHERE user_id = $1', [member.userId])).toEqual([])
    // Out is out: no new name for somebody who is no member.
    await call(as(home, member.userId), "SELECT kernel.finish_onboarding('Still here', $1)", [at()])
    expect(await look('SELECT display_name FROM memberships WHERE user_id = $1', [member.userId])).toEqual([{ display_name: 'The member' }])
    await look('UPDATE memberships SET onboarding_done_at = NULL WHERE user_id = $1', [viewer.userId])
    await call(as(home, viewer.userId), "SELECT kernel.finish_onboarding('Vera', $1)", [at()])
    expect(await look('SELECT display_name FROM memberships WHERE user_id = $1', [viewer.userId])).toEqual([{ display_name: 'Vera' }])
  })

  test('whoever comes back finds nothing that was shared with them, by whichever way they went', async () => {
    const member = await home.add('member')
    const email = (await withPerson(member.userId, NO_VISITOR, ({ tx }) => tx.user.findUniqueOrThrow({ where: { id: member.userId } }))).email!
    const project = await makeProject(home.owner)
    await look('INSERT INTO container_members (tenant_id, id, container_id, user_id, access) VALUES ($1, $2, $3, $4, $5)', [home.tenantId, uuidv7(), project.id, member.userId, 'manage'])
    await look(`UPDATE memberships SET status = 'removed' WHERE user_id = $1`, [member.userId])
    const hash = await inviteTo(home, email)
    expect((await call(as(home, member.userId), ACCEPT, [hash, uuidv7(), at()])).rows).toEqual([{ outcome: 'joined' }])
    expect(await look('SELECT FROM container_members WHERE user_id = $1', [member.userId])).toEqual([])
    expect(await seatOf(home.tenantId, member.userId)).toEqual({ role: 'viewer', status: 'active' })
  })
})
