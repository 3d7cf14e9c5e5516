import 'server-only'
import { can } from '@/lib/authorization/permissions'
import { accessTo } from '@/lib/projects/access'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { type JsonObject, mergeLayers, type Resolved } from './merge'
import { type Place, placesTo } from './places'
import type { PlaceInput } from './schema'

export type Entry = { id: string; section: string; data: JsonObject; inherits: boolean; version: number; updatedAt: Date; updatedBy: string | null }
/** `places`: where values come from, the outermost first; `own`: the sections of the place itself. */
export type Notebook = { place: Place; places: Place[]; sections: Resolved[]; own: Entry[]; canEdit: boolean; canManage: boolean }

/** The notebook of one place, with all that comes down to it. @throws NotFoundError */
export async function resolveNotebook(scope: Scope, input: PlaceInput): Promise<Notebook> {
  const places = await placesTo(scope, input)
  const place = places.at(-1)!
  const rows = await entriesOf(scope, places)
  const entriesAt = (at: Place) => rows.filter(({ containerId, workstreamId, taskId }) => containerId === at.containerId && workstreamId === at.workstreamId && taskId === at.taskId)
  const sections = mergeLayers(places.map((at) => ({ inherits: at.inherits, entries: entriesAt(at).map(({ section, data, inherits }) => ({ section, data: data as JsonObject, inherits })) })))
  const own = entriesAt(place).map(({ id, section, data, inherits, version, updatedAt, updatedBy }) => ({ id, section, data: data as JsonObject, inherits, version, updatedAt, updatedBy }))
  return { place, places, sections, own, ...(await rightsAt(scope, place)) }
}

function entriesOf({ tx }: Scope, places: Place[]) {
  const where = places.map(({ level, containerId, workstreamId, taskId }) => ({ level, containerId, workstreamId, taskId }))
  return tx.contextEntry.findMany({ where: { OR: where }, orderBy: [{ section: 'asc' }, { id: 'asc' }], take: 1000 })
}

/** What I may do with a place: write it, and decide what is passed on to it. */
export async function rightsAt(scope: Scope, { containerId }: { containerId: string | null }): Promise<{ canEdit: boolean; canManage: boolean }> {
  const { role } = scope.member
  if (containerId === null) return { canEdit: can(role, 'contexts:update'), canManage: can(role, 'contexts:approve_any') }
  const { canEdit, canManage } = await accessTo(scope, containerId)
  return { canEdit: canEdit && can(role, 'contexts:update'), canManage: canManage && can(role, 'contexts:approve') }
}
