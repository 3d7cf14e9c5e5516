import 'server-only'
import { Refusal } from '@/lib/errors'
import { savepoint } from '@/lib/tenancy/savepoint'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Batch } from './batches'
import type { Failed, Portion } from './portions'
import type { Created, ImportTarget, Prepared, RowProblem } from './targets'

/** Rows of one statement each for all of them: enough to be fast, few enough to be repeated in halves. */
const TOGETHER = 1_000

export type Applied = { created: Created[]; failed: Failed[]; helpers: Record<string, string[]> }

/**
 * Writes a portion in the open transaction: the same code for the dry run, which is rolled back, and for the real one. Rows are
 * written many at a time; where that fails it is tried again in halves, so that in the end one row fails by itself.
 */
export async function applyRows(scope: Scope, batch: Batch, target: ImportTarget, { rows, raws }: Pick<Portion, 'rows' | 'raws'>, first: number | null): Promise<Applied> {
  const importer = await target.open(scope, batch.containerId, first)
  const applied: Applied = { created: [], failed: [], helpers: {} }
  const origin = { batchId: batch.id, fileName: batch.fileName }
  const failing = (row: Prepared<unknown>, problem: RowProblem) => void applied.failed.push({ line: row.line, raw: raws.get(row.line) ?? [], ...problem })
  const write = async (some: Prepared<unknown>[]): Promise<void> => {
    const attempt = await savepoint(scope, () => importer.insert(some, origin))
    if (attempt.ok) return void applied.created.push(...attempt.value)
    if (some.length === 1) return failing(some[0]!, problemOf(attempt.error))
    const half = Math.ceil(some.length / 2)
    await write(some.slice(0, half))
    await write(some.slice(half))
  }
  const good = rows.filter((row) => {
    const problem = importer.refuse(row.row)
    if (problem) failing(row, problem)
    return !problem
  })
  for (let at = 0; at < good.length; at += TOGETHER) await write(good.slice(at, at + TOGETHER))
  const labels = new Map(rows.map(({ line, label }) => [line, label]))
  await importer.record(applied.created.map(({ id, line }) => ({ id, line, label: labels.get(line) ?? '' })), batch.fileName)
  return { ...applied, helpers: importer.helpers() }
}

function problemOf(error: unknown): RowProblem {
  if (error instanceof Refusal) return { code: error.code, message: error.message }
  return { code: 'not_storable', message: 'The database does not take this row as it is.' }
}
