'use server'

import { memberAction } from '@/lib/actions/member-action'
import { linkTasks, unlinkTasks } from '@/lib/links/links'
import { linkTasksSchema, unlinkSchema } from '@/lib/links/schema'

export const linkTask = memberAction(linkTasksSchema, async (scope, input) => {
  await linkTasks(scope, input)
  return { message: 'Linked.' }
})

export const unlinkTask = memberAction(unlinkSchema, async (scope, { id }) => {
  await unlinkTasks(scope, id)
  return { message: 'Link removed.' }
})
