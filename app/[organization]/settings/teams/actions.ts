'use server'

import { memberAction } from '@/lib/actions/member-action'
import { addTeamMembersSchema, createTeamSchema, deleteTeamSchema, teamMemberSchema, teamRoleSchema, updateTeamSchema } from '@/lib/teams/schema'
import { addTeamMembers, removeTeamMember, setTeamRole } from '@/lib/teams/team-members'
import { createTeam, deleteTeam, updateTeam } from '@/lib/teams/teams'

export const addTeam = memberAction(createTeamSchema, async (scope, input) => {
  await createTeam(scope, input)
  return { message: `Team ${input.name} is made.` }
})

export const editTeam = memberAction(updateTeamSchema, async (scope, input) => {
  await updateTeam(scope, input)
  return { message: 'Saved.' }
})

export const removeTeam = memberAction(deleteTeamSchema, async (scope, input) => {
  const { name, movedCount } = await deleteTeam(scope, input)
  return { message: movedCount > 0 ? `Team ${name} is deleted; ${movedCount === 1 ? 'one project went' : `${movedCount} projects went`} to another.` : `Team ${name} is deleted.` }
})

export const addToTeam = memberAction(addTeamMembersSchema, async (scope, input) => {
  const { addedCount } = await addTeamMembers(scope, input)
  return { message: addedCount === 1 ? 'One person added.' : `${addedCount} people added.` }
})

export const takeFromTeam = memberAction(teamMemberSchema, async (scope, input) => {
  await removeTeamMember(scope, input)
  return { message: 'Taken out of the team.' }
})

export const changeTeamRole = memberAction(teamRoleSchema, async (scope, input) => {
  await setTeamRole(scope, input)
  return { message: input.role === 'lead' ? 'Leads the team now.' : 'Leads the team no longer.' }
})
