'use server'

import { memberAction } from '@/lib/actions/member-action'
import { deleteAttachment, restoreAttachment } from '@/lib/attachments/attachments'
import { attachmentIdSchema } from '@/lib/attachments/schema'

export const removeAttachment = memberAction(attachmentIdSchema, async (scope, { id }) => {
  await deleteAttachment(scope, id)
})

export const unremoveAttachment = memberAction(attachmentIdSchema, async (scope, { id }) => {
  await restoreAttachment(scope, id)
  return { message: 'The file is back.' }
})
