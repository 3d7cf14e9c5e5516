'use server'

import { z } from 'zod'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { requestEmailChange, requestVerification } from '@/lib/account/email'
import { deleteAccount, exportMyData, leaveOrganization, membersOf, openOrganizations } from '@/lib/account/leaving'
import { muteOrganization as mute, muteSchema, saveDelivery as save, saveDeliverySchema, savePreferenceSchema, setPreference } from '@/lib/account/preferences'
import { removeAvatar, setAvatar, updateProfile } from '@/lib/account/profile'
import { avatarSchema, changePasswordSchema, emailSchema, profileSchema } from '@/lib/account/schema'
import { personAction } from '@/lib/actions/person-action'
import { connectCookieName, cookieOptions, dropSessionCookie, writeSessionCookie } from '@/lib/auth/cookies'
import { listProviders } from '@/lib/auth/providers'
import { memberAnswer, requestFacts } from '@/lib/auth/session'
import { InvalidError, NotFoundError } from '@/lib/errors'
import { disconnectIdentity, startConnecting } from '@/lib/identities/identities'
import { changePassword as change } from '@/lib/passwords/change'
import { withPerson } from '@/lib/platform/person'
import { requireRecentProof } from '@/lib/second-factor/factors'
import { addPasskey as add, removePasskey as remove, startPasskey as start } from '@/lib/second-factor/passkeys'
import { createRecoveryCodes } from '@/lib/second-factor/recovery-codes'
import { confirmTotp as confirm, removeTotp as removeAuthenticator, startTotp as startAuthenticator } from '@/lib/second-factor/totp'
import { endOtherSessions as endOthers, endSession as end } from '@/lib/sessions/sessions'
import { line } from '@/lib/text'
import { drawQrCode } from './qr-code'

const nothing = z.strictObject({})
const byId = z.strictObject({ id: z.uuid() })
const CONNECT_SECONDS = 600

export const saveProfile = personAction(profileSchema, async ({ userId }, input, visitor) => {
  await withPerson(userId, visitor, (scope) => updateProfile(scope, input))
  return { message: 'Saved.' }
})

export const saveAvatar = personAction(avatarSchema, async ({ userId }, { image }, visitor) => {
  await withPerson(userId, visitor, (scope) => setAvatar(scope, image))
  return { message: 'Your picture is set.' }
})

export const dropAvatar = personAction(nothing, async ({ userId }, _, visitor) => {
  await withPerson(userId, visitor, removeAvatar)
  return { message: 'Your picture is gone.' }
})

export const changePassword = personAction(changePasswordSchema, async (person, input, visitor) => {
  await writeSessionCookie(await change(person, input, visitor))
  return { message: 'Your password is changed. Every other session was ended.' }
})

export const changeEmail = personAction(emailSchema, async (person, { email }, visitor) => {
  requireRecentProof(person)
  await requestEmailChange(person, email, visitor)
  return { message: `We sent a link to ${email}. Your account keeps its present address until it is opened.` }
})

export const sendVerification = personAction(nothing, async (person, _, visitor) => {
  await requestVerification(person, visitor)
  return { message: `We sent a link to ${person.email}.` }
})

export const startTotp = personAction(nothing, async (person, _, visitor) => {
  requireRecentProof(person)
  const { secret, uri } = await withPerson(person.userId, visitor, startAuthenticator)
  return { data: { secret, qrCode: drawQrCode(uri) } }
})

export const confirmTotp = personAction(z.strictObject({ code: z.string().max(20) }), async (person, { code }, visitor) => {
  requireRecentProof(person)
  return { message: 'Your authenticator is set up.', data: await withPerson(person.userId, visitor, (scope) => confirm(scope, code)) }
})

export const removeTotp = personAction(nothing, async (person, _, visitor) => {
  requireRecentProof(person)
  await withPerson(person.userId, visitor, removeAuthenticator)
  return { message: 'Your authenticator is removed.' }
})

export const startPasskey = personAction(nothing, async (person, _, visitor) => {
  requireRecentProof(person)
  return { data: { options: await withPerson(person.userId, visitor, start) } }
})

export const addPasskey = personAction(z.strictObject({ response: z.string().max(20_000), name: line('A name', 60) }), async (person, input, visitor) => {
  requireRecentProof(person)
  return { message: 'Your passkey is added.', data: await withPerson(person.userId, visitor, (scope) => add(scope, input)) }
})

export const removePasskey = personAction(byId, async (person, { id }, visitor) => {
  requireRecentProof(person)
  await withPerson(person.userId, visitor, (scope) => remove(scope, id))
  return { message: 'Your passkey is removed.' }
})

export const makeRecoveryCodes = personAction(nothing, async (person, _, visitor) => {
  requireRecentProof(person)
  return { data: { recoveryCodes: await withPerson(person.userId, visitor, createRecoveryCodes) } }
})

/** Lets the browser connect a provider in the next minutes; the page then sends it there. */
export const connectIdentity = personAction(z.strictObject({ provider: z.string().max(20) }), async (person, { provider }) => {
  requireRecentProof(person)
  if (!listProviders().some(({ key }) => key === provider)) throw new NotFoundError()
  const token = await startConnecting(person, provider)
  ;(await cookies()).set(connectCookieName(), token, { ...cookieOptions(), maxAge: CONNECT_SECONDS })
})

export const removeIdentity = personAction(byId, async (person, { id }, visitor) => {
  requireRecentProof(person)
  await withPerson(person.userId, visitor, (scope) => disconnectIdentity(scope, id))
  return { message: 'Disconnected.' }
})

export const endSession = personAction(byId, async ({ userId }, { id }, visitor) => {
  await withPerson(userId, visitor, (scope) => end(scope, id))
  return { message: 'That session is over.' }
})

export const endOtherSessions = personAction(nothing, async ({ userId, sessionId }, _, visitor) => {
  const count = await withPerson(userId, visitor, (scope) => endOthers(scope, sessionId, 'signed_out_everywhere'))
  return { message: count === 0 ? 'There was no other session.' : `${count} other ${count === 1 ? 'session is' : 'sessions are'} over.` }
})

export const savePreference = personAction(savePreferenceSchema, async ({ userId }, { kind, channel, enabled }, visitor) => {
  await withPerson(userId, visitor, (scope) => setPreference(scope, kind, enabled, channel))
  return { message: 'Saved.' }
})

export const saveDelivery = personAction(saveDeliverySchema, async ({ userId }, input, visitor) => {
  await withPerson(userId, visitor, (scope) => save(scope, input))
  return { message: 'Saved.' }
})

export const muteOrganization = personAction(muteSchema, async ({ userId }, input, visitor) => {
  if (!(await withPerson(userId, visitor, (scope) => mute(scope, input)))) throw new NotFoundError()
  return { message: input.isMuted ? 'You get no more mail from there.' : 'You get mail from there.' }
})

export const exportData = personAction(nothing, async (person, _, visitor) => {
  requireRecentProof(person)
  const answers = await Promise.all((await openOrganizations(person.userId)).map((slug) => memberAnswer(slug)))
  return { data: { json: JSON.stringify(await exportMyData(person, visitor, membersOf(answers)), null, 2) } }
})

export const leave = personAction(z.strictObject({ slug: z.string().max(40) }), async (_person, { slug }) => {
  const answer = await memberAnswer(slug)
  if (answer.state !== 'member') throw new NotFoundError()
  await leaveOrganization(answer.member, await requestFacts())
  return { message: `You have left ${answer.member.organization.name}.` }
})

export const deleteMyAccount = personAction(z.strictObject({ confirmation: z.string().max(320) }), async (person, { confirmation }, visitor) => {
  requireRecentProof(person)
  if (confirmation.trim() !== person.email) throw new InvalidError('Type your e-mail address to delete the account.', { confirmation: ['This is not your e-mail address.'] })
  await deleteAccount(person, visitor)
  await dropSessionCookie()
  redirect('/sign-in?ended=account_deleted')
})
