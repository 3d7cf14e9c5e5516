import { afterAll, describe, expect, test } from 'vitest'
import { findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { endSession, endSessionOfToken } from '@/lib/sessions/sessions'
import { closeConnections } from '@/lib/testing/connections'
import { asSetup, makePerson, makeVisitor, PASSWORD, refusalOf } from '@/lib/testing/make-person'
import { seeded } from '@/lib/testing/seeded'
import { hashToken } from '@/lib/tokens/token'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { readAccessToken } from './access-tokens'
import { describeMe, refreshByApi, signInByApi, type TokenPair } from './api-sessions'

afterAll(closeConnections)

const opens = async (access: string) => {
  const session = await readAccessToken(access)
  return session !== null && (await findPerson(session, 'api')) !== null
}
const signIn = async () => {
  const person = await makePerson()
  return { person, pair: await signInByApi({ email: person.email, password: PASSWORD }, makeVisitor()) }
}
const refresh = (token: string) => refreshByApi(token, NO_VISITOR)
const refused = async (token: string) => (await refusalOf(refresh(token))).code
const sessionOf = async (access: string) => (await findPerson((await readAccessToken(access))!, 'api'))!

describe('signing a script in', () => {
  test('gives an access token of fifteen minutes and a refresh token that is stored as a digest only', async () => {
    const { person, pair } = await signIn()
    expect(pair).toMatchObject({ token_type: 'Bearer', expires_in: 900 })
    expect(await opens(pair.access_token)).toBe(true)
    const [row] = await asSetup<{ token_hash: Buffer }>('SELECT token_hash FROM refresh_tokens WHERE user_id = $1', [person.id])
    expect(Buffer.from(row!.token_hash)).toEqual(Buffer.from(hashToken(pair.refresh_token)))
  })

  test('is refused by the same rules as the form', async () => {
    const { email } = await makePerson()
    for (let at = 0; at < 5; at++) expect((await refusalOf(signInByApi({ email, password: 'wrong wrong wrong' }, makeVisitor()))).code).toBe('wrong_credentials')
    expect(await refusalOf(signInByApi({ email, password: PASSWORD }, makeVisitor()))).toMatchObject({ status: 429 })
  })

  test('behind a second factor ends the session when no code or a wrong one comes', async () => {
    const { id, email } = await makePerson()
    await asSetup(`INSERT INTO passkeys (id, user_id, credential_id, public_key, name) VALUES (gen_random_uuid(), $1, $2, $2, 'Key')`, [id, Buffer.from(id)])
    expect(await refusalOf(signInByApi({ email, password: PASSWORD }, makeVisitor()))).toMatchObject({ status: 401, code: 'second_factor_required' })
    expect((await refusalOf(signInByApi({ email, password: PASSWORD, code: '000000' }, makeVisitor()))).code).toBe('invalid')
    expect(await asSetup(`SELECT revoke_reason FROM sessions WHERE user_id = $1 AND kind = 'api'`, [id])).toEqual([{ revoke_reason: 'factor_refused' }, { revoke_reason: 'factor_refused' }])
    expect(await asSetup('SELECT FROM refresh_tokens WHERE user_id = $1', [id])).toEqual([])
  })

  test('signing out ends it, for its access token and its refresh token', async () => {
    const { pair } = await signIn()
    await endSessionOfToken((await readAccessToken(pair.access_token))!, NO_VISITOR, 'signed_out')
    expect(await opens(pair.access_token)).toBe(false)
    expect(await refused(pair.refresh_token)).toBe('signed_out')
    expect(await refusalOf(describeMe(await readAccessToken(pair.access_token)))).toMatchObject({ status: 401 })
  })
})

test('a session at a gate says nothing of the person', async () => {
  const { person, pair } = await signIn()
  const session = await readAccessToken(pair.access_token)
  expect(await describeMe(session)).toMatchObject({ email: person.email })
  await asSetup('UPDATE users SET must_change_password = true WHERE id = $1', [person.id])
  expect(await refusalOf(describeMe(session))).toMatchObject({ status: 403, code: 'new_password' })
})

describe('a refresh token', () => {
  test('gives a new pair once, and the earlier access token is out', async () => {
    const { pair } = await signIn()
    const next = await refresh(pair.refresh_token)
    expect([await opens(pair.access_token), await opens(next.access_token)]).toEqual([false, true])
    expect(next.refresh_token).not.toBe(pair.refresh_token)
  })

  test('used a hundred times at once gives one success', async () => {
    const { pair } = await signIn()
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => refresh(pair.refresh_token)))
    const won = answers.filter((answer) => answer.status === 'fulfilled')
    console.info(`100 parallel refreshes: ${won.length} success`)
    expect(won).toHaveLength(1)
    // Ninety-nine others had a copy: the session is over, for the winner too.
    expect(await opens((won[0] as PromiseFulfilledResult<TokenPair>).value.access_token)).toBe(false)
    expect(await refused((won[0] as PromiseFulfilledResult<TokenPair>).value.refresh_token)).toBe('signed_out')
  })

  test('that comes again ends its session and every token that came of it, and no other session', async () => {
    const { person, pair: first } = await signIn()
    const elsewhere = await signInByApi({ email: person.email, password: PASSWORD }, makeVisitor())
    const second = await refresh(first.refresh_token)
    const third = await refresh(second.refresh_token)
    expect(await opens(third.access_token)).toBe(true)
    expect(await refused(first.refresh_token)).toBe('signed_out')
    expect(await opens(third.access_token)).toBe(false)
    for (const { refresh_token } of [first, second, third]) expect(await refused(refresh_token)).toBe('signed_out')
    expect(await opens((await refresh(elsewhere.refresh_token)).access_token)).toBe(true)
    expect((await asSetup<{ reason: string }>(`SELECT revoke_reason AS reason FROM sessions WHERE user_id = $1 AND revoked_at IS NOT NULL`, [person.id]))).toEqual([{ reason: 'token_reused' }])
  })

  test.each(['deactivated', 'suspended'])('is worth nothing once the account is %s', async (status) => {
    const { person, pair } = await signIn()
    await asSetup('UPDATE users SET status = $2 WHERE id = $1', [person.id, status])
    expect(await refused(pair.refresh_token)).toBe('signed_out')
  })

  test('is no access token, no session, and unknown in any other form', async () => {
    const { pair } = await signIn()
    expect(await opens(pair.refresh_token)).toBe(false)
    expect(await findPerson(pair.refresh_token, 'api')).toBeNull()
    for (const form of ['', 'x', pair.access_token, pair.refresh_token.slice(1), `${pair.refresh_token}A`]) expect(await refused(form)).toBe('signed_out')
    expect(await opens((await refresh(pair.refresh_token)).access_token)).toBe(true)
  })
})

// The rules in their shortest form: a session is alive until it is ended; its tokens stand in a row of which the last one alone
// is fresh; what is old ends it.
type Model = { alive: boolean; pairs: TokenPair[] }

describe('sequences', () => {
  test.each([1, 2, 3, 4])('300 random steps (seed %d) go as the model says', async (seed) => {
    const random = seeded(seed)
    const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!
    const people = await Promise.all([makePerson(), makePerson()])
    const sessions: Model[] = []
    const counts: Record<string, number> = {}
    for (let step = 0; step < 300; step++) {
      const action = sessions.length === 0 ? 'login' : pick(['login', 'refresh', 'refresh', 'refresh', 'refresh', 'reuse', 'use', 'use', 'use', 'logout', 'expire', 'end others'])
      const session = pick(sessions)
      const latest = session?.pairs.at(-1)
      counts[action] = (counts[action] ?? 0) + 1
      const where = `seed ${seed}, step ${step}: ${action}`
      if (action === 'login') {
        sessions.push({ alive: true, pairs: [await signInByApi({ email: pick(people).email, password: PASSWORD }, NO_VISITOR)] })
      } else if (action === 'refresh') {
        const answer = await refresh(latest!.refresh_token).catch(() => null)
        expect(answer !== null, where).toBe(session!.alive)
        if (answer) session!.pairs.push(answer)
      } else if (action === 'reuse' && session!.pairs.length > 1) {
        expect(await refused(pick(session!.pairs.slice(0, -1)).refresh_token), where).toBe('signed_out')
        session!.alive = false
      } else if (action === 'use') {
        const pair = pick(session!.pairs)
        expect(await opens(pair.access_token), where).toBe(session!.alive && pair === latest)
      } else if (action === 'logout') {
        await endSessionOfToken((await readAccessToken(latest!.access_token))!, NO_VISITOR, 'signed_out')
        session!.alive = false
      } else if (action === 'expire' && session!.alive) {
        const { sessionId } = await sessionOf(latest!.access_token)
        await asSetup(`UPDATE sessions SET ${pick(['expires_at', 'idle_expires_at'])} = now() - interval '1 second' WHERE id = $1`, [sessionId])
        session!.alive = false
      } else if (action === 'end others' && session!.alive) {
        const { sessionId, userId } = await sessionOf(latest!.access_token)
        await withPerson(userId, NO_VISITOR, (scope) => endSession(scope, sessionId))
        session!.alive = false
      }
    }
    for (const { alive, pairs } of sessions) expect(await opens(pairs.at(-1)!.access_token)).toBe(alive)
    console.info(`sequences, seed ${seed}: ${Object.entries(counts).map(([action, count]) => `${action} ${count}`).join(', ')}; ${sessions.length} sessions`)
    expect(counts.refresh).toBeGreaterThan(50)
  })
})
