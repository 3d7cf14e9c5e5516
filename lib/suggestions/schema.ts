import { z } from 'zod'
import { line, paragraph } from '@/lib/text'

export const SUGGESTION_KINDS = ['goal', 'task'] as const
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number]
export type SuggestionStatus = 'pending' | 'accepted' | 'modified' | 'rejected'

export const suggestSchema = z.strictObject({ projectId: z.uuid() })
/** What is left out is taken as it was proposed. */
export const acceptSuggestionSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(SUGGESTION_KINDS, 'Choose goal or task.').optional(),
  title: line('A title', 200).optional(),
  description: paragraph('The description', 2000).optional(),
})
export type AcceptSuggestion = z.infer<typeof acceptSuggestionSchema>
export const suggestionIdSchema = z.strictObject({ id: z.uuid() })
export const rateSuggestionSchema = z.strictObject({ id: z.uuid(), rating: z.coerce.number('Rate from 1 to 5.').int('Rate from 1 to 5.').min(1, 'Rate from 1 to 5.').max(5, 'Rate from 1 to 5.') })
