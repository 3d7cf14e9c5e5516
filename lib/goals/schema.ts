import { z } from 'zod'
import { line, optionalDay, paragraph, version } from '@/lib/text'

export const GOAL_STATUSES = ['active', 'completed', 'archived'] as const
export type GoalStatus = (typeof GOAL_STATUSES)[number]
export const PROGRESS_MODES = ['derived', 'manual'] as const

const percent = z.coerce.number('A whole number from 0 to 100.').int('A whole number from 0 to 100.').min(0, 'A whole number from 0 to 100.').max(100, 'A whole number from 0 to 100.')

const fields = {
  title: line('A title', 200),
  description: paragraph('The description', 2000).default(''),
  targetOn: optionalDay.default(null),
  progressMode: z.enum(PROGRESS_MODES, 'Choose how its progress is known.').default('derived'),
  progress: percent.default(0),
}

export const createGoalSchema = z.strictObject({ projectId: z.uuid(), ...fields })
export type CreateGoal = z.infer<typeof createGoalSchema>
/** `confirmed`: completed although not everything is done. */
export const updateGoalSchema = z.strictObject({ id: z.uuid(), version, status: z.enum(GOAL_STATUSES, 'Choose a state.'), confirmed: z.stringbool().default(false), ...fields })
export type UpdateGoal = z.infer<typeof updateGoalSchema>
export const goalIdSchema = z.strictObject({ id: z.uuid() })
