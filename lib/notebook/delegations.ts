import 'server-only'
import { z } from 'zod'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { fromCursor, toCursor } from '@/lib/keyset'
import { requireEdit, requireManage } from '@/lib/projects/access'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { editablePlace, findEntry, mergeInto } from './entries'
import { type JsonObject, mergeData } from './merge'
import { type Place, placeOfEntry, placesTo } from './places'
import { type Decide, type Delegate, type Level, UPWARDS } from './schema'

const SHOWN_MAX = 100

export type Delegation = {
  id: string; section: string; data: JsonObject; reason: string; trigger: string; status: string; createdAt: Date; createdBy: string | null
  fromLabel: string; toLevel: Level; toLabel: string; decidedBy: string | null; decidedAt: Date | null; decisionNote: string | null; projectId: string; projectName: string
}

/** Wishes named values of a section one level up. @throws NotFoundError · ForbiddenError · InvalidError */
export async function delegateContext(scope: Scope, { entryId, toLevel, names, reason }: Delegate): Promise<{ id: string }> {
  authorize(scope, 'contexts:delegate')
  const entry = await findEntry(scope, entryId)
  const stored = entry.data as JsonObject
  const data = Object.fromEntries(names.filter((name) => Object.hasOwn(stored, name)).map((name) => [name, stored[name]!]))
  const from = (await placesTo(scope, placeOfEntry(entry))).at(-1)!
  if (Object.keys(data).length !== new Set(names).size) throw new InvalidError('Choose names of this section.', { names: ['Choose names of this section.'] })
  return wishUpwards(scope, { from, toLevel, section: entry.section, data, reason })
}

/** Wishes a piece one level up. Nothing changes there before somebody who may decides. @throws NotFoundError · ForbiddenError · InvalidError */
export async function wishUpwards(scope: Scope, { from: { level, id: placeId }, toLevel, section, data, reason }: { from: Place; toLevel: Level; section: string; data: JsonObject; reason: string }): Promise<{ id: string }> {
  authorize(scope, 'contexts:delegate')
  const from = await editablePlace(scope, { level, placeId })
  const to = from.containerId && UPWARDS[from.level].includes(toLevel) ? await placeAbove(scope, from, toLevel) : null
  if (!to) throw new InvalidError('It can be passed on to a level above, and to none that is not there.', { toLevel: ['Choose a level above.'] })
  const id = uuidv7()
  await scope.tx.contextDelegation.createMany({
    data: [{ id, projectId: from.containerId!, fromLevel: from.level, fromTaskId: from.taskId, fromWorkstreamId: from.workstreamId, toLevel, toWorkstreamId: to.workstreamId, section, data, reason, createdBy: scope.member.userId }],
  })
  await record(scope, 'notebook.passed_on', from, section, { to: [null, to.label] }, id)
  return { id }
}

/**
 * Approves, which joins the piece into the section above, or rejects, with a reason that whoever wished it reads. Once.
 * @throws NotFoundError · ForbiddenError for whoever does not manage where it is wished · ConflictError `already_decided`
 */
export async function decideDelegation(scope: Scope, { id, decision, note }: Decide): Promise<void> {
  const { tx, member } = scope
  authorize(scope, 'contexts:approve')
  const [wish] = await tx.$queryRaw<{ status: string }[]>`SELECT status FROM context_delegations WHERE tenant_id = ${member.tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`
  const found = await tx.contextDelegation.findFirst({ where: { id } })
  if (!found || !wish) throw new NotFoundError()
  const to = (await placesTo(scope, { level: found.toLevel as Level, placeId: found.toWorkstreamId ?? (found.toLevel === 'project' ? found.projectId : '') })).at(-1)!
  await requireEdit(scope, found.projectId)
  if (to.containerId) await requireManage(scope, to.containerId)
  else {
    // A key that was given for one project writes nothing that belongs to all.
    if (scope.key?.containerId) throw new ForbiddenError('This API key was given for one project.')
    authorize(scope, 'contexts:approve_any')
  }
  if (wish.status !== 'pending') throw new ConflictError(`This was ${wish.status} already.`, 'already_decided')
  const merged = decision === 'approved' ? await mergeInto(scope, to, found.section, (under) => mergeData(under, found.data as JsonObject)) : null
  await tx.contextDelegation.updateMany({ where: { id }, data: { status: decision, decidedBy: member.userId, decidedAt: new Date(), decisionNote: note || null, toEntryId: merged?.id, toVersion: merged?.version } })
  await record(scope, `notebook.wish_${decision}`, { ...to, containerId: found.projectId }, found.section, { status: ['pending', decision], ...(note && { note: [null, note] }) }, id)
}

const cursorSchema = z.tuple([z.iso.datetime().refine((at) => at > '1900').nullable(), z.uuid()])
export const delegationCursor = ({ decidedAt, id }: { decidedAt: Date | null; id: string }) => toCursor(decidedAt, id)

/** Of one project, or with `projectId` null what is wished for the organization; what waits comes first, then the newest. `after`: a `delegationCursor`. */
export async function listDelegations({ tx }: Scope, projectId: string | null, { after, take = SHOWN_MAX }: { after?: string; take?: number } = {}): Promise<Delegation[]> {
  const last = fromCursor(cursorSchema, after)
  const older = last && { id: { lt: last[1] } }
  const beyond = last && { OR: last[0] === null ? [{ decidedAt: null, ...older }, { decidedAt: { not: null } }] : [{ decidedAt: { lt: new Date(last[0]) } }, { decidedAt: new Date(last[0]), ...older }] }

  const rows = await tx.contextDelegation.findMany({
    where: { ...(projectId ? { projectId } : { toLevel: 'organization' }), ...beyond }, orderBy: [{ decidedAt: { sort: 'desc', nulls: 'first' } }, { id: 'desc' }], take,
    include: { fromTask: true, fromWorkstream: true, toWorkstream: true, project: { include: { container: true } } },
  })
  return rows.map(({ fromTask, fromWorkstream, toWorkstream, project, ...row }) => ({
    id: row.id, section: row.section, data: row.data as JsonObject, reason: row.reason, trigger: row.trigger, status: row.status, createdAt: row.createdAt, createdBy: row.createdBy,
    fromLabel: fromTask ? `${project.key}-${fromTask.number} ${fromTask.title}` : (fromWorkstream?.name ?? project.container.name),
    toLevel: row.toLevel as Level, toLabel: row.toLevel === 'organization' ? 'the organization' : (toWorkstream?.name ?? project.container.name),
    decidedBy: row.decidedBy, decidedAt: row.decidedAt, decisionNote: row.decisionNote, projectId: row.projectId, projectName: project.container.name,
  }))
}

/** The place of this level above another; null where there is none, as above a task without a workstream. */
export async function placeAbove(scope: Scope, from: Place, level: Level): Promise<Place | null> {
  return (await placesTo(scope, { level: from.level, placeId: from.id })).slice(0, -1).findLast((place) => place.level === level) ?? null
}

// Under the guard of the project: what is wished from it is nobody else's to read, whatever the level above.
function record(scope: Scope, action: string, { containerId, label }: Place, section: string, changes: Record<string, [unknown, unknown]>, id: string) {
  return recordAudit(scope, { action, entityKind: 'context_delegation', entityId: id, containerId, label: `${section}, ${label}`, changes })
}
