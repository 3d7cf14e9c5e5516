import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { CLIENT, textOf } from './identity-provider'

type Json = Record<string, unknown>
type Answer = (response: ServerResponse) => void | Promise<void>
/** What this sign-in is told that an honest provider would not say. */
export type Twist = {
  claims?: (honest: Json) => Json
  /** The whole ID token; `honest` signs claims as it should be done. */
  token?: (claims: Json, tools: Tools) => Promise<string> | string
  tokenAnswer?: Answer
  tokenBody?: (body: Json) => unknown
  userinfo?: Json
  userinfoAnswer?: Answer
  keysAnswer?: Answer
  discovery?: (honest: Json) => Json
  discoveryAnswer?: Answer
  /** What the browser brings back to the application, instead of the code and state. */
  redirect?: (query: URLSearchParams) => URLSearchParams
}
export type Tools = { key: CryptoKey; otherKey: CryptoKey; otherPublic: JWK; sign(claims: Json, header?: Json, key?: CryptoKey | Uint8Array): Promise<string> }
export type Hostile = { issuer: string; tools: Tools; behave(twist: Twist): void; calls: string[]; lastCode(): string; stop(): Promise<void> }

export const json = (value: unknown, status = 200): Answer => (response) => void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
export const raw = (text: string, status = 200, headers: Record<string, string> = { 'Content-Type': 'text/html' }): Answer => (response) => void response.writeHead(status, headers).end(text)

/** An OpenID provider of which every answer can be bent. Honest unless it is told otherwise. */
export async function startHostileProvider(port: number, honestClaims: () => Json): Promise<Hostile> {
  const issuer = `http://127.0.0.1:${port}`
  const [mine, other] = [await generateKeyPair('RS256', { extractable: true }), await generateKeyPair('RS256', { extractable: true })]
  const jwk = { ...(await exportJWK(mine.publicKey)), kid: 'mine', alg: 'RS256', use: 'sig' }
  const sign: Tools['sign'] = (claims, header = {}, key = mine.privateKey) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'mine', ...header }).sign(key)
  const tools: Tools = { key: mine.privateKey, otherKey: other.privateKey, otherPublic: { ...(await exportJWK(other.publicKey)), kid: 'other', alg: 'RS256' }, sign }
  const calls: string[] = []
  const asked = new Map<string, { nonce: string | null; challenge: string | null }>()
  let twist: Twist = {}
  let code = ''

  async function idToken(nonce: string | null): Promise<string> {
    const now = Math.floor(Date.now() / 1_000)
    const honest = { iss: issuer, aud: CLIENT.OIDC_CLIENT_ID, iat: now, exp: now + 300, nonce, ...honestClaims() }
    const claims = JSON.parse(JSON.stringify(twist.claims?.(honest) ?? honest)) as Json
    return twist.token ? twist.token(claims, tools) : sign(claims)
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url!, issuer)
    calls.push(url.pathname)
    if (url.pathname === '/.well-known/openid-configuration') {
      const honest = { issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, userinfo_endpoint: `${issuer}/userinfo`, jwks_uri: `${issuer}/keys`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] }
      return (twist.discoveryAnswer ?? json(twist.discovery?.(honest) ?? honest))(response)
    }
    if (url.pathname === '/keys') return (twist.keysAnswer ?? json({ keys: [jwk] }))(response)
    if (url.pathname === '/userinfo') return (twist.userinfoAnswer ?? json({ sub: honestClaims().sub, ...twist.userinfo }))(response)
    if (url.pathname === '/authorize') {
      code = randomBytes(12).toString('hex')
      asked.set(code, { nonce: url.searchParams.get('nonce'), challenge: url.searchParams.get('code_challenge') })
      const back = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' })
      return void response.writeHead(302, { Location: `${url.searchParams.get('redirect_uri')}?${(twist.redirect?.(back) ?? back).toString()}` }).end()
    }
    if (url.pathname !== '/token') return raw('', 404)(response)
    const sent = new URLSearchParams(await textOf(request))
    if (twist.tokenAnswer) return twist.tokenAnswer(response)
    const known = asked.get(sent.get('code') ?? '')
    asked.delete(sent.get('code') ?? '')
    // Honest here: a code is good once and for whoever holds its verifier.
    const challenge = createHash('sha256').update(sent.get('code_verifier') ?? '').digest('base64url')
    if (!known || known.challenge !== challenge) return json({ error: 'invalid_grant' }, 400)(response)
    const body: Json = { access_token: 'opaque', token_type: 'Bearer', expires_in: 300, id_token: await idToken(known.nonce) }
    json(twist.tokenBody?.(body) ?? body)(response)
  }

  const server = createServer((request, response) => void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error))))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { issuer, tools, calls, behave: (next) => void (twist = next), lastCode: () => code, stop: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())) }
}
