'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { dropSessionCookie, sessionToken } from '@/lib/auth/cookies'
import { returnPath } from '@/lib/auth/return-path'
import { currentVisitor } from '@/lib/auth/visitor'
import { endSessionOfToken } from '@/lib/sessions/sessions'

/** Ends the session in the database, then drops the cookie: the token is worthless even to whoever kept a copy. A form may say where to go on as somebody else. */
export async function signOut(form?: FormData): Promise<void> {
  if ((await headers()).get('sec-fetch-site') === 'cross-site') return
  const token = await sessionToken()
  if (token) await endSessionOfToken(token, await currentVisitor(), 'signed_out')
  await dropSessionCookie()
  const next = form instanceof FormData ? form.get('next') : null
  redirect(typeof next === 'string' ? returnPath(next) : '/sign-in')
}
