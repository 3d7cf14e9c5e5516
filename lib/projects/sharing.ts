import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { requireManage } from './access'
import type { ShareProject } from './schema'

export type Share = { kind: 'user' | 'team'; id: string; name: string; access: string }

/** People and teams that a project is shared with by name, beside its visibility. */
export async function listShares(scope: Scope, projectId: string): Promise<Share[]> {
  const rows = await scope.tx.containerMember.findMany({ where: { containerId: projectId }, include: { member: true, team: true }, orderBy: { id: 'asc' } })
  return rows.map((row): Share =>
    row.member ? { kind: 'user', id: row.member.userId, name: row.member.displayName, access: row.access } : { kind: 'team', id: row.teamId!, name: row.team!.name, access: row.access })
}

/** Replaces who sees a project. @throws InvalidError for a person or team that is none of this organization */
export async function shareProject(scope: Scope, input: ShareProject): Promise<void> {
  authorize(scope, 'projects:update')
  const { tx, member } = scope
  const container = await tx.container.findFirst({ where: { id: input.id, kind: 'project' } })
  if (!container) throw new NotFoundError()
  await requireManage(scope, input.id)

  const shares = input.shares.map((share) => share.split(':') as ['user' | 'team', string, string])
  const people = shares.filter(([kind]) => kind === 'user').map(([, id]) => id)
  const teams = shares.filter(([kind]) => kind === 'team').map(([, id]) => id)
  await requirePeople(scope, people)
  for (const id of new Set([...teams, input.visibility === 'team' ? input.teamId : null])) await requireTeam(scope, id)

  const before = await listShares(scope, input.id)
  const teamId = input.visibility === 'team' ? input.teamId : null
  const mine = `user:${member.userId}:manage`
  const isListed = before.some(({ kind, id, access }) => `${kind}:${id}:${access}` === mine) && input.shares.includes(mine)
  const managesByRole = (await canManageByRole(scope, container)) && (await canManageByRole(scope, { ...input, teamId }))
  // Each statement below is judged by the access I have then, so whoever would lose it midway is stopped here.
  if (container.ownerUserId !== member.userId && !managesByRole && !isListed) throw new ForbiddenError('You would lose your own access by this change. Ask the owner of the project to make it.')
  const { count } = await tx.container.updateMany({
    where: { id: input.id, version: input.version },
    data: { visibility: input.visibility, defaultAccess: input.defaultAccess, teamId, version: { increment: 1 } },
  })
  if (count === 0) throw new ChangedElsewhereError({ visibility: container.visibility, version: container.version })
  await tx.containerMember.deleteMany({ where: { containerId: input.id, OR: [{ userId: null }, { userId: { not: isListed ? member.userId : null } }] } })
  await tx.containerMember.createMany({
    data: shares.map(([kind, id, access]) => ({ containerId: input.id, access, createdBy: member.userId, ...(kind === 'user' ? { userId: id } : { teamId: id }) })),
    skipDuplicates: true,
  })
  await recordAudit(scope, {
    action: 'project.shared', entityKind: 'project', entityId: input.id, containerId: input.id, label: container.name,
    changes: {
      visibility: [container.visibility, input.visibility],
      defaultAccess: [container.defaultAccess, input.defaultAccess],
      shares: [before.map(({ kind, id, access }) => `${kind}:${id}:${access}`), input.shares],
    },
  })
}

async function canManageByRole({ tx, member }: Scope, { visibility, teamId }: { visibility: string; teamId: string | null }): Promise<boolean> {
  if (visibility === 'private') return false
  if (member.role === 'owner' || member.role === 'admin') return true
  if (member.role !== 'manager') return false
  return visibility === 'organization' || (teamId !== null && (await tx.teamMember.count({ where: { userId: member.userId, teamId } })) > 0)
}

export async function requireTeam(scope: Scope, teamId: string | null): Promise<void> {
  if (teamId && !(await scope.tx.team.findFirst({ where: { id: teamId } }))) throw new InvalidError('Choose a team of this organization.', { teamId: ['Choose a team of this organization.'] })
}

/** Only active members can be named; a foreign id is refused like a random one. */
export async function requirePeople(scope: Scope, userIds: string[], field = 'shares'): Promise<void> {
  const wanted = [...new Set(userIds)]
  if (wanted.length === 0) return
  const known = await scope.tx.membership.count({ where: { userId: { in: wanted }, status: 'active' } })
  if (known !== wanted.length) throw new InvalidError('Choose active members of this organization.', { [field]: ['Choose active members of this organization.'] })
}
