'use server'

import { memberAction } from '@/lib/actions/member-action'
import { deleteOrganization, deleteOrganizationSchema } from '@/lib/organizations/deletion'

export const closeOrganization = memberAction(deleteOrganizationSchema, async (scope, input) => {
  await deleteOrganization(scope, input)
  return { message: 'The organization is deleted.', data: { path: '/organizations' } }
}, { proof: true })
