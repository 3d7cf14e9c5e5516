'use server'

import { superAdminAction } from '@/lib/actions/super-admin-action'
import { cancelOrganization, changeOrganization, createOrganization, setLimit, setModule, setPlan } from '@/lib/console/organizations'
import { cancelSchema, createOrganizationSchema, organizationIdSchema, setLimitSchema, setModuleSchema, setPlanSchema, suspendSchema } from '@/lib/console/schema'

export const makeOrganization = superAdminAction(createOrganizationSchema, async ({ token }, input) => {
  const { id, link, isMailed } = await createOrganization(token, input)
  if (link) return { data: { id, link } }
  return { message: isMailed ? `${input.name} is there. Its owner was written to.` : `${input.name} is there, and its owner finds it among their organizations.`, redirectTo: `/admin/organizations/${id}` }
})

export const suspend = superAdminAction(suspendSchema, async ({ token }, input) => {
  await changeOrganization(token, { ...input, act: 'suspend' })
  return { message: 'Suspended, from the next click on.' }
})

export const resume = superAdminAction(organizationIdSchema, async ({ token }, input) => {
  await changeOrganization(token, { ...input, act: 'resume' })
  return { message: 'It is open again.' }
})

export const cancel = superAdminAction(cancelSchema, async ({ token }, input) => {
  await cancelOrganization(token, input)
  return { message: 'Cancelled. It can be brought back for 30 days.' }
})

export const bringBack = superAdminAction(organizationIdSchema, async ({ token }, input) => {
  await changeOrganization(token, { ...input, act: 'restore' })
  return { message: 'It is back, with everything in it.' }
})

export const changePlan = superAdminAction(setPlanSchema, async ({ token }, input) => {
  await setPlan(token, input)
  return { message: 'The plan is changed.' }
})

export const changeLimit = superAdminAction(setLimitSchema, async ({ token }, input) => {
  await setLimit(token, input)
  return { message: 'The limit is changed.' }
})

export const switchModule = superAdminAction(setModuleSchema, async ({ token }, input) => {
  const { label } = await setModule(token, input)
  return { message: `${label} is ${input.enabled ? 'on' : 'off'} now.` }
})
