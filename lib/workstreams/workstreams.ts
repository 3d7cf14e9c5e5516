import 'server-only'
import { changesBetween, recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ConflictError, InvalidError, NotFoundError } from '@/lib/errors'
import { requireEdit } from '@/lib/projects/access'
import { indexRecord, removeFromIndex } from '@/lib/search/search'
import { CANCELLED, DONE } from '@/lib/tasks/done'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { CreateWorkstream, UpdateWorkstream } from './schema'

const PER_PROJECT_MAX = 100

export type Workstream = {
  id: string; name: string; description: string; gitBranch: string | null; priority: string; status: string; position: number; version: number
  totalCount: number; doneCount: number; openCount: number; blockedCount: number
}

/** The lines of work of a project in their order, with their counters: tasks and subtasks, without those in the trash or cancelled, be they archived since. */
export async function listWorkstreams({ tx, member }: Scope, projectId: string): Promise<Workstream[]> {
  return tx.$queryRaw<Workstream[]>`
    SELECT w.id, w.name, w.description, w.git_branch AS "gitBranch", w.priority, w.status, w.position, w.version,
           coalesce(t.total, 0)::int AS "totalCount", coalesce(t.done, 0)::int AS "doneCount", coalesce(t.open, 0)::int AS "openCount", coalesce(t.blocked, 0)::int AS "blockedCount"
      FROM workstreams w
      LEFT JOIN (
        SELECT workstream_id, count(*) AS total, count(*) FILTER (WHERE ${DONE}) AS done, count(*) FILTER (WHERE status = 'blocked') AS blocked,
               count(*) FILTER (WHERE status IN ('todo', 'in_progress', 'blocked', 'review', 'testing')) AS open
          FROM tasks WHERE tenant_id = ${member.tenantId}::uuid AND project_id = ${projectId}::uuid AND workstream_id IS NOT NULL AND deleted_at IS NULL AND NOT ${CANCELLED} GROUP BY workstream_id
      ) t ON t.workstream_id = w.id
     WHERE w.tenant_id = ${member.tenantId}::uuid AND w.project_id = ${projectId}::uuid
     ORDER BY w.status = 'archived', w.position, w.id LIMIT ${PER_PROJECT_MAX}`
}

/** @throws NotFoundError for a project that I do not see · ForbiddenError where I may not change it · ConflictError when the name is taken there */
export async function createWorkstream(scope: Scope, { projectId, ...input }: CreateWorkstream): Promise<{ id: string; name: string }> {
  authorize(scope, 'workstreams:manage')
  const { tx, member } = scope
  const project = await tx.project.findFirst({ where: { id: projectId } })
  if (!project) throw new NotFoundError()
  await requireEdit(scope, projectId)
  if (project.status !== 'active') throw new ConflictError(`This project is ${project.status} and takes no new workstreams.`, 'project_closed')
  const { _count, _max } = await tx.workstream.aggregate({ where: { projectId }, _count: true, _max: { position: true } })
  if (_count >= PER_PROJECT_MAX) throw new ConflictError(`A project has at most ${PER_PROJECT_MAX} workstreams.`)
  const id = uuidv7()
  const { count } = await tx.workstream.createMany({ data: [{ id, projectId, ...input, nameLc: toLookup(input.name), position: (_max.position ?? 0) + 1, createdBy: member.userId }], skipDuplicates: true })
  if (count === 0) throw taken(input.name)
  await indexRecord(scope, { entityKind: 'workstream', entityId: id, title: input.name, body: input.description, containerId: projectId })
  await recordAudit(scope, { action: 'workstream.created', entityKind: 'workstream', entityId: id, containerId: projectId, label: input.name, changes: changesBetween({}, input) })
  return { id, name: input.name }
}

/** @throws ChangedElsewhereError when `version` is not the stored one · ConflictError when the name is taken */
export async function updateWorkstream(scope: Scope, { id, version, ...input }: UpdateWorkstream): Promise<void> {
  authorize(scope, 'workstreams:manage')
  const { tx } = scope
  const before = await findWorkstream(scope, id)
  await requireEdit(scope, before.projectId)
  if (await tx.workstream.findFirst({ where: { projectId: before.projectId, nameLc: toLookup(input.name), id: { not: id } } })) throw taken(input.name)
  const { count } = await tx.workstream.updateMany({ where: { id, version }, data: { ...input, nameLc: toLookup(input.name), version: { increment: 1 } } })
  if (count === 0) throw new ChangedElsewhereError({ name: before.name, description: before.description, gitBranch: before.gitBranch, priority: before.priority, status: before.status, version: before.version })
  await indexRecord(scope, { entityKind: 'workstream', entityId: id, title: input.name, body: input.description, containerId: before.projectId })
  await recordAudit(scope, { action: 'workstream.updated', entityKind: 'workstream', entityId: id, containerId: before.projectId, label: input.name, changes: changesBetween(before, input) })
}

/** One place up or down among those of its project; at the end it stays. */
export async function placeWorkstream(scope: Scope, { id, by }: { id: string; by: number }): Promise<void> {
  authorize(scope, 'workstreams:manage')
  const { tx, member } = scope
  const moved = await findWorkstream(scope, id)
  await requireEdit(scope, moved.projectId)
  // In one order, so that two who move at once wait instead of blocking each other.
  await tx.$queryRaw`SELECT id FROM workstreams WHERE tenant_id = ${member.tenantId}::uuid AND project_id = ${moved.projectId}::uuid ORDER BY id FOR UPDATE`
  const rows = await tx.workstream.findMany({ where: { projectId: moved.projectId, status: { not: 'archived' } }, orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true } })
  const from = rows.findIndex((row) => row.id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= rows.length) return
  rows.splice(to, 0, ...rows.splice(from, 1))
  for (const [at, row] of rows.entries()) await tx.workstream.updateMany({ where: { id: row.id, position: { not: at + 1 } }, data: { position: at + 1 } })
  await recordAudit(scope, { action: 'workstream.moved', entityKind: 'workstream', entityId: id, containerId: moved.projectId, label: moved.name, changes: { position: [from + 1, to + 1] } })
}

/** Deletes one without tasks; one with tasks is archived instead, which keeps what was done. @throws ConflictError `workstream_in_use` */
export async function deleteWorkstream(scope: Scope, id: string): Promise<void> {
  authorize(scope, 'workstreams:manage')
  const { tx } = scope
  const { name, projectId } = await findWorkstream(scope, id)
  await requireEdit(scope, projectId)
  const held = await tx.task.count({ where: { projectId, workstreamId: id } })
  if (held > 0) throw new ConflictError(`${held === 1 ? 'A task belongs' : `${held} tasks belong`} to it, those in the trash among them. Archive it, or move them to another workstream first.`, 'workstream_in_use', { count: held })
  const noted = (await tx.contextEntry.count({ where: { containerId: projectId, workstreamId: id } })) + (await tx.contextDelegation.count({ where: { projectId, OR: [{ fromWorkstreamId: id }, { toWorkstreamId: id }] } }))
  if (noted > 0) throw new ConflictError('Something is noted in its notebook. Archive it instead.', 'workstream_in_use', { count: noted })
  await removeFromIndex(scope, 'workstream', [id])
  await tx.workstream.deleteMany({ where: { id } })
  await recordAudit(scope, { action: 'workstream.deleted', entityKind: 'workstream', entityId: id, containerId: projectId, label: name })
}

/** @throws InvalidError when there is none such in this project that takes tasks */
export async function requireWorkstream({ tx }: Scope, id: string | null | undefined, projectId: string): Promise<void> {
  if (!id) return
  const found = await tx.workstream.findFirst({ where: { id, projectId, status: { not: 'archived' } } })
  if (!found) throw new InvalidError('Choose a workstream of this project.', { workstreamId: ['Choose a workstream of this project.'] })
}

async function findWorkstream({ tx }: Scope, id: string) {
  const found = await tx.workstream.findFirst({ where: { id } })
  if (!found) throw new NotFoundError()
  return found
}

const taken = (name: string) => new ConflictError(`This project has a workstream called ${name} already.`, 'name_taken')
