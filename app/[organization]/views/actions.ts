'use server'

import { memberAction } from '@/lib/actions/member-action'
import { createViewSchema, updateViewSchema, viewSchema } from '@/lib/views/schema'
import { createView, deleteView, updateView } from '@/lib/views/views'

export const saveView = memberAction(createViewSchema, async (scope, input) => {
  await createView(scope, input)
  return { message: `View ${input.name} saved.` }
})

export const editView = memberAction(updateViewSchema, async (scope, input) => {
  await updateView(scope, input)
  return { message: `View ${input.name} saved.` }
})

export const removeView = memberAction(viewSchema, async (scope, { id }) => {
  await deleteView(scope, id)
  return { message: 'View deleted.' }
})
