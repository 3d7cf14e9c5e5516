import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { ConflictError, ForbiddenError, NotFoundError } from '@/lib/errors'
import type { JobRun } from '@/lib/jobs/job-run'
import { savepoint } from '@/lib/tenancy/savepoint'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'
import { type Batch, getBatch } from './batches'
import { findTarget, type ImportTarget } from './targets'

const PORTION = 500
const SECONDS = 60

type Row = { id: string; targetId: string; targetVersion: number }
type Outcome = { rowId: string; outcome: 'reversed' | 'kept_edited' | 'kept_in_use' | 'failed'; reason?: string }
const NAMES = { reversed: 'reversed', kept_edited: 'keptEdited', kept_in_use: 'keptInUse', failed: 'undoFailed' } as const

/** Takes back what a batch has made, the last row first. What was changed or used since stays, and is named. */
export async function runUndo(run: JobRun): Promise<Record<string, unknown>> {
  const batch = await withTenant(run.member, (scope) => getBatch(scope, String(run.payload.batch)), { readOnly: true })
  const target = findTarget(batch.target)
  if (!target) throw new NotFoundError()
  if (batch.status !== 'undoing' || batch.options.job !== run.id) throw new ConflictError('This import was changed meanwhile.')
  const total = batch.counts.created ?? 0
  for (;;) {
    const left = await run.chunk(async (scope) => {
      const first = (await target.undoFirst?.(scope, batch.id, PORTION)) ?? []
      const rows = (await scope.tx.importRow.findMany({ where: { importBatchId: batch.id, outcome: 'created', undoOutcome: null, ...(first.length ? { targetId: { in: first } } : {}) }, orderBy: { line: 'desc' }, take: PORTION })) as unknown as Row[]
      const outcomes = await undoRows(scope, target, batch, rows)
      await writeOutcomes(scope, outcomes)
      return { value: first.length ? PORTION : rows.length, done: total - (await scope.tx.importRow.count({ where: { importBatchId: batch.id, outcome: 'created', undoOutcome: null } })), total }
    }, { seconds: SECONDS })
    if (left < PORTION) break
  }
  return run.chunk(async (scope) => {
    const counts = await countOutcomes(scope, batch.id)
    const kept = counts.keptEdited + counts.keptInUse + counts.undoFailed
    await target.undoHelpers?.(scope, batch.options.helpers ?? {})
    await scope.tx.importBatch.updateMany({ where: { id: batch.id, status: 'undoing' }, data: { status: kept === 0 ? 'undone' : 'partly_undone', undoneAt: new Date(), counts: { ...batch.counts, ...counts } } })
    await recordAudit(scope, { action: 'import.undone', entityKind: 'import', entityId: batch.id, containerId: batch.containerId, ownerUserId: batch.ownerUserId, label: batch.fileName, changes: { reversed: [null, counts.reversed], kept: [null, kept] } })
    return { value: counts, done: total, total }
  })
}

async function countOutcomes({ tx }: Scope, importBatchId: string) {
  const counts = { reversed: 0, keptEdited: 0, keptInUse: 0, undoFailed: 0 }
  for (const { undoOutcome, _count } of await tx.importRow.groupBy({ by: ['undoOutcome'], where: { importBatchId, undoOutcome: { not: null } }, _count: { _all: true } })) counts[NAMES[undoOutcome as Outcome['outcome']]] = _count._all
  return counts
}

// In halves where something refuses, as when rows come in: what is hidden from me, yet uses a row, keeps that row alone.
async function undoRows(scope: Scope, target: ImportTarget, batch: Batch, rows: Row[]): Promise<Outcome[]> {
  if (rows.length === 0) return []
  const attempt = await savepoint(scope, () => target.undo(scope, batch.id, rows.map(({ targetId: id, targetVersion: version }) => ({ id, version }))))
  if (attempt.ok) {
    const byTarget = new Map(attempt.value.map((undone) => [undone.id, undone]))
    return rows.map(({ id, targetId }) => ({ rowId: id, outcome: byTarget.get(targetId)?.outcome ?? 'failed', reason: byTarget.get(targetId)?.reason }))
  }
  if (rows.length === 1) return [{ rowId: rows[0]!.id, outcome: 'failed', reason: 'Something else depends on it.' }]
  const half = Math.ceil(rows.length / 2)
  return [...(await undoRows(scope, target, batch, rows.slice(0, half))), ...(await undoRows(scope, target, batch, rows.slice(half)))]
}

async function writeOutcomes({ tx, member }: Scope, outcomes: Outcome[]): Promise<void> {
  const values = outcomes.map(({ rowId, outcome, reason }) => ({ id: rowId, outcome, reason: reason ?? null }))
  const written = await tx.$executeRaw`
    UPDATE import_rows i SET undo_outcome = r.outcome, undo_reason = r.reason FROM jsonb_to_recordset(${JSON.stringify(values)}::jsonb) AS r(id uuid, outcome text, reason text)
     WHERE i.tenant_id = ${member.tenantId}::uuid AND i.id = r.id`
  // Else the same rows would be taken up again, without end.
  if (written !== outcomes.length) throw new ForbiddenError('Not all that this import has made is yours to take back any more.')
}
