import { expect, test, type APIResponse } from '@playwright/test'
import { callAction, listActions } from './support/actions'
import { anyAddress, clientOf } from './support/people'
import { seeded } from '../lib/testing/seeded'

const TEXTS = ['', 'x', '\0', '\ud800', '\u202eevil', 'x'.repeat(401), 'x'.repeat(30_000), '<script>alert(1)</script>', "' OR 1=1--", '00000000-0000-7000-8000-000000000000', '-1', '1e999', '__proto__', 'constructor', 'a@b.example', 'İ@x.de', `x@${'y'.repeat(300)}.zz`, 'Nowhere/Land', 'owner', '{"id":"x","response":{}}', '{', 'data:image/png;base64,AAAA', 'A'.repeat(43), `ABCD.${'A'.repeat(43)}`, '//evil.example', '🦊'.repeat(130), '\u0301'.repeat(200)]
const VALUES: unknown[] = [...TEXTS, null, true, 7, 1e21, [], ['a', 'b'], {}, { a: 1 }, [[['x']]]]
const FIELDS = ['name', 'email', 'password', 'currentPassword', 'organization', 'kind', 'timezone', 'token', 'code', 'role', 'id', 'image', 'slug', 'provider', 'passkey', 'response', 'enabled', 'locale', 'confirmation', 'tenantId', 'isSuperAdmin']
const PAGES = ['/sign-in', '/sign-up', '/forgot-password', '/invitations/x', '/verify/x', '/reset-password/x', '/sign-up/x', '/account/security', '/account/log', '/join', '/new-password', '/second-factor', '/welcome/x', '/api/auth/error', '/api/auth/signin', '/api/auth/callback/oidc', '/api/auth/session', '/api/v1/avatars/x']
const QUERIES = ['next', 'error', 'ended', 'email', 'required', 'connected', 'refused', 'before', 'code', 'callbackUrl']
// The demo's people are needed by other specs: nothing here ends a session or sets a password.
const ENDING = /#(signOut|leave|replacePassword|endSession|endOtherSessions|deleteMyAccount)$/

test.describe.configure({ timeout: 180_000 })

test('hundreds of hostile requests to what people sign in, join and keep their account with: never 5xx, never off this site', async () => {
  const random = seeded(20_261_122)
  const any = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
  const clients = [await clientOf(), await clientOf('rosa.quist@example.com')]
  const seen: [string, APIResponse][] = []
  const headers = () => ({ 'X-Forwarded-For': anyAddress() })
  for (const action of listActions().filter(({ name }) => /\((account|public)\)/.test(name) && !ENDING.test(name))) {
    for (let n = 0; n < 12; n++) {
      const input = Object.fromEntries(Array.from({ length: 1 + Math.floor(random() * 4) }, () => [any(FIELDS), any(VALUES)]))
      seen.push([`${action.name} ${JSON.stringify(input).slice(0, 200)}`, await callAction(any(clients), action, [{ status: 'idle' }, input], headers())])
    }
  }
  for (const operation of ['login', 'refresh', 'logout', 'signup', 'forgot', 'reset', 'verify', 'me', 'constructor']) {
    for (let n = 0; n < 25; n++) {
      const data = any([JSON.stringify(Object.fromEntries(['email', 'password', 'code', 'token', 'refresh_token', 'purpose'].filter(() => random() < 0.5).map((name) => [name, any(VALUES)]))), '{', 'null', '[]'])
      seen.push([`${operation} ${data.slice(0, 200)}`, await clients[0]!.post(`/api/v1/auth/${operation}`, { data: Buffer.from(data), headers: { ...headers(), 'Content-Type': any(['application/json', 'text/plain']), Authorization: any(['Bearer x', `Bearer ${'a.'.repeat(30)}`, 'Basic x']) } })])
    }
  }
  for (const page of PAGES) {
    for (const value of ['//evil.example', 'https://evil.example', '/\\evil.example', 'constructor', '__proto__', '%E2%82%AC', '%ED%A0%80', '%00', 'x'.repeat(3_000)]) {
      const path = `${page}?${any(QUERIES)}=${value}&${any(QUERIES)}=${value}`
      seen.push([path.slice(0, 200), await any(clients).get(path, { headers: { ...headers(), Cookie: any(['bulkhead.device=%0d%0ax', 'next-auth.callback-url=http%3A%2F%2Fevil.example', 'bulkhead.connect=%00']) } })])
    }
  }
  expect(seen.length).toBeGreaterThan(700)
  for (const [what, answer] of seen) {
    expect(answer.status(), what).toBeLessThan(500)
    expect((answer.headers().location ?? '').replace(/\?.*$/, ''), what).not.toContain('evil')
  }
})

test('a browser whose mark is not ours signs in all the same, and is given one', async () => {
  for (const mark of ['a%0d%0aX: 1', '%00', 'a%3B Domain=evil', 'x'.repeat(3_000)]) {
    const api = await clientOf()
    const { csrfToken } = (await (await api.get('/api/auth/csrf')).json()) as { csrfToken: string }
    const jar = (await api.storageState()).cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const answer = await api.post('/api/auth/callback/credentials', { form: { csrfToken, email: 'rosa.quist@example.com', password: process.env.DEMO_PASSWORD!, json: 'true', callbackUrl: '/' }, headers: { Cookie: `${jar}; bulkhead.device=${mark}` } })
    expect(answer.status(), mark).toBe(200)
    expect(answer.headersArray().filter(({ name, value }) => name.toLowerCase() === 'set-cookie' && /^bulkhead\.device=[\w-]{43};/.test(value)), mark).toHaveLength(1)
  }
})
