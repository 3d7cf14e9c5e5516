'use server'

import { memberAction } from '@/lib/actions/member-action'
import { choosePlan, choosePlanSchema, listPlans } from '@/lib/plans/plans'

export const takePlan = memberAction(choosePlanSchema, async (scope, input) => {
  const { name } = await choosePlan(scope, input, await listPlans())
  return { message: `The plan is ${name} now.` }
}, { proof: true })
