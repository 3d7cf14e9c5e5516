import { randomBytes } from 'node:crypto'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { query } from './support/database'
import type { Account } from './support/identity-provider'
import { invite, makePlace, membershipsOf, type Place, refusalsOf, sessionsOf, usersOf } from './support/organization'
import { makePerson, type ProviderSeat, someone, startProviderSeat } from './support/provider-seat'
import { askForProvider, browserOf, sessionCookieOf, signInByProvider, walk } from './support/provider-walk'
import type { SecondServer } from './support/second-server'

let seat: ProviderSeat
let server: SecondServer

test.beforeAll(async () => {
  seat = await startProviderSeat()
  server = seat.server
})
test.afterAll(() => seat?.stop())

const enter = (api: APIRequestContext, account: Account, callbackUrl?: string) => signInByProvider(api, account, callbackUrl, server.base)
const pageOf = (api: APIRequestContext, place: Place) => api.get(`${server.base}/${place.slug}`)
/** In, though the set-up of a new membership stands before the pages. */
const isIn = async (api: APIRequestContext, place: Place) => new URL((await pageOf(api, place)).headers().location ?? '/', server.base).pathname === `/welcome/${place.slug}`

async function refusedBecause(api: APIRequestContext, account: Account, error: string, callbackUrl?: string) {
  const { to, answers } = await enter(api, account, callbackUrl)
  expect(`${to.pathname}${to.search}`).toBe(`/sign-in?error=${error}`)
  expect(await sessionCookieOf(api)).toBeFalsy()
  for (const answer of answers) expect(answer.status()).toBeLessThan(500)
}

test.describe('who gets in by provider', () => {
  test('a listed address joins with the role of its rule, which the audit log of the organization says', async () => {
    const place = await makePlace('listed_addresses', (mark) => [{ value: `nora@${mark}.example`, role: 'viewer' }])
    const api = await browserOf(server.base)
    const { to } = await enter(api, someone(`nora@${place.mark}.example`), `/${place.slug}`)
    expect(to.pathname).toBe(`/${place.slug}`)
    expect(await isIn(api, place)).toBe(true)
    expect(await membershipsOf(place)).toMatchObject([{ role: 'viewer', status: 'active' }])
    const events = await query<{ action: string }>(`SELECT action FROM audit_events WHERE tenant_id = $1 AND action LIKE 'member.%'`, [place.id])
    expect(events).toEqual([{ action: 'member.joined' }])
    expect(await sessionsOf(place.mark)).toMatchObject([{ method: 'oidc', needs_factor: false }])
  })

  test('a listed domain is the whole domain: no sub-domain, suffix, prefix or tagged look-alike passes for it', async () => {
    const place = await makePlace('listed_domains', (mark) => [{ value: `${mark}.example` }])
    const { mark } = place
    const strangers = [`a@mail.${mark}.example`, `a@x${mark}.example`, `a@${mark}.example.com`, `a@${mark}.example.`, `a@${mark}-example`, `${mark}.example@elsewhere.invalid`, `a+${mark}.example@elsewhere.invalid`]
    for (const email of strangers) {
      const { to } = await enter(await browserOf(server.base), someone(email))
      expect(to.pathname + to.search, email).toMatch(/^\/sign-in\?error=(not_invited|email_unverified)$/)
    }
    expect(await usersOf(mark)).toEqual([])
    await enter(await browserOf(server.base), someone(`A.Vale@${mark.toUpperCase()}.Example`))
    expect(await membershipsOf(place)).toMatchObject([{ role: 'member', status: 'active' }])
  })

  test('an address that only a listed policy would take stays out while the policy is another', async () => {
    const place = await makePlace('invite_only', (mark) => [{ value: `${mark}.example` }])
    const account = someone(`nora@${place.mark}.example`)
    await refusedBecause(await browserOf(server.base), account, 'not_invited')
    await query(`UPDATE organizations SET join_policy = 'listed_addresses' WHERE id = $1`, [place.id])
    await refusedBecause(await browserOf(server.base), account, 'not_invited')
    await query(`UPDATE organizations SET join_policy = 'listed_domains' WHERE id = $1`, [place.id])
    expect((await enter(await browserOf(server.base), account)).to.pathname).toBe('/organizations')
  })

  test('whom nothing lists is refused with a reason and an event of the platform, and becomes nobody', async () => {
    const mark = randomBytes(5).toString('hex')
    await refusedBecause(await browserOf(server.base), someone(`nora@${mark}.example`), 'not_invited')
    expect(await usersOf(mark)).toEqual([])
    expect(await sessionsOf(mark)).toEqual([])
    expect(await refusalsOf(mark)).toEqual([{ action: 'session.refused', reason: 'oidc: not_invited' }])
  })

  test('an address that the provider has not verified is nobody’s, listed or not', async () => {
    const place = await makePlace('listed_domains', (mark) => [{ value: `${mark}.example` }])
    const account = someone(`nora@${place.mark}.example`, { email_verified: false })
    await refusedBecause(await browserOf(server.base), account, 'email_unverified')
    expect(await usersOf(place.mark)).toEqual([])
    expect((await enter(await browserOf(server.base), { ...account, email_verified: true })).to.pathname).toBe('/organizations')
  })

  test('somebody who turns back at the provider lands on the sign-in page', async () => {
    const api = await browserOf(server.base)
    const url = await askForProvider(api, server.base)
    const first = new URL((await api.get(url.href)).headers().location!, url)
    const back = await api.post(first.href, { form: { refuse: '1' } })
    const { to } = await walk(api, new URL(back.headers().location!, url), undefined, server.base)
    expect(to.pathname + to.search).toMatch(/^\/sign-in\?.*error=(OAuthCallback|AccessDenied|Callback)/)
  })
})

test.describe('accounts that exist', () => {
  test('a password account with the same address is not merged: its person connects the provider under Security', async () => {
    const place = await makePlace('listed_domains', (mark) => [{ value: `${mark}.example` }])
    const id = await makePerson(`nora@${place.mark}.example`)
    await refusedBecause(await browserOf(server.base), someone(`Nora@${place.mark}.example`), 'connect_first')
    expect(await query('SELECT id FROM user_identities WHERE user_id = $1', [id])).toEqual([])
    expect(await sessionsOf(place.mark)).toEqual([])
    expect(await refusalsOf(place.mark)).toMatchObject([{ reason: 'oidc: connect_first' }])
  })

  test('somebody who comes back is found by issuer and subject, also under another address', async () => {
    const place = await makePlace('listed_addresses', (mark) => [{ value: `nora@${mark}.example` }])
    const account = someone(`nora@${place.mark}.example`)
    await enter(await browserOf(server.base), account)
    const api = await browserOf(server.base)
    await enter(api, { ...account, email: `n.vale@${place.mark}.example`, email_verified: false })
    expect(await isIn(api, place)).toBe(true)
    expect(await usersOf(place.mark)).toMatchObject([{ email_lc: `nora@${place.mark}.example` }])
    // The other way round: the address is the same, the subject is not.
    await refusedBecause(await browserOf(server.base), { ...account, sub: 'somebody-else' }, 'connect_first')
  })

  for (const status of ['deactivated', 'suspended']) {
    test(`a ${status} person is told so and gets no session`, async () => {
      const mark = randomBytes(5).toString('hex')
      const id = await makePerson(`nora@${mark}.example`)
      const account = someone(`nora@${mark}.example`)
      await seat.link(id, account.sub)
      expect((await enter(await browserOf(server.base), account)).to.pathname).toBe('/organizations')
      await query('UPDATE users SET status = $2 WHERE id = $1', [id, status])
      await refusedBecause(await browserOf(server.base), account, status)
      expect((await refusalsOf(mark)).map(({ reason }) => reason)).toEqual([`oidc: ${status}`])
    })
  }

  test('a rule switched off shuts out on the next request whom it let in, and on again lets them back', async () => {
    const place = await makePlace('listed_domains', (mark) => [{ value: `${mark}.example` }])
    const api = await browserOf(server.base)
    await enter(api, someone(`nora@${place.mark}.example`))
    expect(await isIn(api, place)).toBe(true)
    await query('UPDATE access_rules SET is_active = false WHERE tenant_id = $1', [place.id])
    expect((await pageOf(api, place)).status()).toBe(404)
    await query('UPDATE access_rules SET is_active = true WHERE tenant_id = $1', [place.id])
    expect(await isIn(api, place)).toBe(true)
  })

  test('a second factor is asked for after a provider too', async () => {
    const mark = randomBytes(5).toString('hex')
    const id = await makePerson(`nora@${mark}.example`)
    const account = someone(`nora@${mark}.example`)
    await seat.link(id, account.sub)
    await query(`INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, '\\x00', now())`, [id])
    const api = await browserOf(server.base)
    await enter(api, account)
    expect(await sessionsOf(mark)).toMatchObject([{ method: 'oidc', needs_factor: true }])
    expect((await api.get('/organizations')).headers().location).toMatch(/^\/second-factor\?/)
    await query('DELETE FROM totp_factors WHERE user_id = $1', [id])
    const next = await browserOf(server.base)
    await enter(next, account)
    expect((await next.get('/organizations')).status()).toBe(200)
  })
})

test.describe('by invitation', () => {
  test('the account is made for exactly the invited address, and the browser comes back to the invitation', async () => {
    const place = await makePlace('invite_only')
    const path = await invite(place, `nora@${place.mark}.example`)
    await refusedBecause(await browserOf(server.base), someone(`other@${place.mark}.example`), 'not_invited', `/invitations/${path}`)
    await refusedBecause(await browserOf(server.base), someone(`nora@${place.mark}.example`), 'not_invited')
    await refusedBecause(await browserOf(server.base), someone(`nora@${place.mark}.example`), 'not_invited', `/invitations/${path.slice(0, -4)}AAAA`)
    expect(await usersOf(place.mark)).toEqual([])
    const { to } = await enter(await browserOf(server.base), someone(`Nora@${place.mark}.example`), `/invitations/${path}`)
    expect(to.pathname).toBe(`/invitations/${path}`)
    expect(await usersOf(place.mark)).toMatchObject([{ email_lc: `nora@${place.mark}.example` }])
    // Signing in is not accepting.
    expect(await membershipsOf(place)).toEqual([])
  })

  for (const [state, sql] of [['revoked', 'revoked_at = now()'], ['expired', "expires_at = now() - interval '1 second'"]] as const) {
    test(`an invitation that is ${state} makes nobody`, async () => {
      const place = await makePlace('invite_only')
      const path = await invite(place, `nora@${place.mark}.example`)
      await query(`UPDATE invitations SET ${sql} WHERE tenant_id = $1`, [place.id])
      await refusedBecause(await browserOf(server.base), someone(`nora@${place.mark}.example`), 'not_invited', `/invitations/${path}`)
      await query(`UPDATE invitations SET revoked_at = NULL, expires_at = now() + interval '1 hour' WHERE tenant_id = $1`, [place.id])
      expect((await enter(await browserOf(server.base), someone(`nora@${place.mark}.example`), `/invitations/${path}`)).to.pathname).toBe(`/invitations/${path}`)
    })
  }
})

test('ALLOWED_ADDRESSES closes the installation: to new people, and on the next request to those who are in', async () => {
  const place = await makePlace('listed_domains', (mark) => [{ value: `${mark}.example` }])
  const closed = await startProviderSeat({ SIGN_UP: 'open', ALLOWED_ADDRESSES: `nora@${place.mark}.example, team.${place.mark}.example` })
  try {
    const enterHere = async (email: string) => {
      const api = await browserOf(closed.server.base)
      const { to } = await signInByProvider(api, someone(email), undefined, closed.server.base)
      return { api, to: `${to.pathname}${to.search}` }
    }
    expect((await enterHere(`other@${place.mark}.example`)).to).toBe('/sign-in?error=not_listed')
    expect((await enterHere(['a', `sub.team.${place.mark}.example`].join('@'))).to).toBe('/sign-in?error=not_listed')
    expect((await enterHere(`a@team.${place.mark}.example`)).to).toBe('/organizations')
    const { api, to } = await enterHere(`nora@${place.mark}.example`)
    expect(to).toBe('/organizations')
    expect((await api.get('/organizations')).status()).toBe(200)
    await query(`UPDATE users SET email = $2, email_lc = $2 WHERE email_lc = $1`, [`nora@${place.mark}.example`, `gone@${place.mark}.example`])
    expect((await api.get('/organizations')).status()).toBe(307)
  } finally {
    await closed.stop()
  }
})
