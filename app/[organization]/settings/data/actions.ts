'use server'

import { z } from 'zod'
import { memberAction } from '@/lib/actions/member-action'
import { startArchive } from '@/lib/archives/write-archive'

export const makeArchive = memberAction(z.strictObject({}), async (scope) => {
  await startArchive(scope)
  return { message: 'The archive is being made. It will stand among your export files.' }
}, { proof: true })
