'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { decode } from 'next-auth/jwt'
import { sessionCookieName } from '@/lib/auth/options'
import { env } from '@/lib/env'
import { revokeSession } from '@/lib/platform/sessions'

/** Ends the session in the database, then drops the cookie: the token is worthless even to whoever kept a copy. */
export async function signOut(): Promise<void> {
  if ((await headers()).get('sec-fetch-site') === 'cross-site') return
  const jar = await cookies()
  const cookie = jar.get(sessionCookieName())?.value
  const payload = cookie ? await decode({ token: cookie, secret: env().NEXTAUTH_SECRET }).catch(() => null) : null
  if (typeof payload?.sid === 'string') await revokeSession(payload.sid, 'signed_out')
  jar.delete({ name: sessionCookieName(), path: '/', secure: env().NEXTAUTH_URL.startsWith('https://') })
  redirect('/sign-in')
}
