import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'

type Choice = { id: string; name: string }

/** Workstreams and goals of a project that its tasks may be given. */
export async function listPlanChoices({ tx }: Scope, projectId: string): Promise<{ workstreams: Choice[]; goals: Choice[] }> {
  const workstreams = await tx.workstream.findMany({ where: { projectId, status: { not: 'archived' } }, orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true, name: true } })
  const goals = await tx.goal.findMany({ where: { projectId, status: { not: 'archived' } }, orderBy: [{ targetOn: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }], select: { id: true, title: true } })
  return { workstreams, goals: goals.map(({ id, title }) => ({ id, name: title })) }
}
