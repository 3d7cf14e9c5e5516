import { z } from 'zod'
import { line } from '@/lib/text'

export const LIST_KEYS = ['tasks', 'project', 'board', 'calendar', 'timeline', 'workload', 'members', 'audit'] as const
export type ListKey = (typeof LIST_KEYS)[number]

const name = line('A name', 60)
const id = z.uuid()

/** `query`: what stands behind the question mark of the list's address. */
export const createViewSchema = z.strictObject({
  list: z.enum(LIST_KEYS),
  name,
  query: z.string().max(2_000, 'These filters are too long to be kept.').default(''),
  isShared: z.stringbool().default(false),
  isDefault: z.stringbool().default(false),
})
export type CreateView = z.infer<typeof createViewSchema>
export const updateViewSchema = z.strictObject({ id, name, isShared: z.stringbool().default(false), isDefault: z.stringbool().default(false) })
export type UpdateView = z.infer<typeof updateViewSchema>
export const viewSchema = z.strictObject({ id })
