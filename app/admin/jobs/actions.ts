'use server'

import { superAdminAction } from '@/lib/actions/super-admin-action'
import { steerJob, steerJobSchema } from '@/lib/health/console'

export const retryJob = superAdminAction(steerJobSchema, async ({ token }, input) => {
  await steerJob(token, input, 'retry')
  return { message: 'The job begins again where its last step ended.' }
})

export const stopJob = superAdminAction(steerJobSchema, async ({ token }, input) => {
  await steerJob(token, input, 'cancel')
  return { message: 'The job is stopped. What it has finished stays.' }
})
