import { z } from 'zod'

// PostgreSQL stores neither NUL nor halves of surrogate pairs.
const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed()
const UNSTORABLE = 'This text has characters that cannot be stored.'

/** What inputs of operations are made of. How long a text may be and what else holds is the noun's to say. */
export const text = (about: string) => z.string(`${about}: write a text.`).refine(isStorable, UNSTORABLE).describe(about)
export const ref = (about: string) => z.string('Write an id.').min(1, 'Write an id.').max(200).refine(isStorable, UNSTORABLE).describe(about)
export const day = (about: string) => z.union([z.iso.date('Write a real day as YYYY-MM-DD.'), z.literal('')], 'Write a real day as YYYY-MM-DD.').nullable().describe(`${about}, YYYY-MM-DD; null for none`)
/** As an array, or as one text with commas. */
export function list(item: z.ZodType<string, string>, about: string) {
  const items = z.array(item.refine(isStorable, UNSTORABLE)).max(50, 'At most 50 at once.')
  return z.union([items, z.string().transform((texts) => texts.split(',').map((one) => one.trim()).filter(Boolean)).pipe(items)]).describe(about)
}
export const flag = (about: string) => z.union([z.boolean(), z.stringbool()]).describe(about)
export const whole = (about: string) => z.coerce.number('Write a whole number.').int('Write a whole number.').describe(about)

/** Of a page: how many, and where the last one ended. */
export const page = {
  limit: z.coerce.number('Write 1 to 100.').int('Write 1 to 100.').min(1, 'Write 1 to 100.').max(100, 'Write 1 to 100.').default(50).describe('How many at most, 1 to 100'),
  cursor: z.string().max(1_000).refine(isStorable, UNSTORABLE).default('').describe('next_cursor of the page before'),
}
export const versionOf = (what: string) => z.coerce.number('Write the version that you read.').int().min(1).max(2_147_483_647).describe(`The version of the ${what} that you read; a later change by somebody else is refused with 409`)
