import { z } from 'zod'
import { line, optionalId, paragraph, version } from '@/lib/text'
import { OutlineError, parseOutline } from './outline'
import { OUTLINE_MAX, TASKS_MAX, TEMPLATE_KINDS, type TemplateKind } from './rules'

export * from './rules'

const kind = z.enum(TEMPLATE_KINDS, 'Choose a kind.')
const projectId = optionalId.default(null)
const fields = { name: line('A name', 120), outline: paragraph('The tasks', OUTLINE_MAX) }

/** What the lines say, held to what its kind may have; the refusal names the line. */
const withContent = <T extends { kind: TemplateKind; outline: string }>({ outline, ...input }: T, context: z.core.$RefinementCtx) => {
  try {
    return { ...input, content: parseOutline(outline, input.kind, TASKS_MAX) }
  } catch (error) {
    if (!(error instanceof OutlineError)) throw error
    context.addIssue({ code: 'custom', path: ['outline'], message: error.message })
    return z.NEVER
  }
}

/** `projectId`: whose it is; without one, everybody's. */
export const createTemplateSchema = z.strictObject({ kind, ...fields, projectId }).transform(withContent)
export type CreateTemplate = z.infer<typeof createTemplateSchema>
/** Kind and project stay; the kind is sent along to read the lines by. */
export const updateTemplateSchema = z.strictObject({ id: z.uuid(), version, kind, ...fields }).transform(withContent)
export type UpdateTemplate = z.infer<typeof updateTemplateSchema>
export const templateIdSchema = z.strictObject({ id: z.uuid() })
/** `taskId`: a checklist becomes subtasks of this task. */
export const applyTemplateSchema = z.strictObject({ id: z.uuid('Choose a template.'), projectId: z.uuid('Choose a project.'), taskId: optionalId.default(null) })
export type ApplyTemplate = z.infer<typeof applyTemplateSchema>
export const keepTemplateSchema = z.strictObject({ taskId: z.uuid(), name: fields.name, isShared: z.stringbool().default(false) })
