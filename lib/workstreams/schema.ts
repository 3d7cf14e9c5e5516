import { z } from 'zod'
import { line, paragraph, version } from '@/lib/text'
import { PRIORITIES } from '@/lib/tasks/rules'
import { WORKSTREAM_STATUSES } from './rules'

export * from './rules'

// What Git allows of a branch's name, as far as a person is likely to get it wrong (git-check-ref-format).
const branch = z.string().trim().max(200, 'A branch may have at most 200 characters.')
  .refine((name) => name === '' || (/^[^\s~^:?*[\\\u0000-\u001f\u007f]+$/.test(name) && !/^[-/]|\/$|\.\.|\/\/|@\{|\.$|\.lock$/.test(name)), 'Write the name of a branch, such as feature/invoices.')
  .transform((name) => name || null)

const fields = {
  name: line('A name', 120),
  description: paragraph('The description', 2000).default(''),
  gitBranch: branch.default(null),
  priority: z.enum(PRIORITIES, 'Choose a priority.').default('medium'),
}

export const createWorkstreamSchema = z.strictObject({ projectId: z.uuid(), ...fields })
export type CreateWorkstream = z.infer<typeof createWorkstreamSchema>
export const updateWorkstreamSchema = z.strictObject({ id: z.uuid(), version, status: z.enum(WORKSTREAM_STATUSES, 'Choose a state.'), ...fields })
export type UpdateWorkstream = z.infer<typeof updateWorkstreamSchema>
export const workstreamIdSchema = z.strictObject({ id: z.uuid() })
/** `by`: -1 one place up, 1 one down. */
export const placeWorkstreamSchema = z.strictObject({ id: z.uuid(), by: z.enum(['-1', '1']).transform(Number) })
