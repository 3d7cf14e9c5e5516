import { createHash, randomBytes } from 'node:crypto'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { v7 } from '../lib/uuid'
import { query } from './support/database'
import type { Account } from './support/identity-provider'
import { PASSWORD } from './support/people'
import { makePerson, type ProviderSeat, someone, startProviderSeat } from './support/provider-seat'
import { browserOf, signInByProvider } from './support/provider-walk'
import type { SecondServer } from './support/second-server'

/** Connecting a provider to an account, as the page under Security begins it: a token for this session, held in a cookie. */
let seat: ProviderSeat
let server: SecondServer

test.beforeAll(async () => {
  seat = await startProviderSeat()
  server = seat.server
})
test.afterAll(() => seat?.stop())

const enter = (api: APIRequestContext, account: Account) => signInByProvider(api, account, undefined, server.base)

async function signInByPassword(email: string): Promise<APIRequestContext> {
  const api = await browserOf(server.base)
  const { csrfToken } = (await (await api.get('/api/auth/csrf')).json()) as { csrfToken: string }
  expect((await api.post('/api/auth/callback/credentials', { form: { csrfToken, email, password: PASSWORD, json: 'true' } })).ok()).toBe(true)
  return api
}

async function begin({ minutes = 10, provider: key = 'oidc', sessionOf }: { minutes?: number; provider?: string; sessionOf?: string } = {}) {
  const mark = randomBytes(5).toString('hex')
  const email = `nora@${mark}.example`
  const id = await makePerson(email)
  const api = await signInByPassword(email)
  const [session] = await query<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1 ORDER BY id DESC LIMIT 1', [id])
  const secret = randomBytes(32).toString('base64url')
  await query(`INSERT INTO one_time_tokens (id, purpose, token_hash, user_id, payload, expires_at) VALUES ($1, 'connect', $2, $3, $4, now() + make_interval(mins => $5))`, [v7(), createHash('sha256').update(secret).digest(), id, JSON.stringify({ sessionId: sessionOf ?? session!.id, provider: key }), minutes])
  const state = await api.storageState()
  const browser = await browserOf(server.base, { ...Object.fromEntries(state.cookies.map(({ name, value }) => [name, value])), 'bulkhead.connect': secret })
  const identities = () => query<{ subject: string }>('SELECT subject FROM user_identities WHERE user_id = $1', [id])
  return { id, mark, email, browser, secret, identities }
}
const came = ({ to }: { to: URL }) => `${to.pathname}${to.search}`

test('connects whatever address the provider says, once, and then signs in', async () => {
  const { browser, identities, mark } = await begin()
  const account = someone(`private.${mark}@elsewhere.invalid`, { email_verified: false })
  expect(came(await enter(browser, account))).toBe('/account/security?connected=oidc')
  expect(await identities()).toEqual([{ subject: account.sub }])
  const next = await browserOf(server.base)
  await enter(next, account)
  expect((await next.get('/organizations')).status()).toBe(200)
})

test.describe('is refused', () => {
  test('too late', async () => {
    const { browser, identities, email } = await begin({ minutes: -1 })
    expect(came(await enter(browser, someone(email)))).toBe('/account/security?refused=expired')
    expect(await identities()).toEqual([])
  })

  test('for another provider than was asked for', async () => {
    const { browser, identities, email } = await begin({ provider: 'google' })
    expect(came(await enter(browser, someone(email)))).toBe('/account/security?refused=expired')
    expect(await identities()).toEqual([])
  })

  test('from another session than asked, and a second time', async () => {
    const { browser, identities, email } = await begin({ sessionOf: v7() })
    expect(came(await enter(browser, someone(email)))).toBe('/account/security?refused=expired')
    const mine = await begin()
    expect(came(await enter(mine.browser, someone(mine.email)))).toBe('/account/security?connected=oidc')
    const again = await browserOf(server.base, { ...Object.fromEntries((await mine.browser.storageState()).cookies.map(({ name, value }) => [name, value])), 'bulkhead.connect': mine.secret })
    expect(came(await enter(again, someone(mine.email)))).toBe('/account/security?refused=expired')
    expect(await mine.identities()).toHaveLength(1)
    expect(await identities()).toEqual([])
  })

  test('with a token planted in the browser of somebody else, signed in or not', async () => {
    const attacker = await begin()
    const victim = await begin()
    const cookies = Object.fromEntries((await victim.browser.storageState()).cookies.map(({ name, value }) => [name, value]))
    expect(came(await enter(await browserOf(server.base, { ...cookies, 'bulkhead.connect': attacker.secret }), someone(victim.email)))).toBe('/account/security?refused=expired')
    const fresh = await begin()
    expect(came(await enter(await browserOf(server.base, { 'bulkhead.connect': fresh.secret }), someone(victim.email)))).toBe('/account/security?refused=expired')
    for (const one of [attacker, victim, fresh]) expect(await one.identities()).toEqual([])
  })

  test('when it is somebody else’s already', async () => {
    const first = await begin()
    const account = someone(first.email)
    expect(came(await enter(first.browser, account))).toBe('/account/security?connected=oidc')
    const second = await begin()
    expect(came(await enter(second.browser, account))).toBe('/account/security?refused=taken')
    expect(await second.identities()).toEqual([])
    expect(await first.identities()).toHaveLength(1)
  })
})
