import { InvalidError } from '@/lib/errors'

const ENTRIES_MAX = 500
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * The fields of a payload as a plain object; a repeated field is an array. Frameworks' own `$…` fields are left out.
 * @throws InvalidError on files, on too many fields, on names that could reach a prototype
 */
export function fieldsOf(payload: unknown): Record<string, unknown> {
  const entries = payload instanceof FormData ? [...payload.entries()] : isPlain(payload) ? Object.entries(payload) : null
  if (!entries || entries.length > ENTRIES_MAX) throw new InvalidError('This form could not be read. Reload the page and try again.')
  const fields: Record<string, unknown> = {}
  for (const [name, value] of entries) {
    if (name.startsWith('$')) continue
    if (FORBIDDEN_KEYS.has(name)) throw new InvalidError('This form has a field that does not belong to it.')
    if (typeof value === 'object' && !Array.isArray(value) && value !== null) throw new InvalidError('This form has a field that does not belong to it.')
    fields[name] = Object.hasOwn(fields, name) ? [fields[name], value].flat() : value
  }
  return fields
}

/** What was typed, to be shown again; passwords and long lists are not. */
export function typedValues(fields: Record<string, unknown>): Record<string, string | string[]> {
  const isText = (value: unknown): value is string | string[] => typeof value === 'string' || (Array.isArray(value) && value.every((part) => typeof part === 'string'))
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string | string[]] => isText(entry[1]) && !/password/i.test(entry[0])))
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
}
