import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { env } from '@/lib/env'
import { createSession, findUserForSignIn, recordRefusedSignIn, revokeSession, type Device } from '@/lib/platform/sessions'
import { verifyPassword } from './password'

const EMAIL_MAX = 320

/** The cookie's name says to the browser what it must hold: `__Host-` needs Secure, no Domain and Path=/. */
export function sessionCookieName(): string {
  return env().NEXTAUTH_URL.startsWith('https://') ? '__Host-bulkhead.session' : 'bulkhead.session'
}

/** NextAuth set up so that its JWT carries an opaque session token and nothing that could be believed instead of the database. */
export function authOptions(device: Device): NextAuthOptions {
  const { NEXTAUTH_URL, NEXTAUTH_SECRET, SESSION_DAYS } = env()
  const secure = NEXTAUTH_URL.startsWith('https://')
  return {
    secret: NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_DAYS * 86_400 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    useSecureCookies: secure,
    cookies: { sessionToken: { name: sessionCookieName(), options: { httpOnly: true, sameSite: 'lax', path: '/', secure } } },
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (credentials) => signInWithPassword(credentials?.email, credentials?.password, device),
      }),
    ],
    callbacks: {
      // Only a fresh sign-in sets the token; whatever a client sends with an update changes nothing.
      jwt: ({ token, user }) => (user ? { sid: (user as { sessionToken?: string }).sessionToken } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (url.startsWith(`${baseUrl}/`) ? url : baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await revokeSession(token.sid, 'signed_out')
      },
    },
  }
}

async function signInWithPassword(email: unknown, password: unknown, device: Device) {
  if (typeof email !== 'string' || typeof password !== 'string' || email.length > EMAIL_MAX || email.includes('\0')) return null
  const user = await findUserForSignIn(email)
  const isPerson = user?.kind === 'person' && user.passwordAlgorithm === 'argon2id'
  const isCorrect = await verifyPassword(isPerson ? user.passwordHash : null, password)
  if (!user || !isCorrect) {
    await recordRefusedSignIn(email, 'wrong_password', device)
    return null
  }
  // Told after the right password only, and before any session exists.
  if (user.status !== 'active') {
    await recordRefusedSignIn(email, user.status, device)
    throw new Error(user.status)
  }
  return { id: user.id, sessionToken: await createSession(user.id, device) }
}
