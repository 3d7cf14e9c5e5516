'use server'

import { z } from 'zod'
import { addAccessRule, setAccessRule, setJoinPolicy } from '@/lib/access/access-rules'
import { decideJoinRequest } from '@/lib/access/join-requests'
import { addAccessRuleSchema, joinPolicySchema, POLICY_WORDS, setAccessRuleSchema } from '@/lib/access/schema'
import { secondFactorPolicySchema, setSecondFactorPolicy } from '@/lib/access/second-factor-policy'
import { memberAction } from '@/lib/actions/member-action'

export const chooseJoinPolicy = memberAction(joinPolicySchema, async (scope, input) => {
  await setJoinPolicy(scope, input)
  return { message: `People join: ${POLICY_WORDS[input.policy].label.toLowerCase()}.` }
})

export const listAddress = memberAction(addAccessRuleSchema, async (scope, input) => {
  await addAccessRule(scope, input)
  return { message: `${input.value} is listed.` }
})

export const switchAddress = memberAction(setAccessRuleSchema, async (scope, input) => {
  await setAccessRule(scope, input)
  return { message: input.isActive ? 'Switched on.' : 'Switched off. Whoever it let in is out on their next click.' }
})

export const decideRequest = memberAction(z.strictObject({ id: z.uuid(), role: z.enum(['admin', 'manager', 'member', 'field', 'viewer', 'none']) }), async (scope, { id, role }) => {
  const { name } = await decideJoinRequest(scope, { id, role: role === 'none' ? null : role })
  return { message: role === 'none' ? `${name} was declined.` : `${name} is a member now.` }
})

export const chooseSecondFactor = memberAction(secondFactorPolicySchema, async (scope, input) => {
  await setSecondFactorPolicy(scope, input)
  return { message: input.isRequired ? 'Members need a second factor.' : 'Members need no second factor.' }
})
