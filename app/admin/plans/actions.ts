'use server'

import { superAdminAction } from '@/lib/actions/super-admin-action'
import { removePlan, savePlan } from '@/lib/console/plans'
import { removePlanSchema, savePlanSchema, updatePlanSchema } from '@/lib/console/schema'

export const addPlan = superAdminAction(savePlanSchema, async ({ token }, input) => {
  await savePlan(token, input, { isNew: true })
  return { message: `${input.name} is offered now.` }
})

export const updatePlan = superAdminAction(updatePlanSchema, async ({ token }, input) => {
  await savePlan(token, input, { isNew: false })
  return { message: `${input.name} is changed.` }
})

export const dropPlan = superAdminAction(removePlanSchema, async ({ token }, input) => {
  await removePlan(token, input)
  return { message: 'The plan is gone.' }
})
