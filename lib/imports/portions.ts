import 'server-only'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { InvalidError } from '@/lib/errors'
import { withTemporary } from '@/lib/files/receive'
import { fileStore } from '@/lib/files/store'
import type { Batch } from './batches'
import { sourceOf } from './imports'
import { prepareRow } from './mapping'
import { ONE_PORTION_MAX, readSource } from './source'
import type { ImportTarget, Prepared, RowProblem } from './targets'

const PORTION = 2_000

export type Failed = RowProblem & { line: number; raw: string[] }
export type Portion = { rows: Prepared<unknown>[]; raws: Map<number, string[]>; failed: Failed[]; lastLine: number; read: number }

/** The rows of a batch after line `after`, as many at a time as go into one transaction. The file lies on this machine for the while. */
export async function withPortions<T>(batch: Batch, target: ImportTarget, after: number, work: (portions: AsyncGenerator<Portion>) => Promise<T>): Promise<T> {
  return withTemporary(async (path) => {
    const stored = await fileStore().read(batch.storageKey)
    if (!stored) throw new InvalidError('The file is not there any more. Send it again.')
    await pipeline(stored, createWriteStream(path, { mode: 0o600 }))
    return work(portionsOf(batch, target, path, after))
  })
}

async function* portionsOf(batch: Batch, target: ImportTarget, path: string, after: number): AsyncGenerator<Portion> {
  const size = batch.options.portion ?? (batch.preview.rowCount <= ONE_PORTION_MAX ? ONE_PORTION_MAX : PORTION)
  const empty = (): Portion => ({ rows: [], raws: new Map(), failed: [], lastLine: after, read: 0 })
  let portion = empty()
  let isHead = true
  for await (const source of readSource(sourceOf(batch, path))) {
    const isHeader = isHead
    isHead = false
    if (isHeader || source.line <= after) continue
    const prepared = prepareRow(target, batch.mapping, source)
    if ('code' in prepared) portion.failed.push({ ...prepared, raw: source.cells })
    else {
      portion.rows.push(prepared)
      portion.raws.set(prepared.line, source.cells)
    }
    portion.lastLine = source.line
    portion.read++
    if (portion.read < size) continue
    yield portion
    portion = empty()
  }
  if (portion.read > 0) yield portion
}
