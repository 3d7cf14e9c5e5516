import { createGoal } from '@/lib/goals/goals'
import { createGoalSchema } from '@/lib/goals/schema'
import { addDependency } from '@/lib/tasks/dependencies'
import { reportProgress } from '@/lib/tasks/progress'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import type { DemoProject } from './projects'

export type DemoPlan = { streams: string[]; goals: string[] }

/** The workstreams and goals of a demo project, by their places; made when they are not there yet. */
export async function makePlan(owner: Member, projectId: string, { streams = [], goals = [], target }: DemoProject): Promise<DemoPlan> {
  return withTenant(owner, async (scope) => {
    const [hasStreams, hasGoals] = [await scope.tx.workstream.findMany({ where: { projectId }, orderBy: { position: 'asc' } }), await scope.tx.goal.findMany({ where: { projectId }, orderBy: { id: 'asc' } })]
    const made: DemoPlan = { streams: hasStreams.map(({ id }) => id), goals: hasGoals.map(({ id }) => id) }
    const targetOn = target === undefined ? '' : new Date(Date.now() + target * 86_400_000).toISOString().slice(0, 10)
    for (const name of streams.slice(made.streams.length)) made.streams.push((await createWorkstream(scope, createWorkstreamSchema.parse({ projectId, name }))).id)
    for (const title of goals.slice(made.goals.length)) made.goals.push((await createGoal(scope, createGoalSchema.parse({ projectId, title, targetOn }))).id)
    return made
  })
}

/** What waits for what, and a report on what is under way. `ids`: of the tasks, by their places. */
export async function tiePlan(owner: Member, projectId: string, { waits = [], tasks }: DemoProject, ids: string[]): Promise<void> {
  await withTenant(owner, async (scope) => {
    if ((await scope.tx.taskDependency.count({ where: { projectId } })) > 0) return
    for (const [waiting, needed] of waits) await addDependency(scope, { taskId: ids[waiting]!, dependsOnId: ids[needed]! })
    const begun = tasks.flatMap(({ status, subtasks }, index) => (status === 'in_progress' && !subtasks?.length ? [ids[index]!] : [])).slice(0, 3)
    for (const [index, taskId] of begun.entries()) await reportProgress(scope, { taskId, body: ['The first half stands; the rest is clear.', 'Waiting for one answer, otherwise on time.', 'Begun. Less of it than feared.'][index]!, percent: [60, 40, 10][index]! })
  })
}
