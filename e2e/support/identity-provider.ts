import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type AdapterConstructor, type Configuration } from 'oidc-provider'

/** Somebody as the provider knows them. */
export type Account = { sub: string; email?: string; email_verified?: boolean; name?: string }
export type RunningProvider = { issuer: string; stop(): Promise<void> }

export const CLIENT = { OIDC_CLIENT_ID: 'bulkhead-tests', OIDC_CLIENT_SECRET: 'only-for-tests-only-for-tests-only', OIDC_NAME: 'Lighthouse' }

/**
 * A certified OpenID provider on this machine, whose sign-in page asks for nothing but who one is: whatever account is typed
 * there exists. It keeps nobody signed in, so that one browser can come as several people.
 */
export async function startIdentityProvider(port: number, applications: string[]): Promise<RunningProvider> {
  const issuer = `http://127.0.0.1:${port}`
  const accounts = new Map<string, Account>()
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  // Its own store in memory, asked for so that it does not warn of it: nothing here outlives the tests.
  const { createMemoryAdapter } = (await import('oidc-provider/lib/adapters/memory_adapter.js' as string)) as { createMemoryAdapter(clockTolerance: number): AdapterConstructor }
  const configuration: Configuration = {
    adapter: createMemoryAdapter(0),
    clients: [{ client_id: CLIENT.OIDC_CLIENT_ID, client_secret: CLIENT.OIDC_CLIENT_SECRET, redirect_uris: applications.map((base) => `${base}/api/auth/callback/oidc`), response_types: ['code'], grant_types: ['authorization_code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'tests' }] },
    cookies: { keys: ['only-for-tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...accounts.get(sub), sub }) }),
    // Nobody is asked whether the application may know their address.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client!.clientId, accountId: oidc.session!.accountId! })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
    ttl: { Session: 60, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  }
  const provider = new Provider(issuer, configuration)
  const ordinary = provider.callback()

  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (!request.url?.startsWith('/interaction/')) return ordinary(request, response)
    if (request.method !== 'POST') return void response.setHeader('Content-Type', 'text/html; charset=utf-8').end(PAGE)
    const sent = new URLSearchParams(await textOf(request))
    const account: Account = { sub: sent.get('sub') ?? '', name: sent.get('name') || undefined, email: sent.get('email') || undefined, email_verified: sent.get('email_verified') === 'true' }
    accounts.set(account.sub, account)
    if (sent.get('refuse')) return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'Not today' })
    await provider.interactionFinished(request, response, { login: { accountId: account.sub, remember: false } })
  }

  const server = createServer((request, response) => void Promise.resolve(answer(request, response)).catch((error: unknown) => response.writeHead(500).end(String(error))))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { issuer, stop: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())) }
}

const PAGE = `<!doctype html><title>Lighthouse</title><h1>Lighthouse</h1><form method="post">
<label>Subject <input name="sub" required></label><label>Name <input name="name"></label><label>E-mail <input name="email"></label>
<label><input type="checkbox" name="email_verified" value="true"> Verified</label><button>Come aboard</button><button name="refuse" value="1">Turn back</button></form>`

export async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text
}
