'use server'

import { memberAction } from '@/lib/actions/member-action'
import { decideSupport, endSupport, setSupportPolicy } from '@/lib/support/organization-support'
import { decideSupportSchema, SUPPORT_POLICIES, supportIdSchema, supportPolicySchema } from '@/lib/support/schema'

export const chooseSupportPolicy = memberAction(supportPolicySchema, async (scope, input) => {
  await setSupportPolicy(scope, input)
  return { message: `Saved: ${SUPPORT_POLICIES[input.policy].label.toLowerCase()}.` }
}, { proof: true })

export const answerSupport = memberAction(decideSupportSchema, async (scope, input) => {
  await decideSupport(scope, input)
  return { message: input.decision === 'approve' ? 'Support may come in now.' : 'Support was turned down.' }
}, { proof: true })

export const stopSupport = memberAction(supportIdSchema, async (scope, input) => {
  await endSupport(scope, input)
  return { message: 'Ended. It acts on their next click.' }
})
