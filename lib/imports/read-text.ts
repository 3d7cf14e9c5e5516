import 'server-only'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { InvalidError } from '@/lib/errors'
import { readText, type Encoding } from './encoding'
import type { SourceRow } from './source'

const RECORD_MAX = 1_048_576
const JSON_MAX = 32 * 1_048_576

/** CSV and its relatives. */
export async function* readDelimited(path: string, encoding: Encoding, delimiter: string): AsyncGenerator<SourceRow> {
  const parser = parse({ delimiter, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: RECORD_MAX, bom: true })
  const source = Readable.from(readText(path, encoding))
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    let line = 1
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { line, cells: record }
      line = info.lines + 1
    }
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number }
    if (code?.startsWith('CSV_')) throw new InvalidError(`Line ${lines ?? '?'} cannot be read: ${code === 'CSV_MAX_RECORD_SIZE' ? 'it is too long' : 'its quotation marks do not match'}.`)
    throw error
  } finally {
    source.destroy()
  }
}

/** One object a line. */
export async function* readJsonLines(path: string, encoding: Encoding): AsyncGenerator<SourceRow> {
  let headers: string[] | null = null
  let line = 0
  for await (const text of linesOf(path, encoding)) {
    line++
    if (text.trim() === '') continue
    const object = objectOf(text)
    if (!headers) {
      if (!object) throw new InvalidError(`Line ${line} is no JSON object.`)
      headers = Object.keys(object)
      yield { line, cells: headers }
    }
    yield object ? { line, cells: headers.map((header) => cellOf(object[header])) } : { line, cells: [], problem: 'This line is no JSON object.' }
  }
}

/** An array of objects; its columns are those of all its first hundred. */
export async function* readJson(path: string, encoding: Encoding): AsyncGenerator<SourceRow> {
  let text = ''
  for await (const piece of readText(path, encoding)) {
    text += piece
    if (text.length > JSON_MAX) throw new InvalidError('A JSON file of this size has to be JSON lines: one object a line.')
  }
  let items: unknown
  try {
    items = JSON.parse(text)
  } catch (error) {
    throw new InvalidError(`This is no proper JSON: ${(error as Error).message.slice(0, 120)}`)
  }
  if (!Array.isArray(items) || items.length === 0) throw new InvalidError('This JSON holds no list of objects.')
  const headers = [...new Set(items.slice(0, 100).flatMap((item) => (isObject(item) ? Object.keys(item) : [])))]
  yield { line: 1, cells: headers }
  for (const [at, item] of items.entries()) yield isObject(item) ? { line: at + 2, cells: headers.map((header) => cellOf(item[header])) } : { line: at + 2, cells: [], problem: 'This entry is no JSON object.' }
}

async function* linesOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of readText(path, encoding)) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    if (rest.length > RECORD_MAX) throw new InvalidError('A line of this file is too long.')
    yield* lines
  }
  if (rest) yield rest
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join('; ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
}
