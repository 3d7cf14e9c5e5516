'use server'

import { memberAction } from '@/lib/actions/member-action'
import { addDependency, removeDependency } from '@/lib/tasks/dependencies'
import { reportProgress } from '@/lib/tasks/progress'
import { dependencyIdSchema, dependencySchema, reportProgressSchema } from '@/lib/tasks/schema'

export const dependOn = memberAction(dependencySchema, async (scope, input) => {
  await addDependency(scope, input)
  return { message: 'Dependency added.' }
})

export const undepend = memberAction(dependencyIdSchema, async (scope, { id }) => {
  await removeDependency(scope, id)
  return { message: 'Dependency removed.' }
})

export const report = memberAction(reportProgressSchema, async (scope, input) => {
  await reportProgress(scope, input)
  return { message: 'Reported.' }
})
