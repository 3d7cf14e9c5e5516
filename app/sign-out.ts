'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { dropSessionCookie, sessionToken } from '@/lib/auth/cookies'
import { currentVisitor } from '@/lib/auth/visitor'
import { endSessionOfToken } from '@/lib/sessions/sessions'

/** Ends the session in the database, then drops the cookie: the token is worthless even to whoever kept a copy. */
export async function signOut(): Promise<void> {
  if ((await headers()).get('sec-fetch-site') === 'cross-site') return
  const token = await sessionToken()
  if (token) await endSessionOfToken(token, await currentVisitor(), 'signed_out')
  await dropSessionCookie()
  redirect('/sign-in')
}
