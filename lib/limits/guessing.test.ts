import { createHash, randomInt } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { withPerson } from '@/lib/platform/person'
import { openSession } from '@/lib/sessions/sessions'
import { signInWithPassword } from '@/lib/sign-in/password-sign-in'
import { closeConnections } from '@/lib/testing/connections'
import { asSetup, makePerson, makeVisitor, PASSWORD, refusalOf } from '@/lib/testing/make-person'
import type { Visitor } from '@/lib/visitors/visitor'

afterAll(closeConnections)
// The counters of a minute begin on the first attempt: each test has an account and a visitor of its own.
let email: string
let userId: string
beforeEach(async () => void ({ email, id: userId } = await makePerson()))

const WRONG = 'not the right one 1'
const guess = async (visitor: Visitor, address = email, password = WRONG) => (await refusalOf(signInWithPassword(address, password, visitor))).code
const tally = (codes: string[]) => ({ verified: codes.filter((code) => code === 'wrong_credentials').length, refused: codes.filter((code) => code === 'too_many_requests').length })
/** The minute is over for this account; the counter of a day stays. */
const aMinuteLater = () => asSetup('UPDATE rate_limits SET expire = 0 WHERE key = $1 RETURNING key', [`account:${createHash('sha256').update(`${email}\0`).digest('base64url')}`]).then((rows) => expect(rows).toHaveLength(1))

describe('guessing', () => {
  test('five wrong passwords a minute, then a wait that is told, for a right one too', async () => {
    for (let at = 0; at < 5; at++) expect(await guess(makeVisitor())).toBe('wrong_credentials')
    const refusal = await refusalOf(signInWithPassword(email, PASSWORD, makeVisitor()))
    expect(refusal).toMatchObject({ code: 'too_many_requests', status: 429 })
    expect(refusal.waitS).toBeGreaterThan(0)
    expect(refusal.waitS).toBeLessThanOrEqual(60)
    expect(refusal.message).toContain(`${refusal.waitS} seconds`)
  })

  test('200 at once, each from an address and with a mark of its own, get five guesses', async () => {
    const codes = await Promise.all(Array.from({ length: 200 }, () => guess(makeVisitor({ withDevice: true }))))
    expect(tally(codes)).toEqual({ verified: 5, refused: 195 })
  })

  test('however the address is written, it is the same account', async () => {
    const [local, domain] = email.split('@') as [string, string]
    const forms = [email, email.toUpperCase(), ` ${email}`, `${local}@${domain.toUpperCase()}`, `${email}\t`]
    const codes = await Promise.all(Array.from({ length: 40 }, (_, at) => guess(makeVisitor(), forms[at % forms.length])))
    expect(tally(codes)).toEqual({ verified: 5, refused: 35 })
  })

  test('200 at once from one address, each at another account, get twenty guesses', async () => {
    const visitor = makeVisitor()
    const codes = await Promise.all(Array.from({ length: 200 }, (_, at) => guess(visitor, `${at}.${email}`)))
    expect(tally(codes)).toEqual({ verified: 20, refused: 180 })
  })

  test('a right password is not counted: thirty sign-ins in a minute', async () => {
    const visitor = makeVisitor()
    for (let at = 0; at < 30; at++) await signInWithPassword(email, PASSWORD, visitor)
    expect((await asSetup<{ n: number }>('SELECT count(*)::int AS n FROM sessions WHERE user_id = $1', [userId]))[0]!.n).toBe(30)
  })

  test('one’s own right password does not buy guesses at others', async () => {
    const visitor = makeVisitor()
    let verified = 0
    for (let at = 0; at < 30; at++) {
      if ((await guess(visitor, `${at}.${email}`)) === 'wrong_credentials') verified++
      await signInWithPassword(email, PASSWORD, visitor).catch(() => undefined)
    }
    expect(verified).toBe(20)
  })

  test('ten wrong in a row close the account to browsers it does not know for half an hour; a known one gets in, and begins the row anew', async () => {
    const known = makeVisitor({ withDevice: true })
    await signInWithPassword(email, PASSWORD, known)
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 5; at++) expect(await guess(makeVisitor())).toBe('wrong_credentials')
      await aMinuteLater()
    }
    const refusal = await refusalOf(signInWithPassword(email, PASSWORD, makeVisitor()))
    expect(refusal.waitS).toBeGreaterThan(1_700)
    expect(refusal.waitS).toBeLessThanOrEqual(1_800)
    await aMinuteLater()
    expect(await guess(makeVisitor(), email, PASSWORD)).toBe('too_many_requests')
    // Somebody else's mark is none of this account's.
    expect(await guess(makeVisitor({ withDevice: true }), email, PASSWORD)).toBe('too_many_requests')
    await expect(signInWithPassword(email, PASSWORD, { ...makeVisitor(), deviceToken: known.deviceToken })).resolves.toMatchObject({ userId })
    await aMinuteLater()
    await expect(signInWithPassword(email, PASSWORD, makeVisitor())).resolves.toMatchObject({ userId })
  })

  test('a known browser has five guesses of its own, whatever others have used up', async () => {
    const known = makeVisitor({ withDevice: true })
    await signInWithPassword(email, PASSWORD, known)
    for (let at = 0; at < 7; at++) await guess(makeVisitor())
    const codes = await Promise.all(Array.from({ length: 50 }, () => guess({ ...makeVisitor(), deviceToken: known.deviceToken })))
    expect(tally(codes)).toEqual({ verified: 5, refused: 45 })
  })

  test('a session behind a second factor makes no browser known', async () => {
    const visitor = makeVisitor({ withDevice: true })
    await withPerson(userId, visitor, (scope) => openSession(scope, { method: 'password', needsFactor: true }))
    for (let at = 0; at < 5; at++) await guess(makeVisitor())
    expect(await guess(visitor, email, PASSWORD)).toBe('too_many_requests')
  })

  test('two instances count together', async () => {
    const here = await import('./limits')
    vi.resetModules()
    const there = await import('./limits')
    expect(there.takeAttempt).not.toBe(here.takeAttempt)
    const key = `${randomInt(1e9)}@two.test`
    const answers = await Promise.allSettled(Array.from({ length: 40 }, (_, at) => (at % 2 ? here : there).takeAttempt('account', key, null)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  })

  test('counters name nobody', async () => {
    await guess(makeVisitor())
    const keys = (await asSetup<{ key: string }>('SELECT key FROM rate_limits')).map(({ key }) => key)
    expect(keys.length).toBeGreaterThan(0)
    expect(keys.filter((key) => !/^[a-zA-Z]+:[\w-]{43}$/.test(key))).toEqual([])
  })
})
