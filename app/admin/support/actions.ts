'use server'

import { z } from 'zod'
import { superAdminAction } from '@/lib/actions/super-admin-action'
import { endMySupport, requestSupport } from '@/lib/support/platform-support'
import { requestSupportSchema, supportIdSchema } from '@/lib/support/schema'

export const askForSupport = superAdminAction(requestSupportSchema, async ({ token }, input) => {
  const { state, slug } = await requestSupport(token, input)
  return state === 'active' ? { message: 'You are in as support.', redirectTo: `/${slug}` } : { message: 'An owner was asked. You can go in once they agree.', redirectTo: '/admin/support' }
})

// From the banner inside of an organization, whose forms carry its address.
export const endSupportHere = superAdminAction(supportIdSchema.extend({ organization: z.string().optional() }), async ({ token }, { id }) => {
  const state = await endMySupport(token, id)
  return { message: state === 'ended' ? 'The support session has ended.' : 'The support session was over already.', redirectTo: '/admin/support' }
}, { proof: false })
