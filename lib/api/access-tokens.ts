import 'server-only'
import { createHash, hkdfSync } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { env } from '@/lib/env'

export const ACCESS_TOKEN_SECONDS = 900
const ALGORITHM = 'HS256'
const TYPE = 'at+jwt'

type Key = { id: string; bytes: Uint8Array }

// Made from the installation's secret, for this use alone. The previous secret's tokens are good until they expire.
function keyOf(secret: string): Key {
  const bytes = new Uint8Array(hkdfSync('sha256', secret, '', 'bulkhead access token', 32))
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes }
}

const issuer = () => env().NEXTAUTH_URL.replace(/\/$/, '')
const audience = () => `${issuer()}/api/v1`

/** A bearer token of 15 minutes that carries a session's opaque token and no right: the session's row is read on every request. */
export async function signAccessToken(userId: string, sessionToken: string): Promise<string> {
  const key = keyOf(env().NEXTAUTH_SECRET)
  return new SignJWT({ sid: sessionToken }).setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: key.id }).setIssuer(issuer()).setAudience(audience()).setSubject(userId).setIssuedAt().setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`).sign(key.bytes)
}

/** The session token inside a bearer token; null for whatever is not ours, whole, in time and for this API. */
export async function readAccessToken(token: string): Promise<string | null> {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_PREVIOUS } = env()
  const keys = [NEXTAUTH_SECRET, ...(NEXTAUTH_SECRET_PREVIOUS ? [NEXTAUTH_SECRET_PREVIOUS] : [])].map(keyOf)
  const answer = await jwtVerify(
    token,
    ({ kid }) => {
      const key = keys.find(({ id }) => id === kid)
      if (!key) throw new Error('Unknown key.')
      return key.bytes
    },
    { algorithms: [ALGORITHM], typ: TYPE, issuer: issuer(), audience: audience(), maxTokenAge: ACCESS_TOKEN_SECONDS, requiredClaims: ['sub', 'exp', 'iat', 'sid'] },
  ).catch(() => null)
  return typeof answer?.payload.sid === 'string' ? answer.payload.sid : null
}
