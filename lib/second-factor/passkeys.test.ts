import { afterAll, describe, expect, test } from 'vitest'
import { findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { openSession } from '@/lib/sessions/sessions'
import { makeAuthenticator, type Authenticator } from '@/lib/testing/authenticator'
import { closeConnections } from '@/lib/testing/connections'
import { asSetup, makePerson, makeVisitor, refusalOf, type TestPerson } from '@/lib/testing/make-person'
import { withEnv } from '@/lib/testing/with-env'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { passSecondFactor, proveAgain } from './factors'
import { signInWithPasskey } from './passkey-sign-in'
import { addPasskey, listPasskeys, removePasskey, startPasskey, startPasskeyUse, takePasskey } from './passkeys'

afterAll(closeConnections)

const as = <T>({ id }: { id: string }, work: Parameters<typeof withPerson<T>>[2]) => withPerson(id, NO_VISITOR, work)
type Site = Parameters<Authenticator['register']>[1]
async function add(person: TestPerson, authenticator: Authenticator, site: Site = {}) {
  const options = await as(person, startPasskey)
  return as(person, (scope) => addPasskey(scope, { response: authenticator.register(options, site), name: 'Key' }))
}
async function makeHolder() {
  const [person, authenticator] = [await makePerson(), makeAuthenticator()]
  await add(person, authenticator)
  return { person, authenticator }
}
const challenge = (person: TestPerson) => as(person, startPasskeyUse)
const take = (person: TestPerson, answer: string) => as(person, (scope) => takePasskey(scope, answer))
const HOSTILE: [string, NonNullable<Site>][] = [
  ['another origin', { origin: 'https://hostile.test' }],
  ['a sub-domain', { origin: 'http://x.localhost:3100' }],
  ['another port', { origin: 'http://localhost:1' }],
  ['another site', { rpId: 'hostile.test' }],
  ['a challenge that was never given', { challenge: 'A'.repeat(43) }],
  ['an empty challenge', { challenge: '' }],
  ['an answer of the other kind', { type: 'webauthn.other' }],
]

describe('adding a passkey', () => {
  test('keeps it, hands out ten recovery codes the first time and none the second', async () => {
    const person = await makePerson()
    expect((await add(person, makeAuthenticator())).recoveryCodes).toHaveLength(10)
    expect((await add(person, makeAuthenticator())).recoveryCodes).toBeNull()
    expect(await as(person, listPasskeys)).toHaveLength(2)
    expect(await asSetup(`SELECT FROM mails WHERE to_address = $1 AND kind = 'factor_changed'`, [person.email])).toHaveLength(2)
  })

  test.each(HOSTILE)('by %s is refused, and the same without it is taken', async (_, site) => {
    const [person, authenticator] = [await makePerson(), makeAuthenticator()]
    expect(await refusalOf(add(person, authenticator, site))).toMatchObject({ code: 'invalid' })
    expect(await as(person, listPasskeys)).toEqual([])
    await add(person, authenticator)
    expect(await as(person, listPasskeys)).toHaveLength(1)
  })

  test('with a challenge that was used, or that somebody else was given, is refused', async () => {
    const [person, other] = [await makePerson(), await makePerson()]
    const options = await as(person, startPasskey)
    const attempt = (who: TestPerson) => as(who, (scope) => addPasskey(scope, { response: makeAuthenticator().register(options), name: 'Key' }))
    await expect(attempt(other)).rejects.toMatchObject({ code: 'invalid' })
    await attempt(person)
    await expect(attempt(person)).rejects.toMatchObject({ code: 'invalid' })
  })

  test.each(['', 'null', '[]', '{}', '{"id":1}', '{"id":"x","response":{}}', '{"response":{"clientDataJSON":"e30"}}', 'x'.repeat(20_000)])('of a form such as %j is refused without a failure of ours', async (response) => {
    const person = await makePerson()
    await as(person, startPasskey)
    expect((await refusalOf(as(person, (scope) => addPasskey(scope, { response, name: 'Key' })))).code).toBe('invalid')
  })
})

describe('answering with a passkey', () => {
  test('counts once', async () => {
    const { person, authenticator } = await makeHolder()
    const answer = authenticator.answer(await challenge(person))
    expect([await take(person, answer), await take(person, answer)]).toEqual([true, false])
  })

  test('twenty times at once counts once', async () => {
    const { person, authenticator } = await makeHolder()
    const answer = authenticator.answer(await challenge(person))
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(person, answer)))
    expect(taken.filter(Boolean)).toHaveLength(1)
  })

  test.each(HOSTILE)('by %s counts for nothing', async (_, site) => {
    const { person, authenticator } = await makeHolder()
    expect(await take(person, authenticator.answer(await challenge(person), site))).toBe(false)
    expect(await take(person, authenticator.answer(await challenge(person)))).toBe(true)
  })

  test('with a copy whose counter went back or stood still counts for nothing', async () => {
    const { person, authenticator } = await makeHolder()
    expect(await take(person, authenticator.answer(await challenge(person), { counter: 7 }))).toBe(true)
    for (const counter of [7, 6, 0]) expect(await take(person, authenticator.answer(await challenge(person), { counter }))).toBe(false)
    expect(await take(person, authenticator.answer(await challenge(person), { counter: 8 }))).toBe(true)
  })

  test('by somebody else’s passkey, or to somebody else’s challenge, counts for nothing', async () => {
    const [mine, theirs] = [await makeHolder(), await makeHolder()]
    expect(await take(mine.person, theirs.authenticator.answer(await challenge(mine.person)))).toBe(false)
    expect(await take(mine.person, mine.authenticator.answer(await challenge(theirs.person)))).toBe(false)
    expect(await take(mine.person, mine.authenticator.answer(await startPasskeyUse(null)))).toBe(false)
    // With one's own key under another's name.
    const forged = JSON.parse(theirs.authenticator.answer(await challenge(mine.person))) as { id: string; rawId: string }
    expect(await take(mine.person, JSON.stringify({ ...forged, id: mine.authenticator.id, rawId: mine.authenticator.id }))).toBe(false)
    expect(await take(mine.person, mine.authenticator.answer(await challenge(mine.person)))).toBe(true)
  })

  test('passes the second factor and proves who acts, with a new token each time', async () => {
    const { person, authenticator } = await makeHolder()
    const { id, token } = await as(person, (scope) => openSession(scope, { method: 'password', needsFactor: true }))
    const acting = { userId: person.id, sessionId: id }
    const passed = await passSecondFactor(acting, { passkey: authenticator.answer(await challenge(person)) }, NO_VISITOR)
    expect([await findPerson(token), (await findPerson(passed))?.gate]).toEqual([null, null])
    const proven = await proveAgain(acting, { passkey: authenticator.answer(await challenge(person)) }, NO_VISITOR)
    expect([await findPerson(passed), (await findPerson(proven))?.userId]).toEqual([null, person.id])
  })
})

describe('signing in with a passkey', () => {
  test('needs no second factor, and the challenge is good once', async () => {
    const { person, authenticator } = await makeHolder()
    const answer = authenticator.answer(await startPasskeyUse(null))
    const { token, needsFactor } = await signInWithPasskey(answer, makeVisitor())
    expect(needsFactor).toBe(false)
    expect(await findPerson(token)).toMatchObject({ userId: person.id, gate: null, method: 'passkey' })
    expect(await refusalOf(signInWithPasskey(answer, makeVisitor()))).toMatchObject({ code: 'wrong_credentials' })
  })

  test('is refused when the device did not check who holds it', async () => {
    const { authenticator } = await makeHolder()
    const site = { verifiesUser: false }
    expect(await refusalOf(signInWithPasskey(authenticator.answer(await startPasskeyUse(null), site), makeVisitor()))).toMatchObject({ code: 'wrong_credentials' })
    await expect(signInWithPasskey(authenticator.answer(await startPasskeyUse(null)), makeVisitor())).resolves.toBeTruthy()
  })

  test.each(HOSTILE)('by %s is refused, like a passkey that nobody has', async (_, site) => {
    const { person, authenticator } = await makeHolder()
    const refusal = await refusalOf(signInWithPasskey(authenticator.answer(await startPasskeyUse(null), site), makeVisitor()))
    expect(refusal).toEqual(await refusalOf(signInWithPasskey(makeAuthenticator().answer(await startPasskeyUse(null)), makeVisitor())))
    expect(await asSetup('SELECT FROM sessions WHERE user_id = $1', [person.id])).toEqual([])
  })

  test('is refused with a challenge that was given for a second factor', async () => {
    const { person, authenticator } = await makeHolder()
    expect((await refusalOf(signInWithPasskey(authenticator.answer(await challenge(person)), makeVisitor()))).code).toBe('wrong_credentials')
  })

  test.each(['deactivated', 'suspended'])('tells its holder that the account is %s, and opens nothing', async (status) => {
    const { person, authenticator } = await makeHolder()
    await asSetup('UPDATE users SET status = $2 WHERE id = $1', [person.id, status])
    expect((await refusalOf(signInWithPasskey(authenticator.answer(await startPasskeyUse(null)), makeVisitor()))).code).toBe(`account_${status}`)
    expect(await asSetup('SELECT FROM sessions WHERE user_id = $1', [person.id])).toEqual([])
  })

  test('opens nothing for an address that the installation does not list', async () => {
    const { person, authenticator } = await makeHolder()
    await withEnv({ ALLOWED_ADDRESSES: ['elsewhere.test'] }, async () => expect((await refusalOf(signInWithPasskey(authenticator.answer(await startPasskeyUse(null)), makeVisitor()))).code).toBe('account_not_listed'))
    expect(await asSetup('SELECT FROM sessions WHERE user_id = $1', [person.id])).toEqual([])
  })

  test('is limited to twenty wrong ones a minute from one address', async () => {
    const [visitor, stranger] = [makeVisitor(), makeAuthenticator()]
    const codes: string[] = []
    for (let at = 0; at < 22; at++) codes.push((await refusalOf(signInWithPasskey(stranger.answer({ challenge: 'A'.repeat(43) }), visitor))).code)
    expect(codes.filter((code) => code === 'wrong_credentials')).toHaveLength(20)
    expect(codes.slice(20)).toEqual(['too_many_requests', 'too_many_requests'])
  })
})

describe('removing a passkey', () => {
  test('that is somebody else’s is refused like one that never was', async () => {
    const [mine, theirs] = [await makeHolder(), await makeHolder()]
    const [line] = await as(theirs.person, listPasskeys)
    expect(await refusalOf(as(mine.person, (scope) => removePasskey(scope, line!.id)))).toEqual(await refusalOf(as(mine.person, (scope) => removePasskey(scope, mine.person.id))))
    expect(await as(theirs.person, listPasskeys)).toHaveLength(1)
    await as(theirs.person, (scope) => removePasskey(scope, line!.id))
    expect(await as(theirs.person, listPasskeys)).toEqual([])
  })

  test('that is the only way in is refused', async () => {
    const [person, authenticator] = [await makePerson({ password: null }), makeAuthenticator()]
    await add(person, authenticator)
    const [line] = await as(person, listPasskeys)
    expect((await refusalOf(as(person, (scope) => removePasskey(scope, line!.id)))).code).toBe('last_way_in')
  })
})
