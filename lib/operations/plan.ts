import 'server-only'
import { z } from 'zod'
import { NotFoundError } from '@/lib/errors'
import { createGoal, listGoals, updateGoal } from '@/lib/goals/goals'
import { createGoalSchema, GOAL_STATUSES, PROGRESS_MODES, updateGoalSchema } from '@/lib/goals/schema'
import { PRIORITIES } from '@/lib/tasks/rules'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isUuid } from '@/lib/uuid'
import { createWorkstream, listWorkstreams, updateWorkstream } from '@/lib/workstreams/workstreams'
import { createWorkstreamSchema, updateWorkstreamSchema, WORKSTREAM_STATUSES } from '@/lib/workstreams/schema'
import { operation, parseFor } from './operation'
import { day, flag, ref, text, versionOf, whole } from './inputs'
import { projectNamed, theProject } from './refs'

const project = ref('The project: its id, slug or key')
const workstreamFields = { git_branch: text('The branch it is worked on').optional(), description: text('What it is about').optional(), priority: z.enum(PRIORITIES).optional() }
const goalFields = {
  description: text('What is to be reached').optional(), target_on: day('When').optional(),
  progress_mode: z.enum(PROGRESS_MODES).optional().describe('Counted from its tasks, or entered'), progress: whole('Percent, where it is entered').optional(),
}

export const planOperations = [
  operation({
    name: 'list_workstreams', title: 'List workstreams', description: 'The workstreams of a project with their counts.', permission: 'workstreams:read', input: z.strictObject({ project }),
    run: async (scope, input) => ({ workstreams: await listWorkstreams(scope, (await theProject(scope, input.project)).id) }),
  }),
  operation({
    name: 'create_workstream', title: 'Create a workstream', description: 'A new line of work in a project that you may edit.', permission: 'workstreams:manage', isWrite: true,
    input: z.strictObject({ project, name: text('The name, 1 to 120 characters'), ...workstreamFields }),
    run: async (scope, { project: named, git_branch, ...rest }) => {
      const { id: projectId } = (await projectNamed(scope, named))!
      const { id } = await createWorkstream(scope, parseFor(createWorkstreamSchema, { ...rest, projectId, gitBranch: git_branch ?? '' }))
      return { workstream: (await listWorkstreams(scope, projectId)).find((one) => one.id === id) }
    },
  }),
  operation({
    name: 'update_workstream', title: 'Change a workstream', description: 'Name, branch, description, priority or state of a workstream.', permission: 'workstreams:manage', isWrite: true,
    input: z.strictObject({ workstream: ref('The id of the workstream'), version: versionOf('workstream'), name: text('The name').optional(), status: z.enum(WORKSTREAM_STATUSES).optional(), ...workstreamFields }),
    run: async (scope, { workstream, version, git_branch, ...rest }) => {
      const before = await find(scope, 'workstream', workstream)
      const { name, description, gitBranch, priority, status, projectId, id } = before
      await updateWorkstream(scope, parseFor(updateWorkstreamSchema, { name, description, priority, status, ...rest, id, version, gitBranch: git_branch ?? gitBranch ?? '' }))
      return { workstream: (await listWorkstreams(scope, projectId)).find((one) => one.id === id) }
    },
  }),
  operation({
    name: 'list_goals', title: 'List goals', description: 'The goals of a project with their progress.', permission: 'goals:read', input: z.strictObject({ project }),
    run: async (scope, input) => ({ goals: await listGoals(scope, (await theProject(scope, input.project)).id) }),
  }),
  operation({
    name: 'create_goal', title: 'Create a goal', description: 'A new goal of a project.', permission: 'goals:manage', isWrite: true, input: z.strictObject({ project, title: text('The title, 1 to 200 characters'), ...goalFields }),
    run: async (scope, { project: named, target_on, progress_mode, ...rest }) => {
      const { id: projectId } = (await projectNamed(scope, named))!
      const { id } = await createGoal(scope, parseFor(createGoalSchema, { ...rest, projectId, targetOn: target_on ?? '', ...(progress_mode && { progressMode: progress_mode }) }))
      return { goal: (await listGoals(scope, projectId)).find((one) => one.id === id) }
    },
  }),
  operation({
    name: 'update_goal', title: 'Change a goal', description: 'A goal, its progress or its state. One below 100 percent is completed only if confirmed.', permission: 'goals:manage', isWrite: true,
    input: z.strictObject({ goal: ref('The id of the goal'), version: versionOf('goal'), title: text('The title').optional(), status: z.enum(GOAL_STATUSES).optional(), confirmed: flag('Complete it below 100 percent').optional(), ...goalFields }),
    run: async (scope, { goal, version, target_on, progress_mode, confirmed, ...rest }) => {
      const { id, projectId, title, description, targetOn, progressMode, progress, status } = await find(scope, 'goal', goal)
      const day = target_on === undefined ? targetOn?.toISOString().slice(0, 10) : target_on
      await updateGoal(scope, parseFor(updateGoalSchema, { title, description, progress, status, ...rest, id, version, targetOn: day ?? '', progressMode: progress_mode ?? progressMode, confirmed: String(confirmed ?? false) }))
      return { goal: (await listGoals(scope, projectId)).find((one) => one.id === id) }
    },
  }),
]

async function find<Kind extends 'workstream' | 'goal'>({ tx }: Scope, kind: Kind, id: string): Promise<NonNullable<Awaited<ReturnType<Scope['tx'][Kind]['findFirst']>>>> {
  const where = { where: { id } }
  const found = isUuid(id) ? await (kind === 'goal' ? tx.goal.findFirst(where) : tx.workstream.findFirst(where)) : null
  if (!found) throw new NotFoundError()
  return found as never
}
