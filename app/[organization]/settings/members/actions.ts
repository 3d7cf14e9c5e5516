'use server'

import { memberAction } from '@/lib/actions/member-action'
import { listMembers } from '@/lib/members/members'
import { removeMember } from '@/lib/members/offboarding'
import { changeRoleSchema, memberSchema, removeMemberSchema, transferSchema } from '@/lib/members/schema'
import { describeRemoval } from '@/lib/members/words'
import { changeRole, reactivateMember, requireNewPassword, suspendMember, transferOwnership } from '@/lib/members/standing'

export const giveRole = memberAction(changeRoleSchema, async (scope, input) => {
  const { name } = await changeRole(scope, input)
  return { message: `${name} is ${input.role} now, from their next click on.` }
}, { proof: true })

export const suspend = memberAction(memberSchema, async (scope, input) => {
  const { name } = await suspendMember(scope, input)
  return { message: `${name} is suspended. Nothing of theirs is lost.` }
})

export const reactivate = memberAction(memberSchema, async (scope, input) => {
  const { name } = await reactivateMember(scope, input)
  return { message: `${name} is back.` }
})

export const askNewPassword = memberAction(memberSchema, async (scope, input) => {
  const { name } = await requireNewPassword(scope, input)
  return { message: `${name} chooses a new password before coming in again.` }
})

export const transfer = memberAction(transferSchema, async (scope, input) => {
  const { name } = await transferOwnership(scope, input)
  return { message: `${name} owns this organization now. You are an admin.` }
}, { proof: true })

export const offboard = memberAction(removeMemberSchema, async (scope, input) => {
  // Read before: whoever has left reads no names any more.
  const names = new Map((await listMembers(scope)).map((member) => [member.userId, member.userId === scope.member.userId ? 'you' : member.name]))
  const removed = await removeMember(scope, input)
  const { name, isMe, tasksLeft } = removed
  const query = new URLSearchParams({ q: name, status: 'removed', ...(tasksLeft > 0 && !input.tasksTo && { left: String(tasksLeft) }) })
  return { message: describeRemoval(removed, names), redirectTo: isMe ? '/organizations' : `/${scope.member.organization.slug}/settings/members?${query}` }
}, { proof: true })
