import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { ConflictError } from '@/lib/errors'
import type { JobRun } from '@/lib/jobs/job-run'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { applyRows, type Applied } from './apply-rows'
import { type Batch, type Counts, getBatch, guardsOf, hashOf } from './batches'
import { requireTarget } from './imports'
import { withPortions, type Failed, type Portion } from './portions'
import type { Created, ImportTarget } from './targets'

/** As many failed rows are kept to be shown and corrected; more are counted. */
const KEPT_FAILED_MAX = 10_000
const SECONDS = 240

async function readBatch(run: JobRun, wanted: Batch['status']): Promise<{ batch: Batch; target: ImportTarget }> {
  return withTenant(run.member, async (scope) => {
    const batch = await getBatch(scope, String(run.payload.batch))
    if (batch.status !== wanted || batch.options.job !== run.id) throw new ConflictError('This import was changed meanwhile.')
    return { batch, target: await requireTarget(scope, batch.target, batch.containerId) }
  }, { readOnly: true })
}

/** The dry run: everything is written as it would be, seen, and rolled back; what is kept is the report. */
export async function runCheck(run: JobRun): Promise<Record<string, unknown>> {
  const { batch, target } = await readBatch(run, 'checking')
  const total = batch.preview.rowCount
  const counts = { created: 0, failed: 0 }
  const made: Record<string, number> = {}
  // It begins anew after a crash: nothing of it has been kept.
  await run.chunk(async ({ tx }) => ({ value: (await tx.importRow.deleteMany({ where: { importBatchId: batch.id } })).count, done: 0, total }))
  await withPortions(batch, target, 0, async (portions) => {
    for await (const portion of portions) {
      await target.lookUp?.(run.member, portion.rows.map(({ row }) => row))
      const applied = await run.rehearse((scope) => applyRows(scope, batch, target, portion, null), { seconds: SECONDS })
      const failed = [...portion.failed, ...applied.failed].sort((a, b) => a.line - b.line)
      const kept = failed.slice(0, Math.max(0, KEPT_FAILED_MAX - counts.failed))
      counts.created += applied.created.length
      counts.failed += failed.length
      for (const [kind, ids] of Object.entries(applied.helpers)) made[kind] = Math.max(made[kind] ?? 0, ids.length)
      await run.chunk(async (scope) => {
        await writeFailed(scope, batch, kept)
        return { value: null, done: counts.created + counts.failed, total }
      })
    }
  })
  const report: Counts = { total: counts.created + counts.failed, ...counts }
  await run.chunk(async ({ tx }) => {
    const { count } = await tx.importBatch.updateMany({ where: { id: batch.id, status: 'checking' }, data: { status: 'checked', counts: report, checkedHash: hashOf(batch, batch.mapping), checkedAt: new Date(), options: { ...batch.options, made } as object } })
    if (count === 0) throw new ConflictError('This import was changed meanwhile.')
    return { value: null, done: report.total, total: report.total }
  })
  return { ...report, made }
}

/** Brings the rows in, a portion a transaction; each row is remembered beside what it made, so that none comes in twice. */
export async function runApply(run: JobRun): Promise<Record<string, unknown>> {
  const { batch, target } = await readBatch(run, 'applying')
  const total = batch.counts.total ?? batch.preview.rowCount
  const counts = { created: 0, failed: 0, ...(run.state.counts as Partial<{ created: number; failed: number }> | undefined) }
  const helpers = { ...(run.state.helpers as Record<string, string[]> | undefined) }
  await withPortions(batch, target, Number(run.state.line ?? 0), async (portions) => {
    for await (const portion of portions) {
      await target.lookUp?.(run.member, portion.rows.map(({ row }) => row))
      const first = await reserve(run, batch, target, portion)
      const next = await run.chunk(async (scope) => {
        const applied = await applyRows(scope, batch, target, portion, first)
        const failed = [...portion.failed, ...applied.failed]
        if (failed.length && batch.options.mode === 'all_or_nothing') throw new ConflictError(`Line ${Math.min(...failed.map(({ line }) => line))} fails: nothing more was brought in.`)
        await writeCreated(scope, batch, portion, applied)
        await writeFailed(scope, batch, failed.slice(0, Math.max(0, KEPT_FAILED_MAX - counts.failed)))
        const sum = { created: counts.created + applied.created.length, failed: counts.failed + failed.length }
        const all = merged(helpers, applied.helpers)
        return { value: { sum, all }, done: sum.created + sum.failed, total, state: { line: portion.lastLine, counts: sum, helpers: all } }
      }, { seconds: SECONDS })
      Object.assign(counts, next.sum)
      Object.assign(helpers, next.all)
    }
  }).catch(async (error: unknown) => {
    if (error instanceof ConflictError) await run.chunk(async ({ tx }) => ({ value: (await tx.importBatch.updateMany({
      where: { id: batch.id },
      data: { status: 'failed', counts: { total, ...counts }, options: { ...batch.options, helpers } as object, ...(counts.created === 0 ? { appliedBy: null } : {}) },
    })).count }))
    throw error
  })
  const report: Counts = { total: counts.created + counts.failed, ...counts }
  await run.chunk(async (scope) => {
    const { count } = await scope.tx.importBatch.updateMany({ where: { id: batch.id, status: 'applying' }, data: { status: 'applied', appliedAt: new Date(), counts: report, options: { ...batch.options, helpers } as object } })
    if (count === 0) throw new ConflictError('This import was changed meanwhile.')
    await recordAudit(scope, {
      action: 'import.applied', entityKind: 'import', entityId: batch.id, containerId: batch.containerId, ownerUserId: batch.ownerUserId, label: batch.fileName,
      changes: { target: [null, batch.target], created: [null, counts.created], failed: [null, counts.failed], ...(batch.options.reason ? { reason: [null, batch.options.reason] } : {}) },
    })
    return { value: null, done: report.total, total: report.total }
  })
  return report
}

// Kept with the job: a run that begins the portion again after a crash goes on with the same.
async function reserve(run: JobRun, batch: Batch, target: ImportTarget, { rows, lastLine }: Portion): Promise<number | null> {
  const { reserve: take } = target
  if (!take || rows.length === 0) return null
  const kept = run.state.reserved as { line: number; first: number } | undefined
  if (kept?.line === lastLine) return kept.first
  return run.chunk(async (scope) => {
    const first = await take(scope, batch.containerId, rows.length)
    return { value: first, state: { ...run.state, reserved: { line: lastLine, first } } }
  })
}

function merged(a: Record<string, string[]>, b: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map((kind) => [kind, [...(a[kind] ?? []), ...(b[kind] ?? [])]]))
}

async function writeCreated({ tx, member }: Scope, batch: Batch, { rows }: Portion, { created }: Applied): Promise<void> {
  const byLine = new Map(rows.map((row) => [row.line, row]))
  const lines = created.map(({ line, kind, id, version }: Created) => ({ id: uuidv7(), line, label: byLine.get(line)?.label.slice(0, 200) ?? '', source_id: byLine.get(line)?.sourceId ?? null, target_kind: kind, target_id: id, target_version: version }))
  const { containerId, ownerUserId, minRole } = guardsOf(batch)
  await tx.$executeRaw`
    INSERT INTO import_rows (tenant_id, import_batch_id, outcome, container_id, owner_user_id, min_role, id, line, label, source_id, target_kind, target_id, target_version)
    SELECT ${member.tenantId}::uuid, ${batch.id}::uuid, 'created', ${containerId}::uuid, ${ownerUserId}::uuid, ${minRole}, r.id, r.line, r.label, r.source_id, r.target_kind, r.target_id, r.target_version
      FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS r(id uuid, line int, label text, source_id text, target_kind text, target_id uuid, target_version int)`
  const known = lines.filter(({ source_id: sourceId }) => sourceId)
  await tx.$executeRaw`
    INSERT INTO import_id_map (tenant_id, import_batch_id, container_id, owner_user_id, min_role, id, source_id, target_kind, target_id)
    SELECT DISTINCT ON (r.source_id) ${member.tenantId}::uuid, ${batch.id}::uuid, ${containerId}::uuid, ${ownerUserId}::uuid, ${minRole}, r.id, r.source_id, r.target_kind, r.target_id
      FROM jsonb_to_recordset(${JSON.stringify(known)}::jsonb) AS r(id uuid, line int, source_id text, target_kind text, target_id uuid) ORDER BY r.source_id, r.line
        ON CONFLICT DO NOTHING`
}

async function writeFailed({ tx }: Scope, batch: Batch, failed: Failed[]): Promise<void> {
  for (let at = 0; at < failed.length; at += 1_000) {
    await tx.importRow.createMany({ data: failed.slice(at, at + 1_000).map(({ line, raw, code, message, column }) => ({
      importBatchId: batch.id, line, label: raw[0]?.slice(0, 200) ?? '', outcome: 'failed', code, message: message.slice(0, 500), column, raw, ...guardsOf(batch),
    })) })
  }
}

