import 'server-only'
import { mayAlso, type Permission } from '@/lib/authorization/permissions'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { SearchHit } from './search'

export type Place = { id: string; kind: string; title: string; hint?: string; snippet: string; href: string }

/** Kinds of records that are searched, as people read them. */
export const KIND_LABELS: Record<string, string> = { task: 'Tasks', project: 'Projects', workstream: 'Workstreams', goal: 'Goals', context: 'Notebook', idea: 'Ideas' }

/** Of the kinds that are asked for, or of all, those that a key may read; undefined for whoever comes without one and asks for all. None means that nothing may be found. */
export function kindsFor(scope: Scope, wanted: string[] = []): string[] | undefined {
  if (!scope.key) return wanted.length > 0 ? wanted : undefined
  return Object.keys(KIND_LABELS).filter((kind) => (wanted.length === 0 || wanted.includes(kind)) && mayAlso(scope, `${kind}s:read` as Permission))
}

/** Where the hits of a search are found, in their order. What has gone in between is left out. */
export async function findPlaces(scope: Scope, hits: SearchHit[]): Promise<Place[]> {
  const base = `/${scope.member.organization.slug}/projects`
  const idsOf = (kind: string) => hits.filter(({ entityKind }) => entityKind === kind).map(({ entityId }) => entityId)
  const tasks = await scope.tx.task.findMany({ where: { id: { in: idsOf('task') }, deletedAt: null }, include: { project: true } })
  const projects = await scope.tx.project.findMany({ where: { id: { in: idsOf('project') } } })
  const workstreams = await scope.tx.workstream.findMany({ where: { id: { in: idsOf('workstream') } }, include: { project: true } })
  const goals = await scope.tx.goal.findMany({ where: { id: { in: idsOf('goal') } }, include: { project: true } })
  const entries = await scope.tx.contextEntry.findMany({ where: { id: { in: idsOf('context') } }, include: { project: true } })
  const ideas = await scope.tx.idea.findMany({ where: { id: { in: idsOf('idea') } }, include: { project: true } })
  const places = new Map<string, { hint: string; href: string }>()
  for (const { id, number, project } of tasks) places.set(id, { hint: `${project.key}-${number}`, href: `${base}/${project.slug}/tasks/${number}` })
  for (const { id, slug, key } of projects) places.set(id, { hint: key, href: `${base}/${slug}` })
  for (const { id, project } of workstreams) places.set(id, { hint: project.key, href: `${base}/${project.slug}?workstream=${id}` })
  for (const { id, project } of goals) places.set(id, { hint: project.key, href: `${base}/${project.slug}?goal=${id}` })
  for (const { id, project } of entries) places.set(id, { hint: project?.key ?? scope.member.organization.name, href: `/${scope.member.organization.slug}/notebook/${id}` })
  for (const { id, project } of ideas) places.set(id, { hint: project?.key ?? scope.member.organization.name, href: `/${scope.member.organization.slug}/ideas/${id}` })
  return hits.flatMap(({ entityKind, entityId, title, snippet }) => {
    const place = places.get(entityId)
    return place ? [{ id: entityId, kind: KIND_LABELS[entityKind]!, title, snippet, ...place }] : []
  })
}
