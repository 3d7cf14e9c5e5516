'use server'

import { memberAction } from '@/lib/actions/member-action'
import { acceptSuggestionSchema, rateSuggestionSchema, suggestionIdSchema, suggestSchema } from '@/lib/suggestions/schema'
import { acceptSuggestion as accept, rateSuggestion as rate, rejectSuggestion as reject, suggestPlan } from '@/lib/suggestions/suggestions'

export const suggest = memberAction(suggestSchema, async (scope, { projectId }) => {
  const { count } = await suggestPlan(scope, projectId)
  return { message: count === 0 ? 'Nothing new to suggest. More lines in the description suggest more.' : count === 1 ? 'One suggestion.' : `${count} suggestions.` }
})

export const acceptSuggestion = memberAction(acceptSuggestionSchema, async (scope, input) => {
  const { kind, title } = await accept(scope, input)
  return { message: kind === 'goal' ? `Goal ${title} set.` : `Task ${title} made.` }
})

export const rejectSuggestion = memberAction(suggestionIdSchema, async (scope, { id }) => {
  await reject(scope, id)
  return { message: 'It is not suggested again.' }
})

export const rateSuggestion = memberAction(rateSuggestionSchema, async (scope, input) => {
  await rate(scope, input)
})
