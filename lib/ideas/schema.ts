import { z } from 'zod'
import { line, optionalId, paragraph, version } from '@/lib/text'
import { LINES_MAX } from './rules'

export * from './rules'

const fields = { title: line('A title', 200), body: paragraph('The idea', 8000).default('') }
export const createIdeaSchema = z.strictObject({ ...fields, projectId: optionalId.default(null) })
export type CreateIdea = z.infer<typeof createIdeaSchema>
export const updateIdeaSchema = z.strictObject({ id: z.uuid(), version, ...fields })
export type UpdateIdea = z.infer<typeof updateIdeaSchema>
export const ideaIdSchema = z.strictObject({ id: z.uuid(), version })

const answer = paragraph('The answer', 4000).default('')
/** Answers that are left out, or are what was answered before, add nothing. */
export const refineSchema = z.strictObject({ id: z.uuid(), version, answer1: answer, answer2: answer, answer3: answer, answer4: answer })
export type Refine = z.infer<typeof refineSchema>

const lines = paragraph('The tasks', 5000)
  .transform((text) => text.split('\n').map((one) => one.replace(/\s+/g, ' ').trim()).filter(Boolean))
  .pipe(z.array(line('A task', 200)).min(1, 'Write at least one task, one a line.').max(LINES_MAX, `At most ${LINES_MAX} tasks at once.`))
export const convertSchema = z.strictObject({ id: z.uuid(), version, projectId: z.uuid('Choose a project.'), goalId: optionalId.default(null), lines })
export type Convert = z.infer<typeof convertSchema>
