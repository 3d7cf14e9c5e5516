import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ForbiddenError, NotFoundError } from '@/lib/errors'
import { requirePeople } from '@/lib/projects/sharing'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { requireOneTeam } from './teams'

/** Whether I may say who is in a team: as an owner or admin in every one, as a manager in those I lead. The policy says the same. */
export async function mayLead({ tx, member }: Scope, teamId: string): Promise<boolean> {
  if (member.role === 'owner' || member.role === 'admin') return true
  return member.role === 'manager' && (await tx.teamMember.count({ where: { teamId, userId: member.userId, role: 'lead' } })) > 0
}

/** Whoever is in it already stays as they are. @throws InvalidError when somebody is no active member */
export async function addTeamMembers(scope: Scope, { id, userIds }: { id: string; userIds: string[] }): Promise<{ addedCount: number }> {
  const { name } = await requireLed(scope, id)
  await requirePeople(scope, userIds, 'userIds')
  const { count } = await scope.tx.teamMember.createMany({ data: [...new Set(userIds)].map((userId) => ({ teamId: id, userId, createdBy: scope.member.userId })), skipDuplicates: true })
  if (count > 0) await recordAudit(scope, { action: 'team.members_added', entityKind: 'team', entityId: id, label: name, changes: { members: [null, userIds] } })
  return { addedCount: count }
}

/** Acts on the next request of theirs: what only the team sees is gone for them. @throws NotFoundError when they are not in it */
export async function removeTeamMember(scope: Scope, { id, userId }: { id: string; userId: string }): Promise<void> {
  const { name } = await requireLed(scope, id)
  const { count } = await scope.tx.teamMember.deleteMany({ where: { teamId: id, userId } })
  if (count === 0) throw new NotFoundError()
  await recordAudit(scope, { action: 'team.member_removed', entityKind: 'team', entityId: id, label: name, changes: { members: [[userId], null] } })
}

/** @throws NotFoundError when they are not in it */
export async function setTeamRole(scope: Scope, { id, userId, role }: { id: string; userId: string; role: 'lead' | 'member' }): Promise<void> {
  const { name } = await requireLed(scope, id)
  const { count } = await scope.tx.teamMember.updateMany({ where: { teamId: id, userId }, data: { role } })
  if (count === 0) throw new NotFoundError()
  await recordAudit(scope, { action: 'team.lead_changed', entityKind: 'team', entityId: id, label: name, changes: { [role]: [null, [userId]] } })
}

async function requireLed(scope: Scope, id: string) {
  authorize(scope, 'teams:manage')
  const team = await requireOneTeam(scope, id)
  if (!(await mayLead(scope, id))) throw new ForbiddenError('You manage only teams that you lead. Ask an owner or admin.')
  return team
}
