import { z } from 'zod'
import { LABEL_COLOURS } from './rules'
import { line } from '@/lib/text'

export * from './rules'

export const createLabelSchema = z.strictObject({
  name: line('A name', 40),
  colour: z.enum(LABEL_COLOURS, 'Choose one of the colours.').default('#475569'),
  isPersonal: z.stringbool().default(false),
})
export type CreateLabel = z.infer<typeof createLabelSchema>
