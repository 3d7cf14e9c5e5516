'use server'

import { z } from 'zod'
import { avatarSchema } from '@/lib/account/schema'
import { memberAction } from '@/lib/actions/member-action'
import { organizationProfileSchema, setLogo, updateOrganization } from '@/lib/organizations/profile'

export const saveOrganization = memberAction(organizationProfileSchema, async (scope, input) => {
  const { slug } = await updateOrganization(scope, input)
  if (slug === scope.member.organization.slug) return { message: 'Saved.' }
  return { message: `The address is /${slug} now.`, redirectTo: `/${slug}/settings/profile` }
})

export const saveLogo = memberAction(avatarSchema, async (scope, { image }) => {
  await setLogo(scope, image)
  return { message: 'The logo is set.' }
})

export const dropLogo = memberAction(z.strictObject({}), async (scope) => {
  await setLogo(scope, null)
  return { message: 'The logo is removed.' }
})
