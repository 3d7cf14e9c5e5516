'use server'

import { superAdminAction } from '@/lib/actions/super-admin-action'
import { askForSuperAdmin, changePerson, decideSuperAdmin, sendResetLink } from '@/lib/console/people'
import { decideSuperAdminSchema, personIdSchema, personReasonSchema } from '@/lib/console/schema'

export const deactivate = superAdminAction(personReasonSchema, async ({ token }, input) => {
  await changePerson(token, { ...input, act: 'deactivate' })
  return { message: 'Deactivated, from their next click on.' }
})

export const reactivate = superAdminAction(personIdSchema, async ({ token }, input) => {
  await changePerson(token, { ...input, act: 'reactivate' })
  return { message: 'Active again.' }
})

export const resetFactor = superAdminAction(personReasonSchema, async ({ token }, input) => {
  await changePerson(token, { ...input, act: 'reset_factor' })
  return { message: 'Their second factor and passkeys are off, and they were told.' }
})

export const signOutEverywhere = superAdminAction(personIdSchema, async ({ token }, input) => {
  await changePerson(token, { ...input, act: 'sign_out' })
  return { message: 'Signed out everywhere.' }
})

export const sendLink = superAdminAction(personIdSchema, async ({ token }, { id }) => {
  await sendResetLink(token, id)
  return { message: 'The link is on its way to their address.' }
})

export const askSuperAdmin = superAdminAction(personReasonSchema, async ({ token }, input) => {
  await askForSuperAdmin(token, input)
  return { message: 'Asked. Another super-admin decides within 24 hours.' }
})

export const decideOnSuperAdmin = superAdminAction(decideSuperAdminSchema, async ({ token }, input) => {
  await decideSuperAdmin(token, input)
  return { message: input.decision === 'approve' ? 'They are a super-admin now.' : 'It will not be.' }
})

export const withdrawSuperAdmin = superAdminAction(personReasonSchema, async ({ token }, input) => {
  await changePerson(token, { ...input, act: 'withdraw' })
  return { message: 'They are no super-admin any more.' }
})
