'use server'

import { memberAction } from '@/lib/actions/member-action'
import { switchModule, switchModuleSchema } from '@/lib/modules/switching'

export const setModule = memberAction(switchModuleSchema, async (scope, input) => {
  const { label } = await switchModule(scope, input)
  return { message: `${label} is ${input.enabled ? 'on' : 'off'}.` }
})
