import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { env } from '@/lib/env'
import { Refusal, TooManyRequestsError, UnavailableError } from '@/lib/errors'
import { respondWith } from '@/lib/http/response'
import { connectProvider } from '@/lib/identities/identities'
import { endSessionOfToken } from '@/lib/sessions/sessions'
import { signInWithPasskey } from '@/lib/second-factor/passkey-sign-in'
import { signInWithPassword } from '@/lib/sign-in/password-sign-in'
import { signInWithProvider, type ProviderFacts } from '@/lib/sign-in/provider-sign-in'
import { log } from '@/lib/telemetry/log'
import type { Visitor } from '@/lib/visitors/visitor'
import { cookieOptions, sessionCookieName } from './cookies'
import { oauthProviders } from './providers'
import { sameOriginUrl } from './return-path'

/** One request to NextAuth: who sends it, and what its cookies hold. */
export type SignInRequest = {
  visitor: Visitor
  /** The session that this browser has now; it ends when a new one begins. */
  sessionToken: string | null
  /** Set when somebody signed in asked to connect a provider. */
  connectToken: string | null
  /** The last part of an invitation that the sign-in leads back to. */
  invitationPath: string | null
}
type Entered = { id: string; sessionToken?: string; facts?: ProviderFacts }

/** NextAuth set up so that its JWT carries an opaque session token and nothing that could be believed instead of the database. */
export function authOptions(request: SignInRequest): NextAuthOptions {
  const { NEXTAUTH_URL, NEXTAUTH_SECRET, SESSION_DAYS } = env()
  const { visitor, sessionToken: replaced } = request
  return {
    secret: NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_DAYS * 86_400 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    useSecureCookies: NEXTAUTH_URL.startsWith('https://'),
    cookies: { sessionToken: { name: sessionCookieName(), options: cookieOptions() } },
    // What goes wrong at a provider is a refusal to the person and a line for the operator, without its secrets.
    logger: { error: (code) => log('warn', 'sign_in.failed', { code }), warn: () => undefined, debug: () => undefined },
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (given) => entering(async () => (typeof given?.email === 'string' && typeof given.password === 'string' ? signInWithPassword(given.email, given.password, visitor) : null)),
      }),
      Credentials({
        id: 'passkey',
        name: 'passkey',
        credentials: { response: { type: 'text' } },
        authorize: (given) => entering(async () => (typeof given?.response === 'string' ? signInWithPasskey(given.response, visitor) : null)),
      }),
      ...oauthProviders(),
    ],
    callbacks: {
      signIn: async ({ user, account }) => {
        const entered = user as Entered
        if (account?.type !== 'oauth' || !entered.facts) return Boolean(entered.sessionToken)
        return enteringByProvider(entered, entered.facts, request).catch((error: unknown) => `/sign-in?error=${failureCode(error)}`)
      },
      // Only a fresh sign-in sets the token; whatever a client sends with an update changes nothing.
      jwt: async ({ token, user }) => {
        if (!user) return { sid: token.sid }
        if (replaced) await endSessionOfToken(replaced, visitor, 'replaced')
        return { sid: (user as Entered).sessionToken }
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => sameOriginUrl(url, baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await endSessionOfToken(token.sid, visitor, 'signed_out')
      },
    },
  }
}

/** What came of it, in NextAuth's terms: true, or where to go instead. */
async function enteringByProvider(entered: Entered, facts: ProviderFacts, { visitor, connectToken, sessionToken, invitationPath }: SignInRequest): Promise<boolean | string> {
  if (connectToken) {
    const refusal = await connectProvider(connectToken, facts, visitor, sessionToken)
    return refusal ? `/account/security?refused=${refusal}` : `/account/security?connected=${facts.provider}`
  }
  const answer = await signInWithProvider(facts, visitor, invitationPath)
  if ('refusal' in answer) return `/sign-in?error=${answer.refusal}`
  entered.sessionToken = answer.token
  return true
}

/** NextAuth knows 401 alone: the refusal's code becomes its error, and the status of the response is set past it. */
async function entering(signIn: () => Promise<{ userId: string; token: string } | null>): Promise<Entered | null> {
  try {
    const session = await signIn()
    return session && { id: session.userId, sessionToken: session.token }
  } catch (error) {
    if (!(error instanceof Refusal)) {
      if (error instanceof UnavailableError) respondWith(503, { 'Retry-After': '2' })
      else respondWith(500)
      throw new Error(failureCode(error))
    }
    if (error.code === 'wrong_credentials') return null
    if (error instanceof TooManyRequestsError) respondWith(429, { 'Retry-After': String(error.waitS) })
    throw new Error(error instanceof TooManyRequestsError ? `wait_${error.waitS}` : error.code)
  }
}

// Whatever is thrown at NextAuth it writes into the address: the words of a database would be among it.
function failureCode(error: unknown): 'unavailable' | 'Callback' {
  const code = error instanceof UnavailableError ? 'unavailable' : 'Callback'
  log('warn', 'sign_in.failed', { code, error: error instanceof Error ? error.message.trim().split('\n').at(-1)?.slice(0, 300) : 'unknown' })
  return code
}
