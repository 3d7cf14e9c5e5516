import 'server-only'
import { searchRecords } from '@/lib/search/search'
import { withProjects } from '@/lib/tasks/task-list'
import type { Scope } from '@/lib/tenancy/with-tenant'

const FOUND_MAX = 12
// Hits come from all projects; the one that is asked for is picked out of these.
const HITS_MAX = 500

export type Candidate = { id: string; key: string; title: string; projectName: string }

/** Tasks that I see by words of theirs, by number (`7`, `#7`) or by key (`WINT-7`); the exact ones first. Of one project alone where that is named. */
export async function findTasks(scope: Scope, query: string, projectId?: string): Promise<Candidate[]> {
  const place = projectId ? { projectId } : {}
  const [, key, digits] = /^\s*(?:([a-z0-9]{1,6})-|#)?(\d{1,9})\s*$/i.exec(query) ?? []
  const { tx } = scope
  const exact = digits ? await tx.task.findMany({ where: { ...place, number: Number(digits), deletedAt: null, ...(key ? { project: { key: key.toUpperCase() } } : {}) }, orderBy: { updatedAt: 'desc' }, take: FOUND_MAX }) : []
  // Whoever writes a whole key means that one task.
  const hits = key && exact.length > 0 ? [] : await searchRecords(scope, query, { kinds: ['task'], limit: projectId ? HITS_MAX : FOUND_MAX })
  const worded = await tx.task.findMany({ where: { ...place, id: { in: hits.map(({ entityId }) => entityId) }, deletedAt: null } })
  const order = hits.map(({ entityId }) => entityId)
  const sorted = worded.filter(({ id }) => !exact.some((one) => one.id === id)).sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  const found = await withProjects(scope, [...exact, ...sorted].slice(0, FOUND_MAX))
  return found.map(({ id, number, title, project }) => ({ id, key: `${project.key}-${number}`, title, projectName: project.container.name }))
}
