'use server'

import { memberAction } from '@/lib/actions/member-action'
import { createGoal, deleteGoal, updateGoal } from '@/lib/goals/goals'
import { createGoalSchema, goalIdSchema, updateGoalSchema } from '@/lib/goals/schema'
import { createWorkstreamSchema, placeWorkstreamSchema, updateWorkstreamSchema, workstreamIdSchema } from '@/lib/workstreams/schema'
import { createWorkstream, deleteWorkstream, placeWorkstream, updateWorkstream } from '@/lib/workstreams/workstreams'

export const addWorkstream = memberAction(createWorkstreamSchema, async (scope, input) => {
  const { name } = await createWorkstream(scope, input)
  return { message: `Workstream ${name} made.` }
})

export const editWorkstream = memberAction(updateWorkstreamSchema, async (scope, input) => {
  await updateWorkstream(scope, input)
  return { message: 'Workstream saved.' }
})

export const moveWorkstream = memberAction(placeWorkstreamSchema, async (scope, input) => {
  await placeWorkstream(scope, input)
})

export const removeWorkstream = memberAction(workstreamIdSchema, async (scope, { id }) => {
  await deleteWorkstream(scope, id)
  return { message: 'Workstream deleted.' }
})

export const addGoal = memberAction(createGoalSchema, async (scope, input) => {
  await createGoal(scope, input)
  return { message: 'Goal set.' }
})

export const editGoal = memberAction(updateGoalSchema, async (scope, input) => {
  await updateGoal(scope, input)
  return { message: 'Goal saved.' }
})

export const removeGoal = memberAction(goalIdSchema, async (scope, { id }) => {
  await deleteGoal(scope, id)
  return { message: 'Goal deleted.' }
})
