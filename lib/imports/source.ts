import 'server-only'
import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { InvalidError, Refusal } from '@/lib/errors'
import { unguardText } from '@/lib/exports/cells'
import { detectEncoding, type Encoding } from './encoding'
import { readDelimited, readJson, readJsonLines } from './read-text'
import { readXlsx } from './read-xlsx'

export type SourceFormat = 'csv' | 'tsv' | 'xlsx' | 'json' | 'jsonl'
export type Source = { path: string; format: SourceFormat; encoding: Encoding | null; delimiter?: string }
/** A row as text, cell by cell in the order of the headers; `line` is where a person finds it. `problem`: it is no proper row. */
export type SourceRow = { line: number; cells: string[]; problem?: string }

export const COLUMNS_MAX = 200
export const ROWS_MAX = 200_000
/** Up to here a file comes in in one transaction: all of it, or nothing. */
export const ONE_PORTION_MAX = 20_000
const CELL_MAX = 20_000

/** What a file is, by its content. @throws Refusal 415 on what is no list, InvalidError on letters that cannot be read */
export async function openSource(path: string, fileName: string): Promise<Source> {
  const seen = await fileTypeFromFile(path)
  if (seen?.ext === 'xlsx') return { path, format: 'xlsx', encoding: null }
  if (seen?.ext === 'cfb') throw refused('This workbook is protected by a password, or in the format of before 2007. Save it as XLSX without a password.')
  if (seen) throw refused(`This is no list but a file of the type ${seen.ext}.`)
  const encoding = await detectEncoding(path)
  const head = await headOf(path, encoding)
  const first = head.trimStart()
  if (first.startsWith('[')) return { path, format: 'json', encoding }
  if (first.startsWith('{')) return { path, format: 'jsonl', encoding }
  const delimiter = delimiterOf(head)
  return { path, format: delimiter === '\t' ? 'tsv' : 'csv', encoding, delimiter: delimiter ?? (/\.tsv$/i.test(fileName) ? '\t' : ',') }
}

/** The headers, then every row. Memory does not grow with the file. @throws InvalidError on a file that is no list, or a larger one than is taken */
export async function* readSource(source: Source): AsyncGenerator<SourceRow> {
  let count = 0
  let width = 0
  for await (const row of rowsOf(source)) {
    if (count === 0) width = checkHeaders(row.cells)
    if (++count > ROWS_MAX + 1) throw new InvalidError(`A file may have at most ${ROWS_MAX.toLocaleString('en')} rows. Split it.`)
    if (count > 1 && row.cells.every((cell) => cell.trim() === '') && !row.problem) continue
    const long = row.cells.findIndex((cell) => cell.length > CELL_MAX)
    const problem = row.problem ?? (long >= 0 ? `Column ${long + 1} holds more than ${CELL_MAX.toLocaleString('en')} characters.` : row.cells.length > width ? `This row has ${row.cells.length} columns, the first row has ${width}.` : undefined)
    yield { line: row.line, cells: row.cells.map((cell) => cell.slice(0, CELL_MAX)), ...(problem && { problem }) }
  }
  if (count === 0) throw new InvalidError('This file is empty.')
}

function checkHeaders(headers: string[]): number {
  if (headers.every((header) => header.trim() === '')) throw new InvalidError('The first row has to name the columns; it is empty.')
  if (headers.length > COLUMNS_MAX) throw new InvalidError(`A file may have at most ${COLUMNS_MAX} columns; this one has ${headers.length}.`)
  return headers.length
}

async function* rowsOf(source: Source): AsyncGenerator<SourceRow> {
  if (source.format === 'xlsx') return yield* readXlsx(source.path)
  const encoding = source.encoding ?? 'utf-8'
  if (source.format === 'json') return yield* readJson(source.path, encoding)
  if (source.format === 'jsonl') return yield* readJsonLines(source.path, encoding)
  // What an export has put before text that looks like a formula.
  for await (const row of readDelimited(source.path, encoding, source.delimiter ?? ',')) yield { ...row, cells: row.cells.map(unguardText) }
}

async function headOf(path: string, encoding: Encoding): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0)
    return new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

// The mark that divides the first line, outside of quotes, into the most parts.
function delimiterOf(head: string): string | null {
  const line = /^(?:[^"\r\n]|"[^"]*")*/.exec(head)?.[0].replaceAll(/"[^"]*"/g, '') ?? ''
  const [best] = [',', ';', '\t', '|'].map((mark) => ({ mark, count: line.split(mark).length - 1 })).sort((a, b) => b.count - a.count)
  return best && best.count > 0 ? best.mark : null
}

const refused = (why: string) => new Refusal(415, 'type_not_taken', `${why} Taken are CSV, TSV, XLSX, JSON and JSON lines.`)
