import 'server-only'
import { createHash } from 'node:crypto'
import { NotFoundError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isUuid } from '@/lib/uuid'
import type { Preview } from './preview'
import type { Mapping } from './schema'
import type { SourceFormat } from './source'

const CHECK_GOOD_MS = 86_400_000

export const BATCH_STATUSES = ['uploaded', 'checking', 'checked', 'applying', 'applied', 'failed', 'undoing', 'undone', 'partly_undone'] as const
export type BatchStatus = (typeof BATCH_STATUSES)[number]
export type Counts = { total?: number; created?: number; failed?: number; reversed?: number; keptEdited?: number; keptInUse?: number; undoFailed?: number }
export type Options = { delimiter?: string; portion?: number; mode?: 'skip_failed' | 'all_or_nothing'; reason?: string; helpers?: Record<string, string[]>; made?: Record<string, number>; job?: string }

export type Batch = {
  id: string; target: string; requestedBy: string; fileName: string; fileSha256: Uint8Array; sizeBytes: number; storageKey: string; sourceFormat: SourceFormat; encoding: string | null; preview: Preview; mapping: Mapping
  options: Options; status: BatchStatus; counts: Counts; checkedHash: Uint8Array | null; checkedAt: Date | null; appliedAt: Date | null; appliedBy: string | null
  undoneAt: Date | null; containerId: string | null; ownerUserId: string | null; minRole: string | null; createdAt: Date
}

/** @throws NotFoundError when it is none that I may see */
export async function getBatch({ tx }: Scope, id: string): Promise<Batch> {
  const row = isUuid(id) ? await tx.importBatch.findFirst({ where: { id } }) : null
  if (!row) throw new NotFoundError()
  return row as unknown as Batch
}

/** The batch, kept from everybody else until the transaction ends. */
export async function lockBatch(scope: Scope, id: string): Promise<Batch> {
  if (isUuid(id)) await scope.tx.$queryRaw`SELECT id FROM import_batches WHERE tenant_id = ${scope.member.tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`
  return getBatch(scope, id)
}

/** The batch and every other one of the same file, in one order whoever asks: of two people with the same file one waits for the other. */
export async function lockFile(scope: Scope, id: string): Promise<Batch> {
  const { fileSha256, target } = await getBatch(scope, id)
  await scope.tx.$queryRaw`SELECT id FROM import_batches WHERE tenant_id = ${scope.member.tenantId}::uuid AND file_sha256 = ${Buffer.from(fileSha256)} AND target = ${target} ORDER BY id FOR UPDATE`
  return getBatch(scope, id)
}

/** What rows of the batch are guarded by: as the batch itself. */
export const guardsOf = ({ containerId, ownerUserId, minRole }: Pick<Batch, 'containerId' | 'ownerUserId' | 'minRole'>) => ({ containerId, ownerUserId, minRole })

/** File and mapping as one value: what was checked is what may be applied. */
export function hashOf(batch: Pick<Batch, 'fileSha256' | 'target' | 'containerId'>, mapping: Mapping): Uint8Array<ArrayBuffer> {
  const hash = createHash('sha256').update(batch.fileSha256).update(JSON.stringify([batch.target, batch.containerId, sorted(mapping)]))
  return new Uint8Array(hash.digest())
}

/** Whether what was tried may be applied now: the same file and mapping, within a day. */
export function isGoodCheck(batch: Batch, now = Date.now()): boolean {
  return batch.status === 'checked' && batch.checkedHash !== null && Buffer.from(batch.checkedHash).equals(hashOf(batch, batch.mapping)) && batch.checkedAt!.getTime() > now - CHECK_GOOD_MS
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)])
}

/** The batches that I may see, the latest first. */
export async function listBatches({ tx }: Scope): Promise<(Pick<Batch, 'id' | 'target' | 'fileName' | 'status' | 'counts' | 'options' | 'createdAt' | 'appliedAt' | 'appliedBy' | 'undoneAt' | 'requestedBy'> & { place: string | null; by: string })[]> {
  const rows = await tx.importBatch.findMany({ where: { status: { not: 'uploaded' } }, orderBy: { id: 'desc' }, take: 50, include: { container: true, requester: true } })
  return rows.map((row) => ({ ...(row as unknown as Batch), place: row.container?.name ?? null, by: row.requester.displayName }))
}

export type FailedRow = { line: number; column: string | null; message: string; raw: string[] }

export async function listFailedRows({ tx }: Scope, importBatchId: string, { after = 0, size = 1_000 }: { after?: number; size?: number } = {}): Promise<FailedRow[]> {
  const rows = await tx.importRow.findMany({ where: { importBatchId, outcome: 'failed', line: { gt: after } }, orderBy: { line: 'asc' }, take: size })
  return rows.map(({ line, column, message, raw }) => ({ line, column, message: message ?? '', raw: (raw ?? []) as string[] }))
}

/** What undoing has left where it was, and why. */
export async function listKeptRows({ tx }: Scope, importBatchId: string) {
  return tx.importRow.findMany({ where: { importBatchId, undoOutcome: { in: ['kept_edited', 'kept_in_use', 'failed'] } }, orderBy: { line: 'asc' }, take: 500 })
}
