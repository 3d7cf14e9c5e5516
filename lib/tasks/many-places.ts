import 'server-only'
import { can } from '@/lib/authorization/permissions'
import { createGoal, deleteGoal } from '@/lib/goals/goals'
import { createGoalSchema } from '@/lib/goals/schema'
import type { RowProblem } from '@/lib/imports/targets'
import { savepoint } from '@/lib/tenancy/savepoint'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream, deleteWorkstream } from '@/lib/workstreams/workstreams'

type Row = { workstream: string; goal: string }
const PER_PROJECT_MAX = 100

/** Workstreams and goals of a project as rows name them. Those that are not there yet are made for whoever may make them. */
export async function placesOf(scope: Scope, projectId: string) {
  const { tx, member } = scope
  const known = { workstream: new Map<string, string | null>(), goal: new Map<string, string | null>() }
  const counts = { workstream: 0, goal: 0 }
  const made: Record<'workstreams' | 'goals', string[]> = { workstreams: [], goals: [] }
  const learn = (kind: keyof typeof known, name: string, id: string) => {
    // Of two goals with one title neither is meant for sure.
    known[kind].set(toLookup(name), known[kind].has(toLookup(name)) ? null : id)
    counts[kind]++
  }
  const archived = new Set<string>()
  for (const { id, name, status } of await tx.workstream.findMany({ where: { projectId } })) {
    learn('workstream', name, id)
    if (status === 'archived') archived.add(id)
  }
  const goals = await tx.goal.findMany({ where: { projectId } })
  for (const { id, title } of goals.filter(({ status }) => status !== 'archived')) learn('goal', title, id)
  counts.goal = goals.length

  const fresh = { workstream: new Map<string, string>(), goal: new Map<string, string>() }
  const refuseOne = (kind: keyof typeof known, name: string, mayMake: boolean): RowProblem | null => {
    const problem = (message: string) => ({ code: 'no_such_place', message, column: kind })
    const key = toLookup(name)
    if (!name || fresh[kind].has(key)) return null
    const id = known[kind].get(key)
    if (id === null) return problem(`This project has two goals called ${name.slice(0, 60)}.`)
    if (id) return archived.has(id) ? problem(`The workstream ${name.slice(0, 60)} is archived and takes no tasks.`) : null
    if (!mayMake) return problem(`This project has no ${kind} called ${name.slice(0, 60)}, and your role does not make any.`)
    if (counts[kind] + fresh[kind].size >= PER_PROJECT_MAX) return problem(`A project has at most ${PER_PROJECT_MAX} ${kind}s.`)
    fresh[kind].set(key, name)
    return null
  }
  return {
    refuse: ({ workstream, goal }: Row) => refuseOne('workstream', workstream, can(member.role, 'workstreams:manage')) ?? refuseOne('goal', goal, can(member.role, 'goals:manage')),
    make: async (rows: Row[]) => {
      const wanted = (kind: keyof typeof known) => [...new Map(rows.map((row) => [toLookup(row[kind]), row[kind]])).entries()].filter(([key]) => key && !known[kind].has(key))
      for (const [key, name] of wanted('workstream')) made.workstreams.push(known.workstream.set(key, (await createWorkstream(scope, createWorkstreamSchema.parse({ projectId, name }))).id).get(key)!)
      for (const [key, title] of wanted('goal')) made.goals.push(known.goal.set(key, (await createGoal(scope, createGoalSchema.parse({ projectId, title }))).id).get(key)!)
    },
    workstreamOf: (name: string) => known.workstream.get(toLookup(name)) ?? null,
    goalOf: (title: string) => known.goal.get(toLookup(title)) ?? null,
    made: () => Object.fromEntries(Object.entries(made).filter(([, ids]) => ids.length)),
  }
}

/** Takes workstreams and goals away again that an import has made, as far as nothing has come to hang on them. */
export async function deleteUnusedPlaces(scope: Scope, { workstreams = [], goals = [] }: Record<string, string[]>): Promise<void> {
  const { tx } = scope
  // Whatever is gone meanwhile, or not mine to delete, is a refusal, and stays as it is.
  for (const { id } of await tx.workstream.findMany({ where: { id: { in: workstreams }, version: 1 } })) await savepoint(scope, () => deleteWorkstream(scope, id))
  for (const { id } of await tx.goal.findMany({ where: { id: { in: goals }, version: 1 } })) await savepoint(scope, () => deleteGoal(scope, id))
}
