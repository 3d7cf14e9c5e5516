import 'server-only'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { env } from '@/lib/env'
import type { ProviderFacts } from '@/lib/sign-in/provider-sign-in'
import { providerHttpOptions } from './provider-agent'

export type ProviderKey = 'google' | 'github' | 'entra' | 'oidc'
export type ProviderChoice = { key: ProviderKey; name: string }

/** What `profile` hands to the sign-in: the facts, and the id that NextAuth insists on. */
export type ProviderUser = { id: string; facts: ProviderFacts }
type Claims = Record<string, unknown>

const GITHUB = 'https://github.com'
const GITHUB_TIMEOUT_MS = 3_500
const CLOCK_TOLERANCE_S = 60

/** The providers whose settings are there, in the order of their buttons. */
export function listProviders(): ProviderChoice[] {
  const { GOOGLE_CLIENT_ID, GITHUB_CLIENT_ID, ENTRA_CLIENT_ID, OIDC_CLIENT_ID, OIDC_NAME } = env()
  const all: (ProviderChoice | false)[] = [
    Boolean(OIDC_CLIENT_ID) && { key: 'oidc', name: OIDC_NAME },
    Boolean(GOOGLE_CLIENT_ID) && { key: 'google', name: 'Google' },
    Boolean(ENTRA_CLIENT_ID) && { key: 'entra', name: 'Microsoft' },
    Boolean(GITHUB_CLIENT_ID) && { key: 'github', name: 'GitHub' },
  ]
  return all.filter((choice) => choice !== false)
}

export function providerName(key: string): string {
  return listProviders().find((choice) => choice.key === key)?.name ?? key
}

const METHODS: Record<string, string> = { password: 'Password', passkey: 'Passkey', sign_up: 'Sign-up', invitation: 'Invitation' }

/** How a session was opened, in words. */
export function methodName(method: string): string {
  return METHODS[method] ?? providerName(method)
}

/** NextAuth's configuration of the same. */
export function oauthProviders(): OAuthConfig<Claims>[] {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, ENTRA_TENANT_ID, ENTRA_CLIENT_ID, ENTRA_CLIENT_SECRET, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env()
  const made: Record<ProviderKey, () => OAuthConfig<Claims>> = {
    google: () => oidc('google', 'https://accounts.google.com', GOOGLE_CLIENT_ID!, GOOGLE_CLIENT_SECRET!),
    entra: () => oidc('entra', `https://login.microsoftonline.com/${ENTRA_TENANT_ID!}/v2.0`, ENTRA_CLIENT_ID!, ENTRA_CLIENT_SECRET!),
    oidc: () => oidc('oidc', OIDC_ISSUER!.replace(/\/$/, ''), OIDC_CLIENT_ID!, OIDC_CLIENT_SECRET!),
    github,
  }
  return listProviders().map(({ key }) => made[key]())
}

/**
 * OpenID Connect by the code flow with state, nonce and PKCE; the signature (RS256 only), audience, times and nonce of the ID
 * token are checked by openid-client; the issuer here, for a discovery document may name another than it was asked for, and that it was not issued in the future.
 */
function oidc(key: ProviderKey, issuer: string, clientId: string, clientSecret: string): OAuthConfig<Claims> {
  return {
    id: key, name: key, type: 'oauth', clientId, clientSecret, checks: ['pkce', 'state', 'nonce'], idToken: true,
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    client: { id_token_signed_response_alg: 'RS256' },
    httpOptions: providerHttpOptions(issuer),
    userinfo: {
      // Many providers put the address here and not into the ID token; openid-client compares the subjects.
      request: async ({ client, tokens }) => {
        const claims = (tokens as unknown as { claims(): Claims }).claims()
        const more: Claims = client.issuer.metadata.userinfo_endpoint ? await client.userinfo(tokens.access_token!, { params: {} }) : {}
        if (more.sub !== undefined && more.sub !== claims.sub) throw new Error('The userinfo is of another subject.')
        return { ...more, ...claims, ...addressOf(claims, more) } as Claims & { sub: string }
      },
    },
    profile: (claims) => {
      // Without a subject the sign-in is refused and recorded; NextAuth would forget an error thrown here.
      const isGood = typeof claims.iss === 'string' && claims.iss.replace(/\/$/, '') === issuer && Number(claims.iat) <= Date.now() / 1_000 + CLOCK_TOLERANCE_S
      const isEmailVerified = claims.email_verified === true || (key === 'entra' && (claims.xms_edov === true || claims.xms_edov === 1 || claims.xms_edov === '1'))
      return factsOf({ provider: key, issuer, subject: (isGood && textOf(claims.sub)) || '', email: textOf(claims.email), isEmailVerified, name: textOf(claims.name) })
    },
  }
}

/** The address and whether it is verified, from one place: what the userinfo says of another address verifies nothing. */
function addressOf(claims: Claims, more: Claims): Claims {
  if (claims.email === undefined) return { email: more.email, email_verified: more.email_verified }
  return { email: claims.email, email_verified: claims.email_verified ?? (more.email === claims.email ? more.email_verified : undefined) }
}

// GitHub is no OpenID provider: the primary address comes from its API, with whether it was verified.
function github(): OAuthConfig<Claims> {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = env()
  return {
    id: 'github', name: 'github', type: 'oauth', clientId: GITHUB_CLIENT_ID!, clientSecret: GITHUB_CLIENT_SECRET!, checks: ['pkce', 'state'],
    httpOptions: providerHttpOptions(GITHUB),
    issuer: `${GITHUB}/login/oauth`,
    authorization: { url: `${GITHUB}/login/oauth/authorize`, params: { scope: 'read:user user:email' } },
    token: `${GITHUB}/login/oauth/access_token`,
    userinfo: {
      url: 'https://api.github.com/user',
      request: async ({ client, tokens }) => {
        const user = await client.userinfo(tokens.access_token!)
        const answer = await fetch('https://api.github.com/user/emails', { headers: { Authorization: `Bearer ${tokens.access_token}`, Accept: 'application/vnd.github+json' }, signal: AbortSignal.timeout(GITHUB_TIMEOUT_MS) })
        const emails = answer.ok ? ((await answer.json()) as { email: string; primary: boolean; verified: boolean }[]) : []
        const primary = emails.find((entry) => entry.primary)
        return { ...user, sub: String(user.id), email: primary?.email, email_verified: primary?.verified === true }
      },
    },
    profile: (claims) => factsOf({ provider: 'github', issuer: GITHUB, subject: textOf(claims.sub) ?? '', email: textOf(claims.email), isEmailVerified: claims.email_verified === true, name: textOf(claims.name) ?? textOf(claims.login) }),
  }
}

const factsOf = (facts: ProviderFacts): ProviderUser => ({ id: facts.subject || 'none', facts })
const textOf = (value: unknown): string | null => (typeof value === 'string' && value.length > 0 ? value : null)
