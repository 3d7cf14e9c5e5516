import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ConflictError, ForbiddenError, NotFoundError } from '@/lib/errors'
import { requireEdit } from '@/lib/projects/access'
import { indexRecord } from '@/lib/search/search'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Json, JsonObject } from './merge'
import { proposePatterns } from './patterns'
import { type Place, placeOfEntry, placesTo } from './places'
import { SECTION_BYTES_MAX, sizeOf, type WriteEntry } from './schema'

const PER_PLACE_MAX = 60

type Written = { section: string; data: JsonObject; inherits: boolean; origin: 'edited' | 'restored' | 'delegated' }

/**
 * Writes a section, and what it says as a version of its own. What it said before stays readable.
 * @throws NotFoundError for a place that I do not see · ForbiddenError · ConflictError `section_taken` for a new one that is there already · ChangedElsewhereError
 */
export async function writeEntry(scope: Scope, { version, level, placeId, section, data, inherits }: WriteEntry): Promise<{ id: string; version: number }> {
  authorize(scope, 'contexts:update')
  const place = await editablePlace(scope, { level, placeId })
  await takeSection(scope, place, section)
  const found = await findAt(scope, place, section)
  if (found && version === 0) throw new ConflictError(`There is a section called ${section} here already. Open it and add to it.`, 'section_taken')
  const written = await put(scope, place, { section, data, inherits, origin: 'edited' }, found && { ...found, version })
  if (place.level === 'task') await proposePatterns(scope, place.id, section, data)
  return written
}

/** Makes what a section said at an earlier version its newest. @throws NotFoundError · ForbiddenError · ChangedElsewhereError */
export async function restoreVersion(scope: Scope, { entryId, version, current }: { entryId: string; version: number; current: number }): Promise<{ version: number }> {
  authorize(scope, 'contexts:update')
  const entry = await findEntry(scope, entryId)
  const place = await editablePlace(scope, placeOfEntry(entry))
  const kept = await scope.tx.contextVersion.findFirst({ where: { entryId, version } })
  if (!kept) throw new NotFoundError()
  await takeSection(scope, place, entry.section)
  return put(scope, place, { section: entry.section, data: kept.data as JsonObject, inherits: kept.inherits, origin: 'restored' }, { ...entry, version: current })
}

/** The versions of a section, the newest first. @throws NotFoundError */
export async function listVersions(scope: Scope, entryId: string) {
  const entry = await findEntry(scope, entryId)
  const versions = await scope.tx.contextVersion.findMany({ where: { entryId }, orderBy: { version: 'desc' }, take: 100 })
  return { entry, versions: versions.map(({ version, data, inherits, origin, authorUserId, at }) => ({ version, data: data as JsonObject, inherits, origin, authorUserId, at })) }
}

/** Whether a task takes anything from the levels above. @throws NotFoundError · ForbiddenError */
export async function setInheritance(scope: Scope, { taskId, inherits }: { taskId: string; inherits: boolean }): Promise<void> {
  authorize(scope, 'contexts:update')
  const place = await editablePlace(scope, { level: 'task', placeId: taskId })
  await scope.tx.task.updateMany({ where: { id: taskId }, data: { inheritsContext: inherits } })
  await recordAudit(scope, { action: 'notebook.inheritance_set', entityKind: 'task', entityId: taskId, containerId: place.containerId, label: place.label, changes: { inheritsContext: [place.inherits, inherits] } })
}

/** Joins a piece into a section, which is made where there is none. Several at once come one after the other. */
export async function mergeInto(scope: Scope, place: Place, section: string, merge: (under: JsonObject) => JsonObject, origin: Written['origin'] = 'delegated') {
  await takeSection(scope, place, section)
  const found = await findAt(scope, place, section)
  return put(scope, place, { section, data: merge((found?.data ?? {}) as JsonObject), inherits: found?.inherits ?? true, origin }, found)
}

async function put(scope: Scope, place: Place, { section, data, inherits, origin }: Written, before: { id: string; version: number; data?: Json | unknown } | null): Promise<{ id: string; version: number }> {
  const { tx, member } = scope
  const { level, containerId, workstreamId, taskId } = place
  if (sizeOf(JSON.stringify(data)) > SECTION_BYTES_MAX) throw new ConflictError('Together this would be more than the 64 KB that a section may have.', 'section_full')
  const [id, version] = [before?.id ?? uuidv7(), (before?.version ?? 0) + 1]
  if (before) {
    const { count } = await tx.contextEntry.updateMany({ where: { id, version: before.version }, data: { data, inherits, updatedBy: member.userId, version } })
    if (count === 0) throw new ChangedElsewhereError(await current(scope, id))
  } else {
    if ((await tx.contextEntry.count({ where: { level, containerId, workstreamId, taskId } })) >= PER_PLACE_MAX) throw new ConflictError(`A notebook has at most ${PER_PLACE_MAX} sections on one level.`)
    await tx.contextEntry.createMany({ data: [{ id, level, containerId, workstreamId, taskId, section, data, inherits, createdBy: member.userId, updatedBy: member.userId }] })
  }
  await tx.contextVersion.createMany({ data: [{ entryId: id, containerId, version, data, inherits, origin, authorUserId: member.userId }] })
  await indexRecord(scope, { entityKind: 'context', entityId: id, title: section, body: wordsOf(data).slice(0, 8000), containerId })
  await recordAudit(scope, { action: `notebook.${origin}`, entityKind: 'context', entityId: id, containerId, label: `${section}, ${place.label}`, changes: { version: [before?.version ?? null, version] } })
  return { id, version }
}

async function current(scope: Scope, id: string) {
  const { data, inherits, version } = await findEntry(scope, id)
  return { data: JSON.stringify(data, null, 2), inherits, version }
}

export async function findEntry({ tx }: Scope, id: string) {
  const entry = await tx.contextEntry.findFirst({ where: { id } })
  if (!entry) throw new NotFoundError()
  return entry
}

// By the name of the section: a row that is not there yet cannot be locked.
const takeSection = ({ tx, member }: Scope, place: Place, section: string) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${member.tenantId} ${place.level} ${place.id} ${section}`}, 4271))`

const findAt = ({ tx }: Scope, { level, containerId, workstreamId, taskId }: Place, section: string) => tx.contextEntry.findFirst({ where: { level, containerId, workstreamId, taskId, section } })

/** The same, for who may write in notebooks at all. @throws NotFoundError · ForbiddenError */
export function placeToWrite(scope: Scope, input: { level: Place['level']; placeId: string }): Promise<Place> {
  authorize(scope, 'contexts:update')
  return editablePlace(scope, input)
}

/** @throws NotFoundError · ForbiddenError */
export async function editablePlace(scope: Scope, input: { level: Place['level']; placeId: string }): Promise<Place> {
  const place = (await placesTo(scope, input)).at(-1)!
  if (place.containerId) await requireEdit(scope, place.containerId)
  // A key that was given for one project neither reads nor writes what belongs to all.
  else if (scope.key?.containerId) throw new ForbiddenError('This API key was given for one project.')
  return place
}

/** Names and values of a section as text, for the search index. */
function wordsOf(value: Json): string {
  if (value === null || typeof value !== 'object') return String(value ?? '')
  if (Array.isArray(value)) return value.map(wordsOf).join(' ')
  return Object.entries(value).map(([name, part]) => `${name} ${wordsOf(part)}`).join(' ')
}
