import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize, can } from '@/lib/authorization/permissions'
import { ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { takeAttempt } from '@/lib/limits/limits'
import { newFileKey } from '@/lib/files/keys'
import type { Spooled } from '@/lib/files/receive'
import { fileStore } from '@/lib/files/store'
import { enqueueJob } from '@/lib/jobs/jobs'
import { isOn } from '@/lib/modules/modules'
import { requireEdit } from '@/lib/projects/access'
import type { Member } from '@/lib/tenancy/member'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import { type Batch, isGoodCheck, lockBatch, lockFile } from './batches'
import { requireMapping, suggestMapping } from './mapping'
import { previewOf, type Preview } from './preview'
import type { Mapping } from './schema'
import { openSource, type Source } from './source'
import { findTarget, type ImportTarget } from './targets'

const UNDO_DAYS = 30
const IN_USE = ['applying', 'applied', 'undoing', 'partly_undone']

/** The target, if this member may bring something there. @throws NotFoundError, ForbiddenError, InvalidError without its project */
export async function requireTarget(scope: Scope, key: string, containerId: string | null): Promise<ImportTarget> {
  const target = findTarget(key)
  if (!target || (target.module && !isOn(scope.member, target.module))) throw new NotFoundError()
  authorize(scope, 'imports:run')
  authorize(scope, target.permission)
  if (target.into === null) return target
  if (!containerId) throw new InvalidError('Choose the project that the rows go into.', { container: ['Choose the project that the rows go into.'] })
  if (!(await scope.tx.project.findFirst({ where: { id: containerId } }))) throw new NotFoundError()
  await requireEdit(scope, containerId)
  return target
}

export type Uploaded = { id: string; fileName: string; format: string; encoding: string | null; preview: Preview; mapping: Mapping; isRemembered: boolean }

/** Takes a file in, looks it over once, and suggests how to read it. Nothing is written but the batch itself. @throws TooManyRequestsError */
export async function uploadImport(member: Member, { targetKey, containerId, fileName, file }: { targetKey: string; containerId: string | null; fileName: string; file: Spooled }): Promise<Uploaded> {
  await takeAttempt('importBy', member.userId)
  const source = await openSource(file.path, fileName)
  const preview = await previewOf(source)
  const storageKey = newFileKey(member.tenantId)
  await fileStore().put(storageKey, file)
  const id = uuidv7()
  return withTenant(member, async (scope) => {
    const target = await requireTarget(scope, targetKey, containerId)
    const remembered = await findRemembered(scope, targetKey, preview)
    const mapping = remembered ?? suggestMapping(target, preview)
    const guards = containerId ? { containerId } : can(member.role, 'tasks:delete_any') ? { minRole: 'manager' } : { ownerUserId: member.userId }
    await scope.tx.importBatch.createMany({
      data: [{
        id, target: targetKey, requestedBy: member.userId, fileName, fileSha256: Buffer.from(file.sha256, 'hex'), sizeBytes: file.sizeBytes, storageKey,
        sourceFormat: source.format, encoding: source.encoding, preview: preview as object, mapping, options: source.delimiter ? { delimiter: source.delimiter } : {},
        ...guards,
      }],
    })
    return { id, fileName, format: source.format, encoding: source.encoding, preview, mapping, isRemembered: remembered !== null }
  })
}

/** The dry run, as a job. Says once what the mapping lacks, and that this file has been here before. */
export async function checkImport(scope: Scope, { id, mapping, reason }: { id: string; mapping: Mapping; reason: string }): Promise<string> {
  authorize(scope, 'imports:run')
  const batch = await lockBatch(scope, id)
  const target = await requireTarget(scope, batch.target, batch.containerId)
  if (batch.requestedBy !== scope.member.userId) throw new ForbiddenError('Only whoever has sent this file can bring it in.')
  if (!['uploaded', 'checked', 'checking', 'failed'].includes(batch.status) || batch.appliedBy) throw new ConflictError('This file has been brought in already.', 'applied')
  requireMapping(target, batch.preview, mapping)
  await requireFirstTime(scope, batch, reason)
  const job = await enqueueJob(scope, 'import_check', { batch: id })
  await scope.tx.importBatch.updateMany({ where: { id }, data: { mapping, status: 'checking', checkedHash: null, checkedAt: null, counts: {}, options: { ...batch.options, reason, job } as object } })
  await remember(scope, batch, mapping)
  return job
}

// The same file into the same place, unless there is a reason: most often it is a mistake, and every row would be there twice.
async function requireFirstTime({ tx }: Scope, { id, fileSha256, target, containerId }: Batch, reason: string): Promise<void> {
  if (reason) return
  const before = await tx.importBatch.findFirst({ where: { id: { not: id }, fileSha256: Buffer.from(fileSha256), target, containerId, status: { in: IN_USE } }, orderBy: { id: 'asc' } })
  if (before) throw new ConflictError(`This very file was brought in on ${(before.appliedAt ?? before.createdAt).toISOString().slice(0, 10)}. Its rows would be there twice. Undo that import first, or say why it is meant.`, 'imported_before', { at: before.appliedAt ?? before.createdAt })
}

/** Brings in what was checked, as a job. @throws ConflictError when file or mapping are not those of the check, or it is a day old */
export async function applyImport(scope: Scope, { id, mode }: { id: string; mode: 'skip_failed' | 'all_or_nothing' }): Promise<string> {
  authorize(scope, 'imports:run')
  const batch = await lockFile(scope, id)
  await requireTarget(scope, batch.target, batch.containerId)
  if (batch.requestedBy !== scope.member.userId) throw new ForbiddenError('Only whoever has sent this file can bring it in.')
  if (batch.appliedBy) throw new ConflictError('This file is being brought in, or has been already.', 'applied')
  if (!isGoodCheck(batch)) throw new ConflictError('Check it again first: the file or its mapping is not what was checked.', 'not_checked')
  if (mode === 'all_or_nothing' && batch.counts.failed) throw new ConflictError(`${batch.counts.failed} rows would fail. Correct them, or bring in the others without them.`, 'rows_fail')
  // Again, and only now for sure: of two people with the same file one has taken its lock before.
  await requireFirstTime(scope, batch, batch.options.reason ?? '')
  const job = await enqueueJob(scope, 'import_apply', { batch: id })
  await scope.tx.importRow.deleteMany({ where: { importBatchId: id } })
  await scope.tx.importBatch.updateMany({ where: { id }, data: { status: 'applying', appliedBy: scope.member.userId, counts: { total: batch.counts.total }, options: { ...batch.options, mode, job } as object } })
  return job
}

/** Takes a batch back, as a job. Whoever applied it, or an admin who sees it. */
export async function undoImport(scope: Scope, id: string): Promise<string> {
  authorize(scope, 'imports:undo')
  const batch = await lockBatch(scope, id)
  if (batch.appliedBy !== scope.member.userId && !can(scope.member.role, 'imports:undo_any')) throw new ForbiddenError('Only whoever has brought this in can undo it, or an owner or admin.')
  if (batch.containerId) await requireEdit(scope, batch.containerId)
  const isLeftHalf = ['applying', 'undoing'].includes(batch.status) && (await isJobOver(scope, id))
  if (!batch.appliedBy || !(['applied', 'failed', 'partly_undone'].includes(batch.status) || isLeftHalf)) throw new ConflictError(batch.status === 'undone' ? 'This has been undone already.' : 'There is nothing to undo.', 'not_applied')
  if (batch.undoneAt) throw new ConflictError('This has been undone already.', 'undone')
  if (batch.appliedAt && batch.appliedAt.getTime() < Date.now() - UNDO_DAYS * 86_400_000) throw new ConflictError(`An import can be undone for ${UNDO_DAYS} days.`, 'too_late')
  const job = await enqueueJob(scope, 'import_undo', { batch: id })
  await scope.tx.importBatch.updateMany({ where: { id }, data: { status: 'undoing', options: { ...batch.options, job } as object } })
  await recordAudit(scope, { action: 'import.undo_started', entityKind: 'import', entityId: id, containerId: batch.containerId, ownerUserId: batch.ownerUserId, label: batch.fileName })
  return job
}

// Cancelled, or given up: what it has brought in or taken back stands as it is. Asked of the database, since the job may be somebody
// else's, and nobody reads those.
async function isJobOver({ tx }: Scope, id: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ is_over: boolean }[]>`SELECT kernel.import_job_is_over(${id}::uuid) AS is_over`
  return row!.is_over
}

export const sourceOf = (batch: Batch, path: string): Source => ({ path, format: batch.sourceFormat, encoding: batch.encoding as Source['encoding'], delimiter: batch.options.delimiter })

// Files with the same columns are read as they were the last time.
const signature = ({ columns }: Preview) => columns.map(({ header }) => header).join(', ').slice(0, 200)

async function findRemembered({ tx }: Scope, target: string, preview: Preview): Promise<Mapping | null> {
  const found = await tx.importMapping.findFirst({ where: { target, nameLc: toLookup(signature(preview)) } })
  return found ? (found.mapping as Mapping) : null
}

async function remember({ tx, member }: Scope, { target, preview }: Batch, mapping: Mapping): Promise<void> {
  const name = signature(preview)
  const nameLc = toLookup(name)
  const { count } = await tx.importMapping.updateMany({ where: { target, nameLc }, data: { mapping } })
  if (count === 0) await tx.importMapping.createMany({ data: [{ ownerUserId: member.userId, target, name, nameLc, mapping }], skipDuplicates: true })
}
