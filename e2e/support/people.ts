import { type APIRequestContext, type BrowserContext, expect, type Page, request } from '@playwright/test'

export const BASE = process.env.E2E_BASE_URL!
export const PASSWORD = process.env.DEMO_PASSWORD!

/** Signs in through NextAuth's own endpoints; the context keeps the cookie. */
export async function signIn(context: APIRequestContext | BrowserContext, email: string): Promise<void> {
  const api = 'request' in context ? context.request : context
  const { csrfToken } = (await (await api.get(`${BASE}/api/auth/csrf`)).json()) as { csrfToken: string }
  const answer = await api.post(`${BASE}/api/auth/callback/credentials`, { form: { csrfToken, email, password: PASSWORD, json: 'true', callbackUrl: `${BASE}/organizations` } })
  expect(answer.ok(), `signing in as ${email}`).toBe(true)
}

/** An address of its own for each client: attempts are counted by address, and the test server trusts its peer as a proxy. */
export const anyAddress = () => `10.${[1, 2, 3].map(() => Math.floor(Math.random() * 256)).join('.')}`

/** An HTTP client signed in as this person; without an address, nobody. Redirects are not followed. */
export async function clientOf(email?: string): Promise<APIRequestContext> {
  const api = await request.newContext({ baseURL: BASE, maxRedirects: 0, extraHTTPHeaders: { 'X-Forwarded-For': anyAddress() } })
  if (email) await signIn(api, email)
  return api
}

/** Through the form, as a person does. */
export async function signInByForm(page: Page, name: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/organizations')
}
