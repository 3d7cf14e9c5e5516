'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { JOIN_ROLES } from '@/lib/access/schema'
import { joinByCode } from '@/lib/access/joining'
import { password, proofSchema } from '@/lib/account/schema'
import { setFlash } from '@/lib/actions/flash'
import { memberAction, signedOut } from '@/lib/actions/member-action'
import { personAction } from '@/lib/actions/person-action'
import { sessionToken, writeSessionCookie } from '@/lib/auth/cookies'
import { requestFacts } from '@/lib/auth/session'
import { currentVisitor, enteringVisitor } from '@/lib/auth/visitor'
import { ForbiddenError, InvalidError } from '@/lib/errors'
import { acceptInvitation as accept } from '@/lib/invitations/acceptance'
import { finishOnboarding as finish, onboardingSchema } from '@/lib/onboarding/onboarding'
import { anotherOrganizationSchema, foundAnotherOrganization } from '@/lib/organizations/another-organization'
import { restoreOrganization } from '@/lib/organizations/deletion'
import { replacePassword as replace } from '@/lib/passwords/change'
import { withPerson } from '@/lib/platform/person'
import { passSecondFactor, proveAgain, type Proof } from '@/lib/second-factor/factors'
import { startPasskeyUse } from '@/lib/second-factor/passkeys'
import { line } from '@/lib/text'

/** The second factor of a sign-in. */
export const passFactor = personAction(proofSchema.omit({ password: true }), async (person, input) => {
  await writeSessionCookie(await passSecondFactor(person, proofOf(input) as Exclude<Proof, { password: string }>, await enteringVisitor()))
}, { atGate: ['second_factor'] })

export const startPasskeyAnswer = personAction(z.strictObject({}), async ({ userId }) => ({ data: { options: await withPerson(userId, await currentVisitor(), startPasskeyUse) } }), { atGate: ['second_factor', 'new_password'] })

/** Once more who it is, before something sensitive. */
export const prove = personAction(proofSchema, async (person, input, visitor) => {
  await writeSessionCookie(await proveAgain(person, proofOf(input), visitor))
}, { atGate: ['new_password'] })

export const replacePassword = personAction(z.strictObject({ password }), async (person, input, visitor) => {
  await writeSessionCookie(await replace(person, input.password, visitor))
}, { atGate: ['new_password'] })

export const acceptInvitation = personAction(z.strictObject({ token: z.string().max(200) }), async ({ userId, name }, { token }) => {
  const { slug } = await accept(token, { userId, name }, await requestFacts())
  redirect(`/${slug}`)
})

export const join = personAction(z.strictObject({ code: line('A code', 20), role: z.enum(JOIN_ROLES, 'Choose one of the list.').default('member') }), async ({ userId, name, email }, { code, role }) => {
  const { outcome, slug } = await joinByCode(code, { userId, name, email, wishedRole: role })
  if (outcome === 'refused') throw new ForbiddenError('This code does not let you in. Check it, or ask for an invitation.', 'join_refused')
  return outcome === 'requested' ? { message: 'You have asked to join. An owner or admin decides, and you get a mail.' } : { data: { path: `/${slug}` } }
})

export const found = personAction(anotherOrganizationSchema, async (person, input) => {
  const token = await sessionToken()
  if (!token) throw signedOut()
  const { slug } = await foundAnotherOrganization(person, input, token, await requestFacts())
  return { data: { path: `/welcome/${slug}` } }
})

export const bringBack = personAction(z.strictObject({ id: z.uuid() }), async ({ userId }, { id }, visitor) => {
  const { slug } = await restoreOrganization(userId, id, visitor)
  await setFlash('The organization is back, with everything in it.')
  redirect(`/${slug}`)
})

export const finishOnboarding = memberAction(onboardingSchema, async (scope, input) => {
  await finish(scope, input)
  return { data: { path: `/${scope.member.organization.slug}` } }
}, { atGate: 'onboarding' })

function proofOf({ password: word, code, passkey }: { password?: string; code?: string; passkey?: string }): Proof {
  if (passkey) return { passkey }
  if (word) return { password: word }
  if (code) return { code }
  throw new InvalidError('Nothing was entered.', { code: ['Enter a code.'] })
}
