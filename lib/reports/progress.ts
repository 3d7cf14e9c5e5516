import 'server-only'
import { listGoals } from '@/lib/goals/goals'
import { listProjects } from '@/lib/projects/projects'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { listWorkstreams } from '@/lib/workstreams/workstreams'
import { type ReportFilter, spanOf } from './filter'

/** `percent`: as its own page says it; `done` of `total` tasks. */
export type Progress = { kind: 'Project' | 'Workstream' | 'Goal'; id: string; name: string; done: number; total: number; percent: number }

const share = (done: number, total: number) => (total === 0 ? 0 : Math.floor((100 * done) / total))

/** Workstreams and goals of a project, by the same counters as its overview; without one, the projects. */
export async function listProgress(scope: Scope, filter: ReportFilter): Promise<Progress[]> {
  if (!filter.project) {
    const projects = await listProjects(scope, { today: spanOf(scope, filter).today })
    return projects.map(({ id, name, doneCount, openCount }) => ({ kind: 'Project', id, name, done: doneCount, total: doneCount + openCount, percent: share(doneCount, doneCount + openCount) }))
  }
  const [workstreams, goals] = [await listWorkstreams(scope, filter.project), await listGoals(scope, filter.project)]
  return [
    ...workstreams.map(({ id, name, doneCount, totalCount }): Progress => ({ kind: 'Workstream', id, name, done: doneCount, total: totalCount, percent: share(doneCount, totalCount) })),
    ...goals.map(({ id, title, doneCount, taskCount, progress }): Progress => ({ kind: 'Goal', id, name: title, done: doneCount, total: taskCount, percent: progress })),
  ]
}
