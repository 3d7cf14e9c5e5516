'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { confirmEmail } from '@/lib/account/email'
import { password, signUpSchema, timezone } from '@/lib/account/schema'
import { publicAction } from '@/lib/actions/person-action'
import { sessionToken, writeSessionCookie } from '@/lib/auth/cookies'
import { requestFacts } from '@/lib/auth/session'
import { currentVisitor, enteringVisitor } from '@/lib/auth/visitor'
import { takeAttempt } from '@/lib/limits/limits'
import { acceptInvitationAsNew, declineInvitation as decline } from '@/lib/invitations/acceptance'
import { requestReset, resetPassword } from '@/lib/passwords/reset'
import { startPasskeyUse } from '@/lib/second-factor/passkeys'
import { endSessionOfToken } from '@/lib/sessions/sessions'
import { confirmSignUp, requestSignUp } from '@/lib/sign-up/sign-up'
import { line } from '@/lib/text'

const secret = z.string().min(20).max(200)

export const signUp = publicAction(signUpSchema, async (input) => {
  await requestSignUp(input, await currentVisitor())
  return { data: { email: input.email } }
})

export const finishSignUp = publicAction(z.strictObject({ token: secret }), async ({ token }) => {
  const visitor = await enteringVisitor()
  const made = await confirmSignUp(token, visitor, await requestFacts())
  await enter(made.token)
  redirect(`/welcome/${made.slug}`)
})

export const askForReset = publicAction(z.strictObject({ email: line('An e-mail address', 320) }), async ({ email }) => {
  await requestReset(email, await currentVisitor())
  return { message: 'If there is an account for this address, a link is on its way. It works once, for one hour.' }
})

export const chooseNewPassword = publicAction(z.strictObject({ token: secret, password }), async (input) => {
  const { email } = await resetPassword(input.token, input.password, await currentVisitor())
  return { data: { email } }
})

export const confirmAddress = publicAction(z.strictObject({ token: secret }), async ({ token }) => {
  const { email } = await confirmEmail(token, await currentVisitor())
  return { message: `${email} is confirmed.` }
})

export const acceptAsNew = publicAction(z.strictObject({ token: secret, name: line('Your name', 120), password, timezone: timezone.or(z.literal('')).default('') }), async ({ token, ...input }) => {
  const made = await acceptInvitationAsNew(token, { ...input, timezone: input.timezone || null }, await enteringVisitor(), await requestFacts())
  await enter(made.token)
  redirect(`/${made.slug}`)
})

/** By whoever holds the link. */
export const declineInvitation = publicAction(z.strictObject({ token: secret }), async ({ token }) => {
  await decline(token)
})

/** The challenge for somebody who signs in with a passkey and has not said who they are. */
export const startPasskeySignIn = publicAction(z.strictObject({}), async () => {
  await takeAttempt('challenge', (await currentVisitor()).ip)
  return { data: { options: await startPasskeyUse(null) } }
})

// A browser that has a session already gives it up for the new one.
async function enter(token: string): Promise<void> {
  const replaced = await sessionToken()
  if (replaced) await endSessionOfToken(replaced, await currentVisitor(), 'replaced')
  await writeSessionCookie(token)
}
