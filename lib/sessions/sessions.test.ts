import { afterAll, describe, expect, test } from 'vitest'
import { setPreference } from '@/lib/account/preferences'
import { setPassword } from '@/lib/passwords/passwords'
import { findEndOfSession, findMember, findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { closeConnections } from '@/lib/testing/connections'
import { asSetup, makePerson, makeVisitor, PASSWORD, refusalOf, type TestPerson } from '@/lib/testing/make-person'
import { makeOrganization } from '@/lib/testing/make-organization'
import { withEnv } from '@/lib/testing/with-env'
import { signInWithPassword } from '@/lib/sign-in/password-sign-in'
import { hashToken } from '@/lib/tokens/token'
import { NO_VISITOR, type Visitor } from '@/lib/visitors/visitor'
import { endOtherSessions, endSession, endSessionOfToken, listSessions, openSession, rotateSession, type NewSession } from './sessions'

afterAll(closeConnections)

const open = ({ id }: { id: string }, how: Partial<NewSession> = {}, visitor: Visitor = NO_VISITOR) => withPerson(id, visitor, (scope) => openSession(scope, { method: 'password', needsFactor: false, ...how }))
const as = <T>({ id }: TestPerson, work: Parameters<typeof withPerson<T>>[2]) => withPerson(id, NO_VISITOR, work)
const isIn = async (token: string, kind?: 'web' | 'api') => (await findPerson(token, kind)) !== null
/** A person with two sessions, of which the first is the one that acts. */
async function makeSignedIn() {
  const person = await makePerson()
  return { person, here: await open(person), there: await open(person, { kind: 'api' }) }
}

describe('a session', () => {
  test('is stored as the digest of its token and carries no role', async () => {
    const person = await makePerson()
    const { id, token } = await open(person)
    const [row] = await asSetup<Record<string, unknown>>('SELECT * FROM sessions WHERE id = $1', [id])
    expect(Buffer.from(row!.token_hash as Buffer)).toEqual(Buffer.from(hashToken(token)))
    expect(JSON.stringify(row)).not.toContain(token)
    expect(Object.keys(row!).filter((name) => /role|tenant|admin/.test(name))).toEqual([])
  })

  test('ends when it was idle for too long, and use moves that time on', async () => {
    const person = await makePerson()
    const { id, token } = await open(person)
    const move = (idle: string) => asSetup(`UPDATE sessions SET idle_expires_at = now() + $2::interval, last_seen_at = now() - interval '2 minutes' WHERE id = $1`, [id, idle])
    await move('1 minute')
    expect(await isIn(token)).toBe(true)
    const [{ minutes }] = (await asSetup<{ minutes: number }>('SELECT extract(epoch FROM idle_expires_at - now()) / 60 AS minutes FROM sessions WHERE id = $1', [id])) as [{ minutes: number }]
    expect(Math.round(Number(minutes))).toBe(720)
    await move('-1 second')
    expect(await isIn(token)).toBe(false)
    expect(await findEndOfSession(token)).toBe('expired')
  })

  test('ended by ten requests at once, is over, and none of them fails', async () => {
    const person = await makePerson()
    const { token } = await open(person)
    await Promise.all(Array.from({ length: 10 }, () => endSessionOfToken(token, NO_VISITOR, 'replaced')))
    expect(await isIn(token)).toBe(false)
    expect(await asSetup(`SELECT id FROM platform_audit_events WHERE user_id = $1 AND action = 'session.ended'`, [person.id])).toHaveLength(1)
  })

  test('ends after thirty days however much it is used', async () => {
    const person = await makePerson()
    const { id, token } = await open(person)
    const [{ days }] = (await asSetup<{ days: number }>('SELECT extract(epoch FROM expires_at - now()) / 86400 AS days FROM sessions WHERE id = $1', [id])) as [{ days: number }]
    expect(Math.round(Number(days))).toBe(30)
    await asSetup(`UPDATE sessions SET expires_at = now() - interval '1 second', idle_expires_at = now() + interval '1 day' WHERE id = $1`, [id])
    expect(await isIn(token)).toBe(false)
  })

  test('of the web is no session of the API, and the other way round, also in an organization', async () => {
    const { slug, owner } = await makeOrganization()
    const [web, api] = [await open({ id: owner.userId }), await open({ id: owner.userId }, { kind: 'api' })]
    expect([await isIn(web.token, 'web'), await isIn(web.token, 'api'), await isIn(api.token, 'api'), await isIn(api.token, 'web')]).toEqual([true, false, true, false])
    const states = [findMember(web.token, slug, 'web'), findMember(web.token, slug, 'api'), findMember(api.token, slug, 'api'), findMember(api.token, slug, 'web')]
    expect((await Promise.all(states)).map(({ state }) => state)).toEqual(['member', 'signed-out', 'member', 'signed-out'])
  })

  test('behind a second factor shows its gate and no organization until the factor is given', async () => {
    const { slug, owner } = await makeOrganization()
    const { id, token } = await open({ id: owner.userId }, { needsFactor: true })
    expect(await findPerson(token)).toMatchObject({ gate: 'second_factor' })
    expect(await findMember(token, slug)).toMatchObject({ state: 'gated', gate: 'second_factor' })
    expect(await findMember(token, slug)).not.toHaveProperty('member')
    const rotated = await withPerson(owner.userId, NO_VISITOR, (scope) => rotateSession(scope, id, { factorAt: new Date() }))
    expect(await findMember(rotated, slug)).toMatchObject({ state: 'member' })
  })

  test('a password that has to be changed stands before every organization', async () => {
    const { slug, owner } = await makeOrganization()
    const { token } = await open({ id: owner.userId })
    await asSetup('UPDATE users SET must_change_password = true WHERE id = $1', [owner.userId])
    expect(await findMember(token, slug)).toMatchObject({ state: 'gated', gate: 'new_password' })
  })

  test('with a new token the old one is worth nothing', async () => {
    const { person, here } = await makeSignedIn()
    const token = await as(person, (scope) => rotateSession(scope, here.id))
    expect([await isIn(here.token), await isIn(token)]).toEqual([false, true])
  })

  test('one that has ended does not come back with a new token', async () => {
    const { person, here } = await makeSignedIn()
    await as(person, (scope) => endSession(scope, here.id))
    expect(await isIn(await as(person, (scope) => rotateSession(scope, here.id)))).toBe(false)
  })
})

describe('what ends sessions, on the next request', () => {
  test('signing out, of the web and of the API', async () => {
    const { here, there } = await makeSignedIn()
    await endSessionOfToken(here.token, NO_VISITOR, 'signed_out')
    expect([await isIn(here.token), await isIn(there.token, 'api')]).toEqual([false, true])
    await endSessionOfToken(there.token, NO_VISITOR, 'signed_out')
    expect(await isIn(there.token, 'api')).toBe(false)
    expect(await findEndOfSession(there.token)).toBe('signed_out')
  })

  test('ending one by hand; somebody else’s cannot be ended, and is not told from one that never was', async () => {
    const [mine, theirs] = [await makeSignedIn(), await makeSignedIn()]
    await as(mine.person, (scope) => endSession(scope, mine.there.id))
    expect([await isIn(mine.here.token), await isIn(mine.there.token, 'api')]).toEqual([true, false])
    const [other, never, ended] = [theirs.here.id, theirs.person.id, mine.there.id].map((id) => refusalOf(as(mine.person, (scope) => endSession(scope, id))))
    expect(await other).toEqual(await never)
    expect(await ended).toEqual(await never)
    expect(await isIn(theirs.here.token)).toBe(true)
  })

  test('signing out everywhere else leaves this one, and nobody else’s', async () => {
    const [mine, theirs] = [await makeSignedIn(), await makeSignedIn()]
    expect(await as(mine.person, (scope) => endOtherSessions(scope, mine.here.id, 'ended_by_person'))).toBe(1)
    expect([await isIn(mine.here.token), await isIn(mine.there.token, 'api'), await isIn(theirs.here.token), await isIn(theirs.there.token, 'api')]).toEqual([true, false, true, true])
  })

  test('a new password', async () => {
    const { person, here, there } = await makeSignedIn()
    await as(person, (scope) => setPassword(scope, 'not a hash', { keepSession: here.id, event: 'password.changed' }))
    expect([await isIn(here.token), await isIn(there.token, 'api')]).toEqual([true, false])
    expect(await findEndOfSession(there.token)).toBe('password_changed')
  })

  test.each(['deactivated', 'suspended', 'pending_verification'])('an account that is %s', async (status) => {
    const { person, here, there } = await makeSignedIn()
    await asSetup('UPDATE users SET status = $2 WHERE id = $1', [person.id, status])
    expect([await isIn(here.token), await isIn(there.token, 'api')]).toEqual([false, false])
    expect(await findEndOfSession(here.token)).toBe(status)
  })

  test('an address that the installation no longer lists, unless it is the one who runs it', async () => {
    const { person, here } = await makeSignedIn()
    const { slug, owner } = await makeOrganization()
    const member = await open({ id: owner.userId })
    await withEnv({ ALLOWED_ADDRESSES: ['elsewhere.test'] }, async () => {
      expect([await isIn(here.token), (await findMember(member.token, slug)).state]).toEqual([false, 'signed-out'])
      await asSetup('UPDATE users SET is_super_admin = true WHERE id = $1', [person.id])
      expect(await isIn(here.token)).toBe(true)
    })
    await withEnv({ ALLOWED_ADDRESSES: ['example.test'] }, async () => expect((await findMember(member.token, slug)).state).toBe('member'))
  })

  test('a suspended or removed membership closes the organization, a suspended organization closes itself, a new role acts at once', async () => {
    const organization = await makeOrganization()
    const member = await organization.add('member')
    const { token } = await open({ id: member.userId })
    const state = async () => {
      const answer = await findMember(token, organization.slug)
      return answer.state === 'member' ? answer.member.role : answer.state
    }
    const change = (column: string, value: string) => asSetup(`UPDATE memberships SET ${column} = $2 WHERE user_id = $1`, [member.userId, value])
    expect(await state()).toBe('member')
    await change('role', 'viewer')
    expect(await state()).toBe('viewer')
    for (const status of ['suspended', 'removed']) {
      await change('status', status)
      expect(await state()).toBe('unknown')
    }
    await change('status', 'active')
    await asSetup(`UPDATE organizations SET status = 'suspended', suspended_reason = 'unpaid' WHERE id = $1`, [organization.tenantId])
    expect(await state()).toBe('closed')
    expect((await findMember(token, (await makeOrganization()).slug)).state).toBe('unknown')
  })
})

describe('the list of sessions', () => {
  test('shows the open ones of this person alone, the latest first, and which of them is this', async () => {
    const { person, here, there } = await makeSignedIn()
    const [ended, old] = [await open(person), await open(person)]
    await makeSignedIn()
    await as(person, (scope) => endSession(scope, ended.id))
    await asSetup(`UPDATE sessions SET idle_expires_at = now() - interval '1 second' WHERE id = $1`, [old.id])
    const lines = await as(person, (scope) => listSessions(scope, here.id))
    expect(lines.map(({ id, isCurrent, kind }) => ({ id, isCurrent, kind }))).toEqual([{ id: there.id, isCurrent: false, kind: 'api' }, { id: here.id, isCurrent: true, kind: 'web' }])
    expect(JSON.stringify(lines)).not.toContain(here.token)
  })
})

describe('a new browser', () => {
  const told = async ({ email }: TestPerson) => (await asSetup(`SELECT FROM mails WHERE to_address = $1 AND kind = 'new_device'`, [email])).length

  test('is told of by mail, but for the first one, one that is known, and one without a mark', async () => {
    const person = await makePerson()
    const [first, second] = [makeVisitor({ withDevice: true }), makeVisitor({ withDevice: true })]
    const after = async (visitor: Visitor) => {
      await signInWithPassword(person.email, PASSWORD, visitor)
      return told(person)
    }
    expect([await after(first), await after(first), await after(makeVisitor()), await after(second), await after(second), await after({ ...first, ip: '192.0.2.9' })]).toEqual([0, 0, 0, 1, 1, 1])
    expect(await asSetup('SELECT FROM devices WHERE user_id = $1', [person.id])).toHaveLength(2)
  })

  test('behind a second factor is not yet the person’s', async () => {
    const person = await makePerson()
    await open(person, { needsFactor: true }, makeVisitor({ withDevice: true }))
    expect(await asSetup('SELECT FROM devices WHERE user_id = $1', [person.id])).toHaveLength(0)
  })

  test('one browser that two people use is each one’s own', async () => {
    const [a, b, visitor] = [await makePerson(), await makePerson(), makeVisitor({ withDevice: true })]
    await open(a, {}, visitor)
    await open(b, {}, visitor)
    expect((await asSetup<{ user_id: string }>('SELECT user_id FROM devices WHERE token_hash = $1', [Buffer.from(hashToken(visitor.deviceToken!))])).map(({ user_id }) => user_id).toSorted()).toEqual([a.id, b.id].toSorted())
  })

  test('can be left unsaid by preference, which the sender asks at the last moment', async () => {
    const person = await makePerson()
    const wants = async () => (await asSetup<{ wants: boolean }>(`SELECT kernel.wants_mail($1, 'new_device') AS wants`, [person.email]))[0]!.wants
    expect(await wants()).toBe(true)
    await as(person, (scope) => setPreference(scope, 'new_device', false))
    expect(await wants()).toBe(false)
    await as(person, (scope) => setPreference(scope, 'new_device', true))
    expect(await wants()).toBe(true)
  })
})
