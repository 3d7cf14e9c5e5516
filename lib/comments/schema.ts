import { z } from 'zod'
import { paragraph } from '@/lib/text'

const body = paragraph('A comment', 5000).pipe(z.string().min(1, 'Write something first.'))

export const createCommentSchema = z.strictObject({ taskId: z.uuid(), body })
export const updateCommentSchema = z.strictObject({ id: z.uuid(), body })
export const deleteCommentSchema = z.strictObject({ id: z.uuid() })
