import bcrypt from 'bcryptjs'
import { afterAll, describe, expect, test } from 'vitest'
import { makeResetLink, resetPassword } from '@/lib/passwords/reset'
import { inTurn } from '@/lib/limits/turns'
import { findPerson } from '@/lib/platform/directory'
import { closeConnections } from '@/lib/testing/connections'
import { asSetup, makePerson, makeVisitor, PASSWORD, refusalOf } from '@/lib/testing/make-person'
import { withEnv } from '@/lib/testing/with-env'
import { signInWithPassword } from './password-sign-in'

afterAll(closeConnections)

const WRONG = 'not the right one 1'
const sessionsOf = async (userId: string) => (await asSetup<{ n: number }>('SELECT count(*)::int AS n FROM sessions WHERE user_id = $1', [userId]))[0]!.n
const refused = (email: string, password: string, visitor = makeVisitor()) => refusalOf(signInWithPassword(email, password, visitor))

describe('signInWithPassword', () => {
  test('the right password opens a session, whose digest alone is stored, and the log says so', async () => {
    const { id, email } = await makePerson()
    const { token, userId, needsFactor } = await signInWithPassword(`  ${email.toUpperCase()} `, PASSWORD, makeVisitor())
    expect({ userId, needsFactor }).toEqual({ userId: id, needsFactor: false })
    expect(await findPerson(token)).toMatchObject({ userId: id, gate: null, method: 'password' })
    expect(await asSetup('SELECT action, success FROM platform_audit_events WHERE user_id = $1', [id])).toEqual([{ action: 'session.created', success: true }])
  })

  test('unknown address, wrong, empty, over-long password, no password, service and system accounts: one answer to the letter, no session', async () => {
    const [known, without, service, system] = [await makePerson(), await makePerson({ password: null }), await makePerson({ kind: 'service' }), await makePerson({ kind: 'system' })]
    const answers = [
      await refused(`nobody.${known.email}`, PASSWORD),
      await refused('not an address\0', PASSWORD),
      await refused(known.email, WRONG),
      await refused(known.email, ''),
      await refused(known.email, PASSWORD + 'x'.repeat(300)),
      await refused(without.email, PASSWORD),
      await refused(without.email, ''),
      await refused(service.email, PASSWORD),
      await refused(system.email, PASSWORD),
    ]
    expect(answers).toEqual(answers.map(() => answers[0]))
    expect(answers[0]).toMatchObject({ code: 'wrong_credentials', status: 401, detail: {} })
    for (const { id } of [known, without, service, system]) expect(await sessionsOf(id)).toBe(0)
    await expect(signInWithPassword(known.email, PASSWORD, makeVisitor())).resolves.toMatchObject({ userId: known.id })
  })

  test.each(['deactivated', 'suspended', 'pending_verification'] as const)('a %s account is told of after the right password only, and no session row is made', async (status) => {
    const { id, email } = await makePerson({ status })
    expect(await refused(email, WRONG)).toEqual(await refused(`nobody.${email}`, WRONG))
    expect(await refused(email, PASSWORD)).toMatchObject({ code: `account_${status}`, status: 403 })
    expect(await sessionsOf(id)).toBe(0)
  })

  test('an address that the installation does not list is refused after the right password; a listed one and its whole domain are let in', async () => {
    const { id, email } = await makePerson()
    await withEnv({ ALLOWED_ADDRESSES: ['elsewhere.test', 'test', `x${email}`] }, async () => {
      expect(await refused(email, PASSWORD)).toMatchObject({ code: 'account_not_listed' })
      expect(await refused(email, WRONG)).toMatchObject({ code: 'wrong_credentials' })
    })
    expect(await sessionsOf(id)).toBe(0)
    for (const listed of [email, 'example.test']) await withEnv({ ALLOWED_ADDRESSES: [listed] }, async () => expect((await signInWithPassword(email, PASSWORD, makeVisitor())).userId).toBe(id))
  })

  test('every refusal is in the person’s log, or in nobody’s when the address is unknown', async () => {
    const { id, email } = await makePerson()
    const unknown = `${id}@unknown.test`
    await refused(email, WRONG)
    await refused(unknown, WRONG)
    expect(await asSetup('SELECT action, reason, success FROM platform_audit_events WHERE user_id = $1', [id])).toEqual([{ action: 'session.refused', reason: 'wrong_password', success: false }])
    expect(await asSetup('SELECT user_id, reason FROM platform_audit_events WHERE subject = $1', [unknown])).toEqual([{ user_id: null, reason: 'wrong_password' }])
  })

  test('a password is the same in every Unicode form', async () => {
    const { id, email } = await makePerson({ password: 'caf\u00e9 lantern harbour' })
    await expect(signInWithPassword(email, 'cafe\u0301 lantern harbour', makeVisitor())).resolves.toMatchObject({ userId: id })
  })
})

describe('passwords imported as bcrypt', () => {
  const hash = bcrypt.hashSync(PASSWORD, 5)
  const stored = async (id: string) => (await asSetup<{ password_algorithm: string; password_hash: string; password_changed_at: Date | null }>('SELECT password_algorithm, password_hash, password_changed_at FROM users WHERE id = $1', [id]))[0]!

  test('are verified once and replaced by argon2id with at least 19 MiB and two passes, without counting as changed', async () => {
    const { id, email } = await makePerson({ bcrypt: hash })
    await signInWithPassword(email, PASSWORD, makeVisitor())
    const { password_algorithm, password_hash, password_changed_at } = await stored(id)
    expect({ password_algorithm, password_changed_at }).toEqual({ password_algorithm: 'argon2id', password_changed_at: null })
    const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),/.exec(password_hash)!
    expect(Number(memory)).toBeGreaterThanOrEqual(19_456)
    expect(Number(passes)).toBeGreaterThanOrEqual(2)
    await expect(signInWithPassword(email, PASSWORD, makeVisitor())).resolves.toMatchObject({ userId: id })
    expect((await stored(id)).password_hash).toBe(password_hash)
  })

  test('stay as they are after a wrong one', async () => {
    const { id, email } = await makePerson({ bcrypt: hash })
    await refused(email, WRONG)
    expect((await stored(id)).password_hash).toBe(hash)
  })

  test('are not matched by a longer password that begins alike, and such a one is not refused sooner than at an unknown address', async () => {
    const long = 'x'.repeat(72)
    const { email } = await makePerson({ bcrypt: bcrypt.hashSync(long, 5) })
    const took = async (address: string) => {
      const began = performance.now()
      expect(await refused(address, `${long}y`)).toMatchObject({ code: 'wrong_credentials' })
      return performance.now() - began
    }
    const rounds: [number, number][] = []
    await took('warm.up@example.test')
    for (let at = 0; at < 4; at++) rounds.push([await took(email), await took(`${at}.${email}`)])
    // The quickest of each: whatever else the machine does only adds to them.
    const [known, unknown] = [0, 1].map((which) => Math.min(...rounds.map((round) => round[which as 0 | 1])))
    expect(known!).toBeGreaterThan(unknown! * 0.6)
    await expect(signInWithPassword(email, long, makeVisitor())).resolves.toBeTruthy()
  })
})

describe('a reset', () => {
  test('opens an account that too many wrong passwords have closed', async () => {
    const { id, email } = await makePerson()
    for (let at = 0; at < 5; at++) await refused(email, WRONG)
    expect(await refused(email, PASSWORD)).toMatchObject({ code: 'too_many_requests' })
    const link = await makeResetLink(id)
    await resetPassword(link.split('/').pop()!, 'another lantern harbour 8', makeVisitor())
    await expect(signInWithPassword(email, 'another lantern harbour 8', makeVisitor())).resolves.toMatchObject({ userId: id })
  })
})

describe('many at once', () => {
  test('fifty people sign in at the same moment, and all of them are in', async () => {
    const people = await Promise.all(Array.from({ length: 50 }, () => makePerson()))
    const answers = await Promise.allSettled(people.map(({ email }) => signInWithPassword(email, PASSWORD, makeVisitor())))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
  })

  test('a password that is set anew while a sign-in waits its turn makes the old one wrong', async () => {
    const [{ id, email }, other] = [await makePerson(), await makePerson()]
    let release = () => {}
    const before = inTurn('sign-in', { atOnce: 1 }, () => new Promise<void>((resolve) => (release = resolve)))
    const [waiting, control] = [refused(email, PASSWORD), signInWithPassword(other.email, PASSWORD, makeVisitor())]
    // What waits has read the old hash by now: the reset below takes longer than that.
    await new Promise((resolve) => setTimeout(resolve, 300))
    await resetPassword((await makeResetLink(id)).split('/').pop()!, 'another lantern harbour 8', makeVisitor())
    release()
    await before
    expect(await waiting).toMatchObject({ code: 'wrong_credentials' })
    expect(await sessionsOf(id)).toBe(0)
    expect((await control).userId).toBe(other.id)
  })
})
