import { z } from 'zod'

export const RELATIONS = ['about', 'caused_by', 'converted_to', 'duplicate_of', 'follows'] as const
export type Relation = (typeof RELATIONS)[number]

/** How a link reads on the task that it leads from, and on the one that it leads to. */
export const RELATION_WORDS: Record<Relation, readonly [from: string, to: string]> = {
  about: ['About', 'Subject of'],
  caused_by: ['Caused by', 'Cause of'],
  converted_to: ['Converted to', 'Converted from'],
  duplicate_of: ['Duplicate of', 'Duplicated by'],
  follows: ['Follows', 'Followed by'],
}

/** `isReversed`: the link leads from the other task to this one. */
export const linkTasksSchema = z.strictObject({
  taskId: z.uuid(),
  otherId: z.uuid('Choose a task of the list.'),
  relation: z.enum(RELATIONS, 'Choose one of the list.'),
  isReversed: z.stringbool().default(false),
})
export type LinkTasks = z.infer<typeof linkTasksSchema>
export const unlinkSchema = z.strictObject({ id: z.uuid() })
