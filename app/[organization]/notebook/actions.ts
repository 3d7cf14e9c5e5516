'use server'

import { memberAction } from '@/lib/actions/member-action'
import { decideDelegation, delegateContext } from '@/lib/notebook/delegations'
import { restoreVersion, setInheritance, writeEntry } from '@/lib/notebook/entries'
import { decideSchema, delegateSchema, inheritSchema, restoreVersionSchema, writeEntrySchema } from '@/lib/notebook/schema'

export const saveSection = memberAction(writeEntrySchema, async (scope, input) => {
  await writeEntry(scope, input)
  return { message: `${input.section} saved.` }
})

export const restoreSection = memberAction(restoreVersionSchema, async (scope, input) => {
  const { version } = await restoreVersion(scope, input)
  return { message: `Version ${input.version} is the newest again, as version ${version}.` }
})

export const inherit = memberAction(inheritSchema, async (scope, input) => {
  await setInheritance(scope, input)
  return { message: input.inherits ? 'Takes over what is noted above.' : 'Stands alone now.' }
})

export const passOn = memberAction(delegateSchema, async (scope, input) => {
  await delegateContext(scope, input)
  return { message: 'Passed on. It is merged there when somebody approves.' }
})

export const decide = memberAction(decideSchema, async (scope, input) => {
  await decideDelegation(scope, input)
  return { message: input.decision === 'approved' ? 'Approved and merged.' : 'Rejected. The reason is shown.' }
})
