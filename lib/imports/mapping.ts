import 'server-only'
import { InvalidError } from '@/lib/errors'
import type { Preview } from './preview'
import type { Mapping } from './schema'
import { ONE_PORTION_MAX, type SourceRow } from './source'
import { isProblem, type ImportField, type ImportTarget, type Prepared, type RowProblem } from './targets'
import { dayFormatsOf, plain, readDay, suggestChoice } from './values'

/** What the columns most likely are, by their names, and what their values mean. */
export function suggestMapping(target: ImportTarget, { columns }: Preview): Mapping {
  const mapping: Mapping = { fields: {}, values: {}, dayFormat: 'iso' }
  const taken = new Set<number>()
  for (const field of target.fields) {
    // The surest name first: a file may have columns of several.
    const at = [field.label, ...field.aliases, field.key].map(plain)
      .map((name) => columns.findIndex(({ header, values, samples }, place) => !taken.has(place) && plain(header) === name && (field.fits?.(values ?? samples, name) ?? true))).find((place) => place >= 0)
    if (at === undefined) continue
    taken.add(at)
    mapping.fields[field.key] = at
    if (field.kind === 'choice') mapping.values[field.key] = suggestValues(field, columns[at]!.values ?? [])
    if (field.kind === 'day') mapping.dayFormat = dayFormatsOf(columns[at]!.days)[0] ?? 'iso'
  }
  return mapping
}

export const suggestValues = (field: ImportField, values: string[]) => Object.fromEntries(values.flatMap((value) => { const ours = suggestChoice(value, field.choices ?? []); return ours === null ? [] : [[value, ours]] }))

/** @throws InvalidError when it cannot be read by: a required field without a column, a column that is not there, a word that is no choice */
export function requireMapping(target: ImportTarget, { columns, rowCount }: Preview, mapping: Mapping): void {
  const fields = new Map(target.fields.map((field) => [field.key, field]))
  for (const { key, label, required } of target.fields) if (required && mapping.fields[key] === undefined) throw new InvalidError(`Choose the column for ${label}.`, { [key]: [`Choose the column for ${label}.`] })
  for (const [key, at] of Object.entries(mapping.fields)) if (!fields.has(key) || at >= columns.length) throw new InvalidError('This mapping names a column that is not there.')
  const between = target.fields.find(({ key }) => target.between?.includes(key) && mapping.fields[key] !== undefined)
  if (between && rowCount > ONE_PORTION_MAX) throw new InvalidError(`Rows that name each other (${between.label}) come in together, at most ${ONE_PORTION_MAX.toLocaleString('en')} of them. Split the file, or leave that column out.`)
  for (const [key, values] of Object.entries(mapping.values)) {
    const choices = fields.get(key)?.choices?.map(({ value }) => value)
    if (!choices || Object.values(values).some((value) => !choices.includes(value))) throw new InvalidError('This mapping names a value that there is not.')
  }
}

/** One row of the file as the target reads it, or why not. */
export function prepareRow(target: ImportTarget, mapping: Mapping, { line, cells, problem }: SourceRow): Prepared<unknown> | (RowProblem & { line: number }) {
  if (problem) return { line, code: 'ragged', message: problem }
  const values: Record<string, string> = {}
  for (const field of target.fields) {
    const at = mapping.fields[field.key]
    const text = at === undefined ? '' : (cells[at] ?? '').trim()
    const value = valueOf(field, text, mapping)
    if (typeof value !== 'string') return { line, column: field.key, ...value }
    values[field.key] = value
  }
  const read = target.read(values)
  return isProblem(read) ? { line, ...read } : { line, ...read }
}

function valueOf(field: ImportField, text: string, mapping: Mapping): string | RowProblem {
  if (text === '') return ''
  if (field.kind === 'day') return readDay(text, mapping.dayFormat) ?? { code: 'day', message: `This day cannot be read: ${text.slice(0, 60)}.` }
  if (field.kind !== 'choice') return text
  const given = mapping.values[field.key] ?? {}
  const ours = Object.hasOwn(given, text) ? given[text]! : suggestChoice(text, field.choices ?? [])
  return ours ?? { code: 'unmapped', message: `${field.label} “${text.slice(0, 60)}” means nothing here: say in the mapping what it is.` }
}
