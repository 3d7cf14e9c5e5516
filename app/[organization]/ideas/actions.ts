'use server'

import { memberAction } from '@/lib/actions/member-action'
import { convertIdea } from '@/lib/ideas/convert'
import { archiveIdea, createIdea, updateIdea } from '@/lib/ideas/ideas'
import { openIdea, refineIdea } from '@/lib/ideas/refine'
import { convertSchema, createIdeaSchema, ideaIdSchema, refineSchema, updateIdeaSchema } from '@/lib/ideas/schema'

export const addIdea = memberAction(createIdeaSchema, async (scope, input) => {
  const { id } = await createIdea(scope, input)
  return { redirectTo: `/${scope.member.organization.slug}/ideas/${id}` }
})

export const editIdea = memberAction(updateIdeaSchema, async (scope, input) => {
  await updateIdea(scope, input)
  return { message: 'Idea saved.' }
})

export const takeUpIdea = memberAction(ideaIdSchema, async (scope, input) => {
  await openIdea(scope, input)
  return { message: 'Answer the four questions, and the idea is judged.' }
})

export const putAwayIdea = memberAction(ideaIdSchema, async (scope, input) => {
  await archiveIdea(scope, input)
  return { message: 'Idea archived.' }
})

export const judgeIdea = memberAction(refineSchema, async (scope, input) => {
  const { scorePm, status } = await refineIdea(scope, input)
  return { message: status === 'validated' ? `Validated with ${scorePm} of 1000.` : `${scorePm} of 1000: not yet. The reasons say what is missing.` }
})

export const makeTasks = memberAction(convertSchema, async (scope, input) => {
  const { count } = await convertIdea(scope, input)
  return { message: count === 1 ? 'A task was made.' : `${count} tasks were made.` }
})
