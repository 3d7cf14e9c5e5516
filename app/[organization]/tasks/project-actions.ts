'use server'

import { memberAction } from '@/lib/actions/member-action'
import { createFollowUp } from '@/lib/tasks/follow-up'
import { moveToProject } from '@/lib/tasks/move-to-project'
import { followUpSchema, moveToProjectSchema } from '@/lib/tasks/schema'

const addressOf = (slug: string, { projectSlug, number }: { projectSlug: string; number: number }) => `/${slug}/projects/${projectSlug}/tasks/${number}`

/** The page that it was sent from is gone with it. */
export const takeToProject = memberAction(moveToProjectSchema, async (scope, input) => {
  const moved = await moveToProject(scope, input)
  return { message: `It is ${moved.key} now.`, redirectTo: addressOf(scope.member.organization.slug, moved) }
})

export const takeManyToProject = memberAction(moveToProjectSchema, async (scope, input) => {
  const { count } = await moveToProject(scope, input)
  return { message: count === 1 ? '1 task moved.' : `${count} tasks moved.` }
})

export const followUp = memberAction(followUpSchema, async (scope, { id }) => {
  const made = await createFollowUp(scope, id)
  return { message: `${made.key} follows it.`, redirectTo: addressOf(scope.member.organization.slug, made) }
})
