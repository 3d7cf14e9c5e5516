import { expect, test } from '@playwright/test'
import { freePort } from '../scripts/ports.ts'
import { query } from './support/database'
import { type Hostile, startHostileProvider } from './support/hostile-provider'
import { hostileSignIns } from './support/hostile-sign-ins'
import { CLIENT } from './support/identity-provider'
import { makePlace, membershipsOf, type Place, usersOf } from './support/organization'
import { askForProvider, browserOf, sessionCookieOf, walk } from './support/provider-walk'
import { type SecondServer, startSecondServer } from './support/second-server'

const PATIENCE_MS = 12_000

/** Everything that the provider says would let its person in, were it said as it should be. */
let place: Place
let hostile: Hostile
let server: SecondServer
let honest: Record<string, unknown> = {}
let people = 0

test.describe.configure({ mode: 'serial', timeout: 300_000 })

test.beforeAll(async () => {
  place = await makePlace('listed_domains', (mark) => [{ value: `link-${mark}.example` }, { value: `kim.listed@kelvin.example` }])
  server = await startSecondServer(async (base) => {
    hostile = await startHostileProvider(await freePort(), () => honest)
    return { ...CLIENT, OIDC_ISSUER: hostile.issuer, SIGN_UP: 'closed', ALLOWED_ADDRESSES: '', NEXTAUTH_URL: base }
  })
})
test.afterAll(async () => {
  server?.stop()
  await hostile?.stop()
})

const domain = () => `link-${place.mark}.example`
const fresh = () => (honest = { sub: `person-${++people}`, email: `person${people}@${domain()}`, email_verified: true, name: 'Somebody' })

/** Who has got in so far, by any of the ways to count them. */
async function standing() {
  const [identities] = await query<{ count: number }>('SELECT count(*)::int AS count FROM user_identities WHERE issuer = $1', [hostile.issuer])
  const [sessions] = await query<{ count: number }>(`SELECT count(*)::int AS count FROM sessions s JOIN user_identities i ON i.user_id = s.user_id WHERE i.issuer = $1`, [hostile.issuer])
  const [foreign] = await query<{ count: number }>(`SELECT count(*)::int AS count FROM users WHERE email_lc ~ '(elsewhere.invalid|kelvin.example|evil.example)$'`)
  return { identities: identities!.count, sessions: sessions!.count, foreign: foreign!.count, users: (await usersOf(place.mark)).length, members: (await membershipsOf(place)).length }
}

async function refused(what: string, api: Awaited<ReturnType<typeof browserOf>>, go: () => ReturnType<typeof walk>) {
  const began = Date.now()
  const { answers, to } = await go()
  expect.soft(Date.now() - began, `${what}: patience`).toBeLessThan(PATIENCE_MS)
  for (const answer of answers) expect.soft(answer.status(), what).toBeLessThan(500)
  expect.soft(`${to.origin}${to.pathname}`, what).toBe(`${server.base}/sign-in`)
  expect.soft(to.searchParams.get('error'), what).toMatch(/^(OAuthCallback|OAuthSignin|Callback|AccessDenied|[a-z_]{4,20})$/)
  expect.soft(await sessionCookieOf(api), what).toBeFalsy()
  await api.dispose()
  return to.searchParams.get('error')!
}

test('positive control: said as it should be, it lets its person in, in capitals too and by the userinfo', async () => {
  const before = await standing()
  for (const [twist, email] of [[{}], [{}, `Upper.Case@${domain().toUpperCase()}`], [{ claims: (all: Record<string, unknown>) => ({ ...all, email: undefined, email_verified: undefined }), userinfo: { email: `info@${domain()}`, email_verified: true } }]] as const) {
    fresh()
    if (email) honest.email = email
    hostile.behave(twist)
    const api = await browserOf(server.base)
    expect((await walk(api, await askForProvider(api, server.base), undefined, server.base)).to.pathname).toBe('/organizations')
    expect((await api.get('/organizations')).status()).toBe(200)
  }
  expect(await standing()).toEqual({ ...before, identities: before.identities + 3, sessions: before.sessions + 3, users: before.users + 3, members: before.members + 3 })
})

test('no hostile sign-in opens a session, makes a user or ends in an error of ours', async () => {
  const { atTheProvider, atTheReturn, discoveries } = hostileSignIns(domain())
  const before = await standing()
  const codes: Record<string, number> = {}
  let tried = 0
  const count = (code: string) => void ((codes[code] = (codes[code] ?? 0) + 1), tried++)
  for (const [what, twist] of [...atTheProvider, ...atTheReturn]) {
    fresh()
    hostile.behave(twist)
    const api = await browserOf(server.base)
    count(await refused(what, api, async () => walk(api, await askForProvider(api, server.base), undefined, server.base)))
  }
  for (const [what, twist] of discoveries) {
    fresh()
    hostile.behave({})
    const api = await browserOf(server.base)
    const url = await askForProvider(api, server.base)
    // The browser is on its way when the provider turns.
    hostile.behave(twist)
    count(await refused(what, api, () => walk(api, url, undefined, server.base)))
  }
  for (const [what, twist] of discoveries.filter(([, { discoveryAnswer }]) => discoveryAnswer)) {
    hostile.behave(twist)
    const api = await browserOf(server.base)
    const to = await askForProvider(api, server.base)
    expect(to.href, what).toBe(`${server.base}/api/auth/error?error=OAuthSignin`)
    count(await refused(what, api, () => walk(api, to, undefined, server.base)))
  }
  expect(await standing()).toEqual(before)
  expect(tried).toBeGreaterThanOrEqual(60)
  console.info(`hostile provider: ${tried} sign-ins, 0 sessions, 0 users; ${JSON.stringify(codes)}`)
})

test('what belongs to one browser and one sign-in is good in no other', async () => {
  hostile.behave({})
  const before = await standing()
  const start = async () => {
    fresh()
    const api = await browserOf(server.base)
    const at = await askForProvider(api, server.base)
    const back = new URL((await api.get(at.href)).headers().location!)
    return { api, back, cookies: Object.fromEntries((await api.storageState()).cookies.map(({ name, value }) => [name, value])) }
  }
  const tries: [string, () => Promise<[Awaited<ReturnType<typeof browserOf>>, URL]>][] = [
    ['the address opened in another browser', async () => [await browserOf(server.base), (await start()).back]],
    ['the address opened in a browser that has begun another sign-in', async () => [(await start()).api, (await start()).back]],
    ...['next-auth.state', 'next-auth.pkce.code_verifier', 'next-auth.nonce'].flatMap((name): typeof tries => [
      [`without the cookie ${name}`, async () => { const { back, cookies } = await start(); return [await browserOf(server.base, Object.fromEntries(Object.entries(cookies).filter(([key]) => key !== name))), back] }],
      [`with the cookie ${name} of another sign-in`, async () => { const [one, two] = [await start(), await start()]; return [await browserOf(server.base, { ...one.cookies, [name]: two.cookies[name]! }), one.back] }],
      [`with a cookie ${name} that is none`, async () => { const { back, cookies } = await start(); return [await browserOf(server.base, { ...cookies, [name]: 'abc' }), back] }],
    ]),
    ['with the cookies for state and nonce exchanged', async () => { const { back, cookies } = await start(); return [await browserOf(server.base, { ...cookies, 'next-auth.state': cookies['next-auth.nonce']!, 'next-auth.nonce': cookies['next-auth.state']! }), back] }],
  ]
  for (const [what, prepare] of tries) {
    const [api, back] = await prepare()
    await refused(what, api, () => walk(api, back, undefined, server.base))
  }
  expect(await standing()).toEqual(before)

  // A code that has been used, by the same browser and by one with the same cookies.
  const { api, back, cookies } = await start()
  expect((await walk(api, back, undefined, server.base)).to.pathname).toBe('/organizations')
  const after = await standing()
  for (const again of [await browserOf(server.base, cookies), await browserOf(server.base, cookies)]) await refused('a code used before', again, () => walk(again, back, undefined, server.base))
  expect(await standing()).toEqual(after)
  console.info(`hostile provider: ${tries.length + 2} stolen or mixed sign-ins, 0 sessions`)
})

test('the answer sent by another site as a form has no cookies, and opens nothing', async () => {
  hostile.behave({})
  fresh()
  const before = await standing()
  const api = await browserOf(server.base)
  const at = await askForProvider(api, server.base)
  const back = new URL((await api.get(at.href)).headers().location!)
  const stranger = await browserOf(server.base)
  const answer = await stranger.post(`${server.base}/api/auth/callback/oidc`, { form: Object.fromEntries(back.searchParams) })
  expect(answer.status()).toBeLessThan(500)
  expect(await sessionCookieOf(stranger)).toBeFalsy()
  expect(await standing()).toEqual(before)
})
