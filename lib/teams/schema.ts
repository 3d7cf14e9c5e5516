import { z } from 'zod'
import { line, many, optionalId, paragraph, version } from '@/lib/text'

const fields = { name: line('A name', 120), description: paragraph('The description', 500).default('') }

export const createTeamSchema = z.strictObject({ ...fields, userIds: many(z.uuid('Choose one of the list.'), 200) })
export type CreateTeam = z.infer<typeof createTeamSchema>
export const updateTeamSchema = z.strictObject({ id: z.uuid(), version, ...fields })
export type UpdateTeam = z.infer<typeof updateTeamSchema>
/** `heirId`: the team that gets to see what only this one did. */
export const deleteTeamSchema = z.strictObject({ id: z.uuid(), heirId: optionalId.default(null) })
export const addTeamMembersSchema = z.strictObject({ id: z.uuid(), userIds: many(z.uuid('Choose one of the list.'), 200).refine((ids) => ids.length > 0, 'Choose at least one person.') })
export const teamMemberSchema = z.strictObject({ id: z.uuid(), userId: z.uuid() })
export const teamRoleSchema = teamMemberSchema.extend({ role: z.enum(['lead', 'member']) })
