import { z } from 'zod'
import { fileNameSchema } from '@/lib/attachments/schema'
import { paragraph } from '@/lib/text'
import { DAY_FORMATS } from './values'

export const newImportSchema = z.strictObject({ target: z.string().regex(/^[a-z_]{1,40}$/), container: z.union([z.literal(''), z.uuid()]).default(''), name: fileNameSchema })

/** Which column (by its place) is read into which field, and what its values mean here. */
export const mappingSchema = z.strictObject({
  fields: z.record(z.string().max(40), z.number().int().min(0).max(999)),
  values: z.record(z.string().max(40), z.record(z.string().max(100), z.string().max(100))).default({}),
  dayFormat: z.enum(DAY_FORMATS).default('iso'),
})
export type Mapping = z.infer<typeof mappingSchema>

const asJson = z.string().max(50_000).transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'This mapping could not be read.' })
    return z.NEVER
  }
})

export const checkImportSchema = z.strictObject({ id: z.uuid(), mapping: asJson.pipe(mappingSchema), reason: paragraph('The reason', 300).default('') })
export const applyImportSchema = z.strictObject({ id: z.uuid(), mode: z.enum(['skip_failed', 'all_or_nothing']).default('skip_failed') })
export const importIdSchema = z.strictObject({ id: z.uuid() })
