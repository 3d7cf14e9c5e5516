import { z } from 'zod'
import { line, many, optionalDay, optionalId, paragraph, version } from '@/lib/text'
import { PROJECT_COLOURS, PROJECT_STATUSES, VISIBILITIES } from './rules'

const visibility = z.enum(VISIBILITIES, 'Choose who may see it.')
const access = z.enum(['view', 'edit'], 'Choose view or edit.')

const fields = {
  name: line('A name', 120),
  description: paragraph('The description', 5000).default(''),
  colour: z.enum(PROJECT_COLOURS, 'Choose one of the colours.').default(PROJECT_COLOURS[0]),
  startsOn: optionalDay.optional(),
  targetOn: optionalDay.optional(),
}

const startsInTime = ({ startsOn, targetOn }: { startsOn?: Date | null; targetOn?: Date | null }) => !startsOn || !targetOn || startsOn <= targetOn
const LATE = { path: ['startsOn'], message: 'Choose a start day that is not after the target day.' }

const needsTeam = (input: { visibility: string; teamId: string | null }) => input.visibility !== 'team' || input.teamId !== null

export const createProjectSchema = z
  .strictObject({ ...fields, visibility: visibility.default('organization'), defaultAccess: access.default('edit'), teamId: optionalId.default(null) })
  .refine(needsTeam, { path: ['teamId'], message: 'Choose the team that may see it.' })
  .refine(startsInTime, LATE)
export type CreateProject = z.infer<typeof createProjectSchema>

export const updateProjectSchema = z.strictObject({ id: z.uuid(), version, ...fields }).refine(startsInTime, LATE)
export type UpdateProject = z.infer<typeof updateProjectSchema>

/** `shares`: `user:<id>:<access>` or `team:<id>:<access>`, the whole list. */
export const shareProjectSchema = z
  .strictObject({
    id: z.uuid(),
    version,
    visibility,
    defaultAccess: access,
    teamId: optionalId.default(null),
    /** Whether it is kept who opens its tasks; left out, it stays as it is. */
    logReads: z.stringbool().optional(),
    shares: many(z.string().regex(/^(user|team):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:(view|edit|manage)$/, 'Choose people or teams of the list.'), 200),
  })
  .refine(needsTeam, { path: ['teamId'], message: 'Choose the team that may see it.' })
export type ShareProject = z.infer<typeof shareProjectSchema>

export const projectIdSchema = z.strictObject({ id: z.uuid() })
/** `confirmation`: the key of the project. */
export const deleteProjectSchema = z.strictObject({ id: z.uuid(), confirmation: z.string().max(20) })
export type DeleteProject = z.infer<typeof deleteProjectSchema>

/** `confirmed`: completed although tasks are open. */
export const projectStatusSchema = z.strictObject({ id: z.uuid(), version, status: z.enum(PROJECT_STATUSES), confirmed: z.stringbool().default(false) })
