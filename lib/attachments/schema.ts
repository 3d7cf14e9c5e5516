import { z } from 'zod'
import { line } from '@/lib/text'

export const attachmentIdSchema = z.strictObject({ id: z.uuid() })

/** What a file may be called: one line, without folders. */
export const fileNameSchema = line('A name', 400).transform((name) => shorten(name.replace(/^.*[/\\]/, '').replaceAll(/[/\\]/g, '_')) || 'file')

export const newAttachmentSchema = z.strictObject({ task: z.uuid(), name: fileNameSchema })

// The ending says what opens it, so it stays.
function shorten(name: string): string {
  const ending = /\.[\w-]{1,12}$/.exec(name)?.[0] ?? ''
  const letters = [...name.slice(0, name.length - ending.length)]
  return letters.length + ending.length <= 200 ? name : letters.slice(0, 200 - ending.length).join('') + ending
}
