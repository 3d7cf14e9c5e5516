'use server'

import { z } from 'zod'
import { memberAction } from '@/lib/actions/member-action'
import { createLabel, deleteLabel } from '@/lib/labels/labels'
import { createLabelSchema } from '@/lib/labels/schema'

export const addLabel = memberAction(createLabelSchema, async (scope, input) => {
  const { id, name } = await createLabel(scope, input)
  return { message: `Label ${name} created.`, data: { id } }
})

export const removeLabel = memberAction(z.strictObject({ id: z.uuid() }), async (scope, { id }) => {
  await deleteLabel(scope, id)
  return { message: 'Label deleted.' }
})
