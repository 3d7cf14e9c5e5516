import { createHmac } from 'node:crypto'
import { type APIRequestContext, type APIResponse, expect, test } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import { query } from './support/database'
import { hostileAddresses } from './support/hostile-addresses'
import { makePlace } from './support/organization'
import { clientOf } from './support/people'
import { type ProviderSeat, someone, startProviderSeat } from './support/provider-seat'
import { askForProvider, browserOf, sessionCookieOf, walk } from './support/provider-walk'

let seat: ProviderSeat
test.beforeAll(async () => void (seat = await startProviderSeat()))
test.afterAll(() => seat?.stop())
test.describe.configure({ timeout: 240_000 })

const csrfOf = async (api: APIRequestContext) => ((await (await api.get('/api/auth/csrf')).json()) as { csrfToken: string }).csrfToken

test('no address to go back to leads off this site, however it is brought', async () => {
  const { base } = seat.server
  const place = await makePlace('listed_domains', (mark) => [{ value: `${mark}.example` }])
  const account = someone(`nora@${place.mark}.example`)
  const addresses = hostileAddresses(base)
  expect(addresses.length).toBeGreaterThanOrEqual(80)
  let tried = 0

  const stays = async (what: string, answer: APIResponse, elsewhere?: string) => {
    tried++
    expect.soft(answer.status(), what).toBeLessThan(500)
    const { location } = answer.headers()
    const told = [location, ...(answer.headers()['content-type']?.includes('json') ? [((await answer.json()) as { url?: string }).url] : [])].filter((url) => url !== undefined)
    for (const url of told) expect.soft([base, elsewhere], `${what} → ${url}`).toContain(new URL(url, base).origin)
    for (const cookie of answer.headersArray().filter(({ name }) => name.toLowerCase() === 'set-cookie')) {
      const [, kept] = /^next-auth\.callback-url=([^;]*)/.exec(cookie.value) ?? []
      if (kept) expect.soft(new URL(decodeURIComponent(kept), base).origin, `${what} is kept in a cookie`).toBe(base)
    }
  }

  const api = await browserOf(base)
  const csrfToken = await csrfOf(api)
  const origin = (await askForProvider(api, base)).origin
  for (const callbackUrl of addresses) {
    const what = JSON.stringify(callbackUrl).slice(0, 80)
    const query = `callbackUrl=${encodeURIComponent(callbackUrl.toWellFormed())}`
    await stays(`POST signin ${what}`, await api.post('/api/auth/signin/oidc', { form: { csrfToken, callbackUrl, json: 'true' } }), origin)
    await stays(`POST signout ${what}`, await api.post('/api/auth/signout', { form: { csrfToken, callbackUrl } }))
    await stays(`GET signin ${what}`, await api.get(`/api/auth/signin?${query}`))
    await stays(`GET error ${what}`, await api.get(`/api/auth/error?error=Callback&${query}`))
    await stays(`POST credentials ${what}`, await api.post('/api/auth/callback/credentials', { form: { csrfToken, callbackUrl, email: 'a@b.example', password: 'wrong', json: 'true' } }))
    await stays(`cookie ${what}`, await api.get('/api/auth/session', { headers: { Cookie: `next-auth.callback-url=${encodeURIComponent(callbackUrl.toWellFormed())}` } }))
  }
  // All the way through: where the browser is after the provider let it in.
  for (const callbackUrl of addresses.filter((_, at) => at % 8 === 0)) {
    const browser = await browserOf(base)
    const { to } = await walk(browser, await askForProvider(browser, base, callbackUrl), account, base)
    expect.soft(to.origin, JSON.stringify(callbackUrl)).toBe(base)
    expect(await sessionCookieOf(browser)).toBeTruthy()
    await browser.dispose()
    tried++
  }
  // Positive control: an address of this site is kept, by each way.
  const browser = await browserOf(base)
  expect((await walk(browser, await askForProvider(browser, base, `/${place.slug}?a=b%20c`), account, base)).to.href).toBe(`${base}/${place.slug}?a=b%20c`)
  console.info(`addresses to go back to: ${addresses.length} forms, ${tried} tries, 0 off this site`)
})

test('nothing that a client sends to its session, or writes into its cookie, changes who it is', async () => {
  const viewer = 'lin.park@example.com'
  const [other] = await query<{ id: string }>(`SELECT id FROM users WHERE email_lc = 'ada.moss@example.com'`)
  const [me] = await query<{ id: string }>('SELECT id FROM users WHERE email_lc = $1', [viewer])
  const [foreign] = await query<{ id: string }>(`SELECT id FROM organizations WHERE slug = 'fern-forge'`)
  const api = await clientOf(viewer)
  const cookie = (await sessionCookieOf(api))!
  const name = 'bulkhead.session'

  const reach = async (client: APIRequestContext, headers?: Record<string, string>) => {
    const [own, elsewhere, settings] = [await client.get('/copperleaf', { headers }), await client.get('/fern-forge', { headers }), await client.get('/copperleaf/settings/audit', { headers })]
    return [own.status(), elsewhere.status(), settings.status()]
  }
  const asMe = [200, 404, 403]
  const asNobody = [307, 307, 307]
  expect(await reach(api)).toEqual(asMe)

  const wishes: Record<string, unknown>[] = ['sub', 'id', 'userId', 'user_id', 'uid', 'sid', 'email', 'role', 'tenantId', 'tenant_id', 'activeTenantId', 'organization', 'slug', 'isSuperAdmin', 'is_super_admin', 'name', 'picture', 'permissions', 'scope', 'status', 'gate', 'needsFactor', 'exp', 'iat', 'jti']
    .flatMap((key) => [{ [key]: other!.id }, { user: { [key]: other!.id } }, { token: { [key]: 'owner' } }, { [key]: true }, { [key]: foreign!.id }])
  const csrfToken = await csrfOf(api)
  let tries = 0
  for (const data of wishes) {
    const answer = await api.post('/api/auth/session', { data: { csrfToken, data } })
    expect(answer.status()).toBeLessThan(500)
    expect(Object.keys((await answer.json()) as object)).toEqual(['expires'])
    tries++
    if (tries % 5 === 0) expect(await reach(api), JSON.stringify(data)).toEqual(asMe)
  }
  for (const data of [null, [], 'x', 7, '{"__proto__":{"sub":"x"}}', { constructor: { prototype: { sid: 'x' } } }]) {
    expect((await api.post('/api/auth/session', { data: { csrfToken, data } })).status()).toBeLessThan(500)
    expect((await api.post('/api/auth/session', { data: { csrfToken: 'wrong', data } })).status()).toBeLessThan(500)
    tries += 2
  }
  expect(await reach(api)).toEqual(asMe)

  // Cookies of all kinds: made without the secret, made with it but without a token of a session, and mine with other claims.
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = (head: object, body: object, key: string) => `${part(head)}.${part(body)}.${createHmac('sha256', key).update(`${part(head)}.${part(body)}`).digest('base64url')}`
  const secret = process.env.NEXTAUTH_SECRET!
  const claims = [{ sub: other!.id }, { sid: other!.id }, { sid: foreign!.id, sub: other!.id }, { email: 'ada.moss@example.com' }, { userId: other!.id, role: 'owner' }, { sid: '' }, { sid: null }, { sid: [cookie] }, { sid: { $ne: '' } }, { sid: "' OR 1=1 --" }, { sid: '%' }, { sid: true }]
  const forged = (await Promise.all(claims.flatMap((body) => [
    `${part({ alg: 'none' })}.${part(body)}.`, signed({ alg: 'HS256', typ: 'JWT' }, body, 'guess'), signed({ alg: 'HS256', typ: 'JWT' }, body, secret), encode({ token: body, secret: 'another-secret-another-secret-another-secret' }), encode({ token: body, secret }),
  ])))
  const broken = [cookie.slice(0, -3), `${cookie}x`, cookie.split('.').reverse().join('.'), cookie.toUpperCase(), '', 'null', '.', '....', 'a.b.c.d.e', 'x'.repeat(3_900)]
  for (const value of [...forged, ...broken]) {
    const client = await browserOf()
    expect(await reach(client, { Cookie: `${name}=${value}` }), value.slice(0, 60)).toEqual(asNobody)
    await client.dispose()
    tries++
  }
  // Also split over several cookies, as NextAuth does with long ones.
  for (const value of forged.slice(0, 12)) {
    const client = await browserOf()
    expect(await reach(client, { Cookie: `${name}.0=${value.slice(0, 40)}; ${name}.1=${value.slice(40)}` })).toEqual(asNobody)
    await client.dispose()
    tries++
  }
  expect(await reach(api)).toEqual(asMe)
  expect(await query('SELECT user_id FROM sessions WHERE user_id = $1 AND revoked_at IS NULL LIMIT 1', [me!.id])).toEqual([{ user_id: me!.id }])
  expect(tries).toBeGreaterThanOrEqual(200)
  console.info(`sessions: ${tries} tries to be somebody else, 0 effects`)
})
