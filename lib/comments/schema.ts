import { z } from 'zod'
import { many, paragraph } from '@/lib/text'

const body = paragraph('A comment', 5000).pipe(z.string().min(1, 'Write something first.'))

export const createCommentSchema = z.strictObject({ taskId: z.uuid(), body, mentions: many(z.uuid('Choose one of the list.'), 20) })
export const updateCommentSchema = z.strictObject({ id: z.uuid(), body })
export const deleteCommentSchema = z.strictObject({ id: z.uuid() })
