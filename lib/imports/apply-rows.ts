import 'server-only'
import { ConflictError, Refusal } from '@/lib/errors'
import { savepoint } from '@/lib/tenancy/savepoint'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Batch } from './batches'
import type { Failed, Portion } from './portions'
import type { Created, ImportTarget, Prepared, RowProblem } from './targets'

/** Rows of one statement each for all of them: enough to be fast, few enough to be repeated in halves. */
const TOGETHER = 1_000

export type Applied = { created: Created[]; failed: Failed[]; helpers: Record<string, string[]> }
type Problems = Map<number, RowProblem>
type Rows = Pick<Portion, 'rows' | 'raws'>

/**
 * Writes a portion in the open transaction: the same code for the dry run, which is rolled back, and for the real one. Where
 * rows name each other and the database refuses one, all is written again without it and without those that name it.
 */
export async function applyRows(scope: Scope, batch: Batch, target: ImportTarget, portion: Rows, first: number | null): Promise<Applied> {
  const known: Problems = new Map()
  for (;;) {
    const attempt = await savepoint(scope, () => tryRows(scope, batch, target, portion, first, known))
    if (attempt.ok) return attempt.value
    if (!(attempt.error instanceof AgainWithout)) throw attempt.error
    for (const [line, problem] of attempt.error.problems) known.set(line, problem)
  }
}

class AgainWithout extends ConflictError {
  constructor(readonly problems: Problems) {
    super('Rows that others name are refused.')
  }
}

/** Rows are written many at a time; where that fails it is tried again in halves, so that in the end one row fails by itself. */
async function tryRows(scope: Scope, batch: Batch, target: ImportTarget, { rows, raws }: Rows, first: number | null, known: Problems): Promise<Applied> {
  const importer = await target.open(scope, batch.containerId, first)
  const origin = { batchId: batch.id, fileName: batch.fileName }
  const created: Created[] = []
  const refused: Problems = new Map(known)
  const failing: Problems = new Map()
  const write = async (some: Prepared<unknown>[]): Promise<void> => {
    const attempt = await savepoint(scope, () => importer.insert(some, origin))
    if (attempt.ok) return void created.push(...attempt.value)
    if (some.length === 1) return void failing.set(some[0]!.line, problemOf(attempt.error))
    const half = Math.ceil(some.length / 2)
    await write(some.slice(0, half))
    await write(some.slice(half))
  }
  const left = () => rows.filter(({ line }) => !refused.has(line))
  for (const { line, row } of left()) {
    const problem = importer.refuse(row)
    if (problem) refused.set(line, problem)
  }
  for (const [line, problem] of (await importer.arrange?.(left())) ?? []) refused.set(line, problem)
  const good = left()
  for (let at = 0; at < good.length; at += TOGETHER) await write(good.slice(at, at + TOGETHER))
  if (importer.arrange && failing.size) throw new AgainWithout(failing)
  const labels = new Map(rows.map(({ line, label }) => [line, label]))
  await importer.record(created.map(({ id, line }) => ({ id, line, label: labels.get(line) ?? '' })), batch.fileName)
  await importer.tie?.(created)
  const failed = [...refused, ...failing].map(([line, problem]): Failed => ({ line, raw: raws.get(line) ?? [], ...problem }))
  return { created, failed, helpers: importer.helpers() }
}

function problemOf(error: unknown): RowProblem {
  if (error instanceof Refusal) return { code: error.code, message: error.message }
  return { code: 'not_storable', message: 'The database does not take this row as it is.' }
}
