'use server'

import { z } from 'zod'
import { memberAction } from '@/lib/actions/member-action'
import { cancelJob } from '@/lib/jobs/jobs'

export const stopJob = memberAction(z.strictObject({ id: z.uuid() }), async (scope, { id }) => {
  await cancelJob(scope, id)
  return { message: 'Cancelled.' }
})
