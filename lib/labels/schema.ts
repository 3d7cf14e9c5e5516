import { z } from 'zod'
import { line } from '@/lib/text'

export const LABEL_COLOURS = ['#2563eb', '#0f766e', '#7c3aed', '#b45309', '#be185d', '#4d7c0f', '#b91c1c', '#475569'] as const

export const createLabelSchema = z.strictObject({
  name: line('A name', 40),
  colour: z.enum(LABEL_COLOURS, 'Choose one of the colours.').default('#475569'),
  isPersonal: z.stringbool().default(false),
})
export type CreateLabel = z.infer<typeof createLabelSchema>
