import 'server-only'
import { InvalidError } from '@/lib/errors'
import { readSource, type Source } from './source'

const SAMPLES = 3
const VALUES_MAX = 30
const SAMPLE_LENGTH = 80

/** A column as the map step shows it. `values`: what stands in it, when that is few enough to be a choice. */
export type PreviewColumn = { header: string; samples: string[]; values: string[] | null; days: string[] }
export type Preview = { columns: PreviewColumn[]; rowCount: number; duplicates: string[] }

/** One walk over the whole file: how many rows it has, and what its columns look like. */
export async function previewOf(source: Source): Promise<Preview> {
  let columns: (PreviewColumn & { seen: Set<string> | null })[] | null = null
  let rowCount = 0
  for await (const { cells } of readSource(source)) {
    if (!columns) {
      columns = cells.map((header, at) => ({ header: header.trim().slice(0, 100) || `Column ${at + 1}`, samples: [], values: null, days: [], seen: new Set<string>() }))
      continue
    }
    rowCount++
    for (const [at, column] of columns.entries()) {
      const text = cells[at]?.trim() ?? ''
      if (text === '') continue
      const short = text.slice(0, SAMPLE_LENGTH)
      if (column.samples.length < SAMPLES && !column.samples.includes(short)) column.samples.push(short)
      column.seen?.add(short)
      if (column.seen && column.seen.size > VALUES_MAX) column.seen = null
      // Enough to tell one way of writing days from another.
      if (column.days.length < 200 && /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/.test(text)) column.days.push(text.slice(0, 10))
    }
  }
  if (!columns || rowCount === 0) throw new InvalidError('This file names columns but has no rows.')
  const headers = columns.map(({ header }) => header.toLowerCase())
  return {
    rowCount,
    columns: columns.map(({ seen, ...column }) => ({ ...column, values: seen && seen.size > 0 ? [...seen].sort() : null })),
    duplicates: [...new Set(headers.filter((header, at) => headers.indexOf(header) !== at))],
  }
}
