import 'server-only'
import { NotFoundError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Level, PlaceInput } from './schema'

/** One level of the notebook. `label`: what people call it. The ids are those of its entries. */
export type Place = { level: Level; id: string; label: string; containerId: string | null; workstreamId: string | null; taskId: string | null; inherits: boolean; path: string }

/**
 * The places that come together in one, the outermost first: organization, project, workstream, task; a subtask comes after its
 * parent, in the parent's workstream. The last is the one asked for. What I cannot see is not there, nor is what lies in it.
 * @throws NotFoundError
 */
export async function placesTo(scope: Scope, { level, placeId }: PlaceInput): Promise<Place[]> {
  const { organization, tenantId } = scope.member
  const base = `/${organization.slug}`
  const root: Place = { level: 'organization', id: tenantId, label: organization.name, containerId: null, workstreamId: null, taskId: null, inherits: true, path: `${base}/notebook` }
  if (level === 'organization') return [root]
  if (level === 'project') return [root, await projectPlace(scope, placeId)]
  if (level === 'workstream') {
    const workstream = await scope.tx.workstream.findFirst({ where: { id: placeId } })
    if (!workstream) throw new NotFoundError()
    const project = await projectPlace(scope, workstream.projectId)
    return [root, project, workstreamPlace(project, workstream)]
  }
  const task = await scope.tx.task.findFirst({ where: { id: placeId, deletedAt: null }, include: { workstream: true, project: true, parent: { include: { workstream: true } } } })
  if (!task) throw new NotFoundError()
  const project = await projectPlace(scope, task.projectId)
  const workstream = task.parent ? task.parent.workstream : task.workstream
  const places = [root, project, ...(workstream ? [workstreamPlace(project, workstream)] : [])]
  for (const one of task.parent ? [task.parent, task] : [task])
    places.push({ ...project, level: 'task', id: one.id, label: `${task.project.key}-${one.number} ${one.title}`, taskId: one.id, inherits: one.inheritsContext, path: `${project.path}?task=${one.number}` })
  return places
}

async function projectPlace({ tx, member }: Scope, id: string): Promise<Place> {
  const project = await tx.project.findFirst({ where: { id }, include: { container: true } })
  if (!project) throw new NotFoundError()
  return { level: 'project', id, label: project.container.name, containerId: id, workstreamId: null, taskId: null, inherits: true, path: `/${member.organization.slug}/projects/${project.slug}/notebook` }
}

function workstreamPlace(project: Place, { id, name }: { id: string; name: string }): Place {
  return { ...project, level: 'workstream', id, label: name, workstreamId: id, path: `${project.path}?workstream=${id}` }
}

/** The place that an entry is in. */
export function placeOfEntry(entry: { level: string; containerId: string | null; workstreamId: string | null; taskId: string | null }): PlaceInput {
  return { level: entry.level as Level, placeId: entry.taskId ?? entry.workstreamId ?? entry.containerId ?? '' }
}
