import { Secret, TOTP } from 'otpauth'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { env } from '@/lib/env'
import { findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { endSession, openSession } from '@/lib/sessions/sessions'
import { signInWithPassword } from '@/lib/sign-in/password-sign-in'
import { closeConnections } from '@/lib/testing/connections'
import { asSetup, makePerson, makeVisitor, PASSWORD, refusalOf, type TestPerson } from '@/lib/testing/make-person'
import { withEnv } from '@/lib/testing/with-env'
import { unseal } from '@/lib/tokens/seal'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { passSecondFactor, proveAgain, requireRecentProof } from './factors'
import { countRecoveryCodes, createRecoveryCodes } from './recovery-codes'
import { confirmTotp, removeTotp, startTotp, takeTotp } from './totp'

afterAll(closeConnections)
// The middle of a step, so that none begins while a test runs.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 }))
afterEach(() => void vi.useRealTimers())

const as = <T>({ id }: { id: string }, work: Parameters<typeof withPerson<T>>[2]) => withPerson(id, NO_VISITOR, work)
const codeAt = (secret: string, steps = 0) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })
/** A person with an authenticator that is set up; the step of its first code is used up. */
async function makeHolder() {
  const person = await makePerson()
  const { secret } = await as(person, startTotp)
  const { recoveryCodes } = await as(person, (scope) => confirmTotp(scope, codeAt(secret, -1)))
  return { person, secret, recoveryCodes: recoveryCodes! }
}
const take = (person: TestPerson, code: string) => as(person, (scope) => takeTotp(scope, code))
const behind = async (person: TestPerson) => ({ userId: person.id, sessionId: (await as(person, (scope) => openSession(scope, { method: 'password', needsFactor: true }))).id })
const wrongOf = (secret: string) => (codeAt(secret) === '000000' ? '000001' : '000000')

describe('an authenticator', () => {
  test('counts when it is right, now or one step early or late, and not two', async () => {
    for (const [steps, right] of [[0, true], [1, true], [2, false], [-2, false], [3, false], [-20, false]] as const) {
      const { person, secret } = await makeHolder()
      expect([steps, await take(person, codeAt(secret, steps))]).toEqual([steps, right])
    }
  })

  test('takes spaces, and nothing that is not six digits', async () => {
    const { person, secret } = await makeHolder()
    const right = codeAt(secret)
    for (const odd of ['', ' ', `${right}0`, right.slice(1), `-${right.slice(1)}`, `${right}\n1`, '1e5', '٠'.repeat(6), 'NaN']) expect(await take(person, odd)).toBe(false)
    expect(await take(person, `${right.slice(0, 3)} ${right.slice(3)}`)).toBe(true)
  })

  test('counts once: not again, not an earlier one after a later one, and of twenty at once one', async () => {
    const { person, secret } = await makeHolder()
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(person, codeAt(secret))))
    expect(taken.filter(Boolean)).toHaveLength(1)
    expect(await take(person, codeAt(secret))).toBe(false)
    expect(await take(person, codeAt(secret, 1))).toBe(true)
    expect(await take(person, codeAt(secret))).toBe(false)
  })

  test('that was not confirmed is no second factor', async () => {
    const person = await makePerson()
    const { secret } = await as(person, startTotp)
    expect(await take(person, codeAt(secret))).toBe(false)
    expect((await signInWithPassword(person.email, PASSWORD, makeVisitor())).needsFactor).toBe(false)
    await expect(as(person, (scope) => confirmTotp(scope, wrongOf(secret)))).rejects.toMatchObject({ code: 'invalid' })
    await as(person, (scope) => confirmTotp(scope, codeAt(secret)))
    expect((await signInWithPassword(person.email, PASSWORD, makeVisitor())).needsFactor).toBe(true)
  })

  test('that is set up is not replaced without being removed first', async () => {
    const { person } = await makeHolder()
    expect((await refusalOf(as(person, startTotp))).code).toBe('has_totp')
  })

  test('is stored sealed, and worth nothing in another row, for another use, or changed', async () => {
    const [a, b] = [await makeHolder(), await makeHolder()]
    const [row] = await asSetup<{ secret: Buffer }>('SELECT secret FROM totp_factors WHERE user_id = $1', [a.person.id])
    expect(row!.secret.includes(a.secret)).toBe(false)
    expect(unseal('totp', a.person.id, row!.secret)).toBe(a.secret)
    expect(() => unseal('totp', b.person.id, row!.secret)).toThrow()
    expect(() => unseal('other', a.person.id, row!.secret)).toThrow()
    for (const at of [0, 15, row!.secret.length - 1]) expect(() => unseal('totp', a.person.id, row!.secret.map((byte, place) => (place === at ? byte ^ 1 : byte)))).toThrow()
    await asSetup('UPDATE totp_factors SET secret = $2 WHERE user_id = $1', [b.person.id, row!.secret])
    await expect(take(b.person, codeAt(a.secret))).rejects.toThrow()
  })

  test('outlives a new secret of the installation: its code and the recovery codes are good while the previous one is set, and it is sealed anew', async () => {
    const { person, secret, recoveryCodes } = await makeHolder()
    const acting = await behind(person)
    const next = { NEXTAUTH_SECRET: 'c'.repeat(40) }
    await withEnv({ ...next, NEXTAUTH_SECRET_PREVIOUS: env().NEXTAUTH_SECRET }, async () => {
      expect(await take(person, codeAt(secret))).toBe(true)
      await expect(passSecondFactor(acting, { code: recoveryCodes[0]! }, NO_VISITOR)).resolves.toBeTruthy()
    })
    await withEnv(next, async () => expect(await take(person, codeAt(secret, 1))).toBe(true))
  })
})

describe('passing the second factor', () => {
  test('opens the gate under a new token, and the old token is worth nothing', async () => {
    const { person, secret } = await makeHolder()
    const { token, id, needsFactor } = await signInWithPassword(person.email, PASSWORD, makeVisitor())
    expect([needsFactor, (await findPerson(token))?.gate]).toEqual([true, 'second_factor'])
    const passed = await passSecondFactor({ userId: person.id, sessionId: id }, { code: codeAt(secret) }, NO_VISITOR)
    expect([await findPerson(token), (await findPerson(passed))?.gate]).toEqual([null, null])
  })

  test('with a wrong code leaves it shut and is in the log', async () => {
    const { person, secret } = await makeHolder()
    const acting = await behind(person)
    expect(await refusalOf(passSecondFactor(acting, { code: wrongOf(secret) }, NO_VISITOR))).toMatchObject({ code: 'invalid', status: 422 })
    expect(await asSetup('SELECT FROM sessions WHERE id = $1 AND factor_at IS NULL', [acting.sessionId])).toHaveLength(1)
    expect(await asSetup(`SELECT success FROM platform_audit_events WHERE user_id = $1 AND action = 'session.factor_refused'`, [person.id])).toEqual([{ success: false }])
  })

  test('is limited to five wrong ones a minute over all sessions; right ones do not count, and the wait is told', async () => {
    const { person, secret } = await makeHolder()
    const sessions = await Promise.all(Array.from({ length: 10 }, () => behind(person)))
    await passSecondFactor(sessions[0]!, { code: codeAt(secret) }, NO_VISITOR)
    const codes = await Promise.all(Array.from({ length: 60 }, async (_, at) => (await refusalOf(passSecondFactor(sessions[at % 10]!, { code: wrongOf(secret) }, NO_VISITOR))).code))
    expect({ tried: codes.filter((code) => code === 'invalid').length, refused: codes.filter((code) => code === 'too_many_requests').length }).toEqual({ tried: 5, refused: 55 })
    expect((await refusalOf(passSecondFactor(sessions[1]!, { code: codeAt(secret, 1) }, NO_VISITOR))).waitS).toBeGreaterThan(0)
  })

  test('does nothing for a session that has ended or is somebody else’s', async () => {
    const [mine, theirs] = [await makeHolder(), await makeHolder()]
    const [ended, foreign] = [await behind(mine.person), await behind(theirs.person)]
    await as(mine.person, (scope) => endSession(scope, ended.sessionId))
    expect(await findPerson(await passSecondFactor(ended, { code: codeAt(mine.secret) }, NO_VISITOR))).toBeNull()
    expect(await findPerson(await passSecondFactor({ ...foreign, userId: mine.person.id }, { code: codeAt(mine.secret, 1) }, NO_VISITOR))).toBeNull()
    expect(await asSetup('SELECT FROM sessions WHERE id = $1 AND factor_at IS NULL', [foreign.sessionId])).toHaveLength(1)
  })
})

describe('recovery codes', () => {
  test('count once each, however they are written; of twenty at once one', async () => {
    const { person, recoveryCodes } = await makeHolder()
    expect(recoveryCodes).toHaveLength(10)
    expect(recoveryCodes.every((code) => /^[a-z2-9]{5}-[a-z2-9]{5}$/.test(code))).toBe(true)
    const acting = await behind(person)
    const use = (code: string) => passSecondFactor(acting, { code }, NO_VISITOR).then(() => true, () => false)
    expect(await use(` ${recoveryCodes[0]!.toUpperCase().replace('-', ' ')} `)).toBe(true)
    expect(await use(recoveryCodes[0]!)).toBe(false)
    expect((await Promise.all(Array.from({ length: 4 }, () => use(recoveryCodes[1]!)))).filter(Boolean)).toHaveLength(1)
    expect(await as(person, countRecoveryCodes)).toBe(8)
  })

  test('are stored as keyed digests, which differ between people', async () => {
    const { person, recoveryCodes } = await makeHolder()
    const rows = await asSetup<{ text: string }>('SELECT t::text AS text FROM recovery_codes t WHERE user_id = $1', [person.id])
    for (const code of recoveryCodes) for (const form of [code, code.replace('-', ''), Buffer.from(code.replace('-', '')).toString('hex')]) expect(rows.map(({ text }) => text).join()).not.toContain(form)
  })

  test('of another person count for nothing', async () => {
    const [mine, theirs] = [await makeHolder(), await makeHolder()]
    await expect(passSecondFactor(await behind(mine.person), { code: theirs.recoveryCodes[0]! }, NO_VISITOR)).rejects.toMatchObject({ code: 'invalid' })
    await expect(passSecondFactor(await behind(theirs.person), { code: theirs.recoveryCodes[0]! }, NO_VISITOR)).resolves.toBeTruthy()
  })

  test('made anew forget the old ones', async () => {
    const { person, recoveryCodes } = await makeHolder()
    const fresh = await as(person, createRecoveryCodes)
    const acting = await behind(person)
    await expect(passSecondFactor(acting, { code: recoveryCodes[0]! }, NO_VISITOR)).rejects.toMatchObject({ code: 'invalid' })
    await expect(passSecondFactor(acting, { code: fresh[0]! }, NO_VISITOR)).resolves.toBeTruthy()
  })

  test('go with the last factor, so that the next one comes with codes that were shown', async () => {
    const { person, recoveryCodes } = await makeHolder()
    await as(person, removeTotp)
    expect(await as(person, countRecoveryCodes)).toBe(0)
    const { secret } = await as(person, startTotp)
    const next = (await as(person, (scope) => confirmTotp(scope, codeAt(secret)))).recoveryCodes
    expect(next).toHaveLength(10)
    expect(next).not.toContain(recoveryCodes[0])
  })
})

describe('proving oneself again', () => {
  test('by password or code makes the proof recent, under a new token', async () => {
    const person = await makePerson()
    const { id, token } = await as(person, (scope) => openSession(scope, { method: 'password', needsFactor: false }))
    await asSetup(`UPDATE sessions SET proven_at = now() - interval '16 minutes' WHERE id = $1`, [id])
    const before = (await findPerson(token))!
    expect(() => requireRecentProof(before)).toThrow('Confirm that it is you first.')
    await expect(proveAgain(before, { password: 'not the right one 1' }, NO_VISITOR)).rejects.toMatchObject({ code: 'invalid' })
    const proven = await proveAgain(before, { password: PASSWORD }, NO_VISITOR)
    expect(await findPerson(token)).toBeNull()
    expect(() => requireRecentProof({ provenAt: new Date(Date.now() - 14 * 60_000) })).not.toThrow()
    expect(requireRecentProof((await findPerson(proven))!)).toBeUndefined()
  })

  test('by password does not pass a second factor', async () => {
    const { person } = await makeHolder()
    const acting = await behind(person)
    expect(await findPerson(await proveAgain(acting, { password: PASSWORD }, NO_VISITOR))).toMatchObject({ gate: 'second_factor' })
  })

  test('without a password takes none, and is limited like the second factor', async () => {
    const person = await makePerson({ password: null })
    const acting = await behind(person)
    const codes: string[] = []
    for (const password of ['', 'x', PASSWORD, 'null', 'y', 'z']) codes.push((await refusalOf(proveAgain(acting, { password }, NO_VISITOR))).code)
    expect(codes).toEqual([...Array(5).fill('invalid'), 'too_many_requests'])
  })
})
