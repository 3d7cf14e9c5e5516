import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { forgetAttempts } from '@/lib/limits/limits'
import { requestReset } from '@/lib/passwords/reset'
import { requestSignUp } from '@/lib/sign-up/sign-up'
import { closeConnections } from '@/lib/testing/connections'
import { asSetup, makePerson, makeVisitor, PASSWORD, refusalOf } from '@/lib/testing/make-person'
import { withEnv } from '@/lib/testing/with-env'
import { signInWithPassword } from './password-sign-in'

afterAll(closeConnections)

const TOLERANCE = 0.05
const MORE_AT_MOST = 10

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const shuffled = <T>(values: T[]) => values.map((value) => ({ value, lot: Math.random() })).sort((a, b) => a.lot - b.lot).map(({ value }) => value)
/** The geometric mean: one that took very long moves it little, and it equals none of them. */
const middle = (values: number[]) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)

/**
 * Does pieces of work in turn, in an order drawn by lot each round, so that whatever slows the machine, and whatever one
 * leaves to the next, slows them all alike, and compares the medians of what each took against the middle of its own round. Noise fades with more rounds; a real difference stays.
 */
async function expectAlike(what: string, pieces: Record<string, () => Promise<unknown>>, rounds: number): Promise<void> {
  const names = Object.keys(pieces)
  const took: Record<string, number>[] = []
  let spread = Infinity
  for (const name of names) await pieces[name]!()
  for (let more = 0; more < MORE_AT_MOST && spread > TOLERANCE; more++) {
    for (let at = 0; at < rounds; at++) {
      const round: Record<string, number> = {}
      for (const name of shuffled(names)) {
        const began = performance.now()
        await pieces[name]!()
        round[name] = performance.now() - began
      }
      took.push(round)
    }
    const shares = names.map((name) => median(took.map((round) => round[name]! / middle(Object.values(round)))))
    spread = Math.max(...shares) / Math.min(...shares) - 1
  }
  console.info(`${what}: ${names.map((name) => `${name} ${median(took.map((round) => round[name]!)).toFixed(2)} ms`).join(', ')}; ${took.length} rounds, spread ${(spread * 100).toFixed(1)} %`)
  expect(spread).toBeLessThanOrEqual(TOLERANCE)
}

test('the measurement itself tells a piece of work that takes a tenth longer', async () => {
  const spin = (ms: number) => () => {
    const until = performance.now() + ms
    while (performance.now() < until);
    return Promise.resolve()
  }
  await expect(expectAlike('a tenth longer', { usual: spin(3), same: spin(3), longer: spin(3.3) }, 20)).rejects.toThrow()
})

test('time does not tell an unknown address from a wrong password, a missing one, a closed account or an empty password', async () => {
  const [known, without, closed] = [await makePerson(), await makePerson({ password: null }), await makePerson({ status: 'deactivated' })]
  const visitor = makeVisitor()
  const answers = new Set<string>()
  const tries = (email: string, password: string) => async () => {
    answers.add(JSON.stringify(await refusalOf(signInWithPassword(email, password, visitor))))
    await Promise.all([forgetAttempts('account', email, null), forgetAttempts('row', email), forgetAttempts('address', visitor.ip)])
  }
  await expectAlike('sign-in', {
    unknown: tries(`unknown.${known.email}`, 'not the right one 1'),
    wrong: tries(known.email, 'not the right one 1'),
    'no password': tries(without.email, 'not the right one 1'),
    deactivated: tries(closed.email, 'not the right one 1'),
    empty: tries(known.email, ''),
  }, 30)
  expect([...answers]).toHaveLength(1)
}, 60_000)

test('asking for a reset takes as long, writes as much and answers the same for every address', async () => {
  const { email } = await makePerson()
  const unknown = `unknown.${email}`
  const asks = (address: string) => async () => {
    const visitor = makeVisitor()
    expect(await requestReset(address, visitor)).toBeUndefined()
    await forgetAttempts('mailTo', address)
  }
  await expectAlike('reset', { known: asks(email), unknown: asks(unknown) }, 150)
  const written = (address: string) => asSetup<{ n: number; kinds: string[] }>(`SELECT count(*)::int AS n, array_agg(DISTINCT kind) AS kinds FROM mails WHERE to_address = $1 AND kind = 'reset_request'`, [address])
  expect(await written(email)).toEqual(await written(unknown))
})

test('asking to sign up takes as long, sends one mail and answers the same whether there is an account or not', async () => {
  const { email } = await makePerson()
  const unknown = `unknown.${email}`
  const asks = (address: string) => async () => {
    const visitor = makeVisitor()
    const form = { name: 'Robin', email: address, password: `${PASSWORD} ${randomBytes(4).toString('hex')}`, organization: 'Lighthouse', kind: 'company' as const, timezone: '' }
    expect(await requestSignUp(form, visitor)).toBeUndefined()
    await forgetAttempts('mailTo', address)
  }
  await withEnv({ SIGN_UP: 'open', SMTP_URL: 'smtp://127.0.0.1:1' }, () => expectAlike('sign-up', { known: asks(email), unknown: asks(unknown) }, 25))
  const sent = async (address: string) => (await asSetup<{ n: number }>('SELECT count(*)::int AS n FROM mails WHERE to_address = $1', [address]))[0]!.n
  expect(await sent(email)).toBeGreaterThan(0)
  expect(await sent(email)).toBe(await sent(unknown))
}, 60_000)

test('too many wrong passwords are refused alike for an address that nobody has', async () => {
  const { email } = await makePerson()
  const last = async (address: string) => {
    for (let at = 0; at < 5; at++) await refusalOf(signInWithPassword(address, 'not the right one 1', makeVisitor()))
    const { waitS, ...refusal } = await refusalOf(signInWithPassword(address, PASSWORD, makeVisitor()))
    expect(waitS).toBeGreaterThan(0)
    return { ...refusal, message: refusal.message.replace(/\d+/, 'some'), detail: Object.keys(refusal.detail as object) }
  }
  expect(await last(email)).toEqual(await last(`unknown.${email}`))
})
