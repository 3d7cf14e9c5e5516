import { type APIRequestContext, type APIResponse, expect, request } from '@playwright/test'
import type { Account } from './identity-provider'
import { BASE } from './people'

export type Walk = { answers: APIResponse[]; /** Where the application sends the browser in the end. */ to: URL }

/** A browser that follows nothing by itself. */
export function browserOf(base = BASE, cookies: Record<string, string> = {}): Promise<APIRequestContext> {
  const stored = Object.entries(cookies).map(([name, value]) => ({ name, value, domain: new URL(base).hostname, path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' as const }))
  return request.newContext({ baseURL: base, maxRedirects: 0, storageState: { cookies: stored, origins: [] } })
}

/** Asks the application to be sent to the provider; answers the address there. */
export async function askForProvider(api: APIRequestContext, base = BASE, callbackUrl = '/organizations'): Promise<URL> {
  const { csrfToken } = (await (await api.get(`${base}/api/auth/csrf`)).json()) as { csrfToken: string }
  const answer = await api.post(`${base}/api/auth/signin/oidc`, { form: { csrfToken, callbackUrl, json: 'true' } })
  expect(answer.status()).toBe(200)
  return new URL(((await answer.json()) as { url: string }).url)
}

/** From the provider's address through its sign-in page to the application's last word. */
export async function walk(api: APIRequestContext, from: URL, account?: Account, base = BASE): Promise<Walk> {
  const answers: APIResponse[] = []
  let url = from
  for (let step = 0; step < 12; step++) {
    const asks = url.pathname.startsWith('/interaction/')
    const answer = asks && account ? await api.post(url.href, { form: formOf(account) }) : await api.get(url.href)
    const location = answer.headers().location
    if (url.origin === base) answers.push(answer)
    expect(location, `${answer.status()} at ${url.href}: ${location ? '' : (await answer.text()).slice(0, 300)}`).toBeTruthy()
    url = new URL(location!, url)
    if (answers.length > 0 && !(url.origin === base && url.pathname.startsWith('/api/auth/'))) return { answers, to: url }
  }
  throw new Error(`The walk does not end; it is at ${url.href}.`)
}

export async function signInByProvider(api: APIRequestContext, account: Account, callbackUrl?: string, base = BASE): Promise<Walk> {
  return walk(api, await askForProvider(api, base, callbackUrl), account, base)
}

const formOf = ({ sub, email = '', email_verified = false, name = '' }: Account) => ({ sub, email, email_verified: String(email_verified), name })

export async function sessionCookieOf(api: APIRequestContext): Promise<string | undefined> {
  return (await api.storageState()).cookies.find(({ name }) => /bulkhead\.session$/.test(name))?.value
}
