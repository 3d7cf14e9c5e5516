import { z } from 'zod'
import { line, paragraph } from '@/lib/text'
import { isObject, type Json, type JsonObject } from './merge'

export const LEVELS = ['organization', 'project', 'workstream', 'task'] as const
export type Level = (typeof LEVELS)[number]
export const LEVEL_LABELS: Record<Level, string> = { organization: 'Organization', project: 'Project', workstream: 'Workstream', task: 'Task' }
/** Where a piece may be passed on to: upwards. */
export const UPWARDS: Record<Level, Level[]> = { task: ['workstream', 'project'], workstream: ['project'], project: ['organization'], organization: [] }

export const SECTION_BYTES_MAX = 64 * 1024
const DEPTH_MAX = 12
export const sizeOf = (text: string) => new TextEncoder().encode(text).length

export const section = line('A section', 60).refine((name) => !name.includes('/'), 'A section may not have a slash.')

/** Text in JSON that is an object of what the database can keep. */
export const data = z.string().transform((text, context): JsonObject => {
  const refuse = (message: string) => {
    context.issues.push({ code: 'custom', message, input: text })
    return z.NEVER
  }
  if (sizeOf(text) > SECTION_BYTES_MAX) return refuse('A section may have at most 64 KB.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('This is no JSON. Look for a comma or a quote that is missing.')
  }
  if (!isObject(value as Json)) return refuse('Write an object: names with values, in braces.')
  return storable(value as Json, 0) ? (value as JsonObject) : refuse('This has a name, a character or a number that cannot be stored, or lies too deep.')
})

// PostgreSQL stores neither NUL nor halves of surrogate pairs; `__proto__` is a name that programs trip over.
function storable(value: Json, depth: number): boolean {
  if (depth > DEPTH_MAX) return false
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  if (typeof value === 'number') return Number.isFinite(value)
  if (value === null || typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every((part) => storable(part, depth + 1))
  return Object.entries(value).every(([name, part]) => name !== '__proto__' && name.length <= 200 && storable(name, depth) && storable(part, depth + 1))
}

const place = { level: z.enum(LEVELS, 'Choose a level.'), placeId: z.union([z.literal(''), z.uuid()]).default('') }
export const placeSchema = z.strictObject(place)
export type PlaceInput = z.infer<typeof placeSchema>

/** `version`: of the section as it was read; 0 for one that is new. */
export const writeEntrySchema = z.strictObject({ ...place, section, data, inherits: z.stringbool().default(false), version: z.coerce.number().int().min(0).max(2_147_483_647).default(0) })
export type WriteEntry = z.infer<typeof writeEntrySchema>
export const restoreVersionSchema = z.strictObject({ entryId: z.uuid(), version: z.coerce.number().int().min(1), current: z.coerce.number().int().min(1) })
export const inheritSchema = z.strictObject({ taskId: z.uuid(), inherits: z.stringbool() })

const names = z.preprocess((value) => [value ?? []].flat(), z.array(z.string().max(200)).max(200).min(1, 'Choose what to pass on.'))
export const delegateSchema = z.strictObject({ entryId: z.uuid(), toLevel: z.enum(LEVELS, 'Choose where to.'), names, reason: paragraph('The reason', 1000).pipe(z.string().min(1, 'Say why it is of use there.')) })
export type Delegate = z.infer<typeof delegateSchema>
export const decideSchema = z
  .strictObject({ id: z.uuid(), decision: z.enum(['approved', 'rejected']), note: paragraph('The reason', 1000).default('') })
  .refine(({ decision, note }) => decision === 'approved' || note !== '', { path: ['note'], message: 'Say why not: whoever passed it on reads it.' })
export type Decide = z.infer<typeof decideSchema>
