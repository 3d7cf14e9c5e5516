import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { SearchHit } from './search'

export type Place = { kind: string; title: string; hint?: string; href: string }

/** Where the hits of a search are found, in their order. What has gone in between is left out. */
export async function findPlaces(scope: Scope, hits: SearchHit[]): Promise<Place[]> {
  const base = `/${scope.member.organization.slug}/projects`
  const idsOf = (kind: string) => hits.filter(({ entityKind }) => entityKind === kind).map(({ entityId }) => entityId)
  const tasks = await scope.tx.task.findMany({ where: { id: { in: idsOf('task') }, deletedAt: null }, include: { project: true } })
  const projects = await scope.tx.project.findMany({ where: { id: { in: idsOf('project') } } })
  const places = new Map<string, Place>()
  for (const { id, title, number, project } of tasks) places.set(id, { kind: 'Tasks', title, hint: `${project.key}-${number}`, href: `${base}/${project.slug}/tasks/${number}` })
  for (const { id, slug, key } of projects) places.set(id, { kind: 'Projects', title: hits.find(({ entityId }) => entityId === id)!.title, hint: key, href: `${base}/${slug}` })
  return hits.flatMap(({ entityId }) => places.get(entityId) ?? [])
}
