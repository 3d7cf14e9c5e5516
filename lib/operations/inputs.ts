import { z } from 'zod'

/** What inputs of operations are made of. How long a text may be and what else holds is the noun's to say. */
export const text = (about: string) => z.string(`${about}: write a text.`).describe(about)
export const ref = (about: string) => z.string('Write an id.').min(1, 'Write an id.').max(200).describe(about)
export const day = (about: string) => z.union([z.iso.date('Write a real day as YYYY-MM-DD.'), z.literal('')], 'Write a real day as YYYY-MM-DD.').nullable().describe(`${about}, YYYY-MM-DD; null for none`)
export const list = (item: z.ZodType<string>, about: string) => z.union([z.array(item).max(50, 'At most 50 at once.'), z.string().transform((texts) => texts.split(',').map((one) => one.trim()).filter(Boolean))]).describe(about)
export const flag = (about: string) => z.union([z.boolean(), z.stringbool()]).describe(about)
export const whole = (about: string) => z.coerce.number('Write a whole number.').int('Write a whole number.').describe(about)

/** Of a page: how many, and where the last one ended. */
export const page = {
  limit: z.coerce.number('Write 1 to 100.').int('Write 1 to 100.').min(1, 'Write 1 to 100.').max(100, 'Write 1 to 100.').default(50).describe('How many at most, 1 to 100'),
  cursor: z.string().max(200).default('').describe('next_cursor of the page before'),
}
export const versionOf = (what: string) => z.coerce.number('Write the version that you read.').int().min(1).max(2_147_483_647).describe(`The version of the ${what} that you read; a later change by somebody else is refused with 409`)
