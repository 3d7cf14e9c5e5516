import { z } from 'zod'
import { RELATIONS } from './rules'

export * from './rules'

/** `isReversed`: the link leads from the other task to this one. */
export const linkTasksSchema = z.strictObject({
  taskId: z.uuid(),
  otherId: z.uuid('Choose a task of the list.'),
  relation: z.enum(RELATIONS, 'Choose one of the list.'),
  isReversed: z.stringbool().default(false),
})
export type LinkTasks = z.infer<typeof linkTasksSchema>
export const unlinkSchema = z.strictObject({ id: z.uuid() })
