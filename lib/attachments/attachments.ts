import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize, can } from '@/lib/authorization/permissions'
import { ConflictError, ForbiddenError, NotFoundError, Refusal } from '@/lib/errors'
import { newFileKey } from '@/lib/files/keys'
import type { Spooled } from '@/lib/files/receive'
import { fileStore } from '@/lib/files/store'
import { PICTURES, typeOf } from '@/lib/files/types'
import { isOn } from '@/lib/modules/modules'
import { tellLimitNear } from '@/lib/notifications/limit-notices'
import { requireEdit } from '@/lib/projects/access'
import { findTask } from '@/lib/tasks/tasks'
import { requireOwnAssignment } from '@/lib/tasks/transitions'
import type { Member } from '@/lib/tenancy/member'
import { withTenant, type RequestFacts, type Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'

const PER_RECORD_MAX = 100

export type Attachment = { id: string; fileName: string; mime: string; sizeBytes: number; isPicture: boolean; isMissing: boolean; uploaderId: string | null; createdAt: Date }

/** Files on a record, oldest first; none while the module of the record is switched off. */
export async function listAttachments({ tx, member }: Scope, entityKind: string, entityId: string): Promise<Attachment[]> {
  if (!isOn(member, 'projects')) return []
  const rows = await tx.attachment.findMany({ where: { entityKind, entityId, deletedAt: null }, orderBy: { id: 'asc' }, take: PER_RECORD_MAX })
  return rows.map(({ id, fileName, mime, sizeBytes, missingAt, createdBy, createdAt }) => ({ id, fileName, mime, sizeBytes, isPicture: PICTURES.includes(mime), isMissing: missingAt !== null, uploaderId: createdBy, createdAt }))
}

/** A file whose bytes may be given out. @throws NotFoundError when it is none that I may see */
export async function getAttachment({ tx, member }: Scope, id: string) {
  const row = isOn(member, 'projects') ? await tx.attachment.findFirst({ where: { id, deletedAt: null } }) : null
  if (!row) throw new NotFoundError()
  return { fileName: row.fileName, mime: row.mime, sizeBytes: row.sizeBytes, storageKey: row.storageKey, isPicture: PICTURES.includes(row.mime) }
}

/** Asked before the bytes are taken in, and again when they are stored. @throws NotFoundError, ForbiddenError, ConflictError */
export async function requireMayAttach(scope: Scope, taskId: string) {
  authorize(scope, 'attachments:create')
  const task = await findTask(scope, taskId)
  await requireEdit(scope, task.projectId)
  await requireOwnAssignment(scope, taskId)
  if ((await scope.tx.attachment.count({ where: { entityKind: 'task', entityId: taskId, deletedAt: null } })) >= PER_RECORD_MAX) throw new ConflictError(`A task holds at most ${PER_RECORD_MAX} files.`)
  return task
}

/**
 * Stores a file and attaches it to a task. The bytes come first: a row never names a file that is not there yet; a file
 * without a row, should this end in between, is swept.
 */
export async function attachToTask(member: Member, { taskId, fileName, file }: { taskId: string; fileName: string; file: Spooled }, request: RequestFacts): Promise<{ id: string; fileName: string; mime: string; sizeBytes: number }> {
  const mime = await typeOf(file.path, fileName)
  const storageKey = newFileKey(member.tenantId)
  await fileStore().put(storageKey, file)
  const id = uuidv7()
  const { sizeBytes } = file
  try {
    await withTenant(member, async (scope) => {
      const task = await requireMayAttach(scope, taskId)
      await scope.tx.attachment.createMany({
        data: [{ id, entityKind: 'task', entityId: taskId, containerId: task.projectId, fileName, mime, sizeBytes, sha256: Buffer.from(file.sha256, 'hex'), storageKey, createdBy: member.userId }],
      })
      await recordAudit(scope, { action: 'attachment.created', entityKind: 'task', entityId: taskId, containerId: task.projectId, label: task.title, changes: { file: [null, fileName], sizeBytes: [null, sizeBytes] } })
      await tellLimitNear(scope, 'storage_mb', Math.ceil(sizeBytes / 1_000_000))
    }, { request })
  } catch (error) {
    // Refused for certain. After any other end the row may be stored all the same, and the sweep knows.
    if (error instanceof Refusal) await fileStore().delete(storageKey).catch(() => undefined)
    throw error
  }
  return { id, fileName, mime, sizeBytes }
}

/** Takes a file off its record; `restoreAttachment` puts it back within thirty days. One's own, or any for managers and above. */
export async function deleteAttachment(scope: Scope, id: string): Promise<void> {
  await setDeleted(scope, id, true)
}

export async function restoreAttachment(scope: Scope, id: string): Promise<void> {
  await setDeleted(scope, id, false)
}

async function setDeleted(scope: Scope, id: string, isDeleted: boolean): Promise<void> {
  authorize(scope, 'attachments:create')
  const { tx, member } = scope
  const row = await tx.attachment.findFirst({ where: { id, deletedAt: isDeleted ? null : { not: null } } })
  if (!row) throw new NotFoundError()
  const task = await findTask(scope, row.entityId)
  await requireEdit(scope, task.projectId)
  await requireOwnAssignment(scope, task.id)
  if (row.createdBy !== member.userId && !can(member.role, 'tasks:delete_any')) throw new ForbiddenError('You can remove only files that you added yourself.')
  const { count } = await tx.attachment.updateMany({ where: { id, deletedAt: row.deletedAt }, data: { deletedAt: isDeleted ? new Date() : null } })
  if (count === 0) throw new NotFoundError()
  await recordAudit(scope, { action: isDeleted ? 'attachment.deleted' : 'attachment.restored', entityKind: 'task', entityId: task.id, containerId: task.projectId, label: task.title, changes: { file: isDeleted ? [row.fileName, null] : [null, row.fileName] } })
}
