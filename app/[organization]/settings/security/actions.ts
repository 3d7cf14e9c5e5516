'use server'

import { memberAction } from '@/lib/actions/member-action'
import { organizationSecuritySchema, setOrganizationSecurity } from '@/lib/organizations/security'

export const saveSecurity = memberAction(organizationSecuritySchema, async (scope, input) => {
  await setOrganizationSecurity(scope, input)
  return { message: 'Saved. It acts on everybody’s next click.' }
}, { proof: true })
