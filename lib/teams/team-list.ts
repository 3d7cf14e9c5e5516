import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { mayLead } from './team-members'
import { requireOneTeam } from './teams'

export type TeamSummary = { id: string; name: string; description: string; memberCount: number; leads: string[]; projectCount: number; isMine: boolean }

/** Teams by name; projects are counted as far as the reader sees them. */
export async function listTeamSummaries({ tx, member }: Scope): Promise<TeamSummary[]> {
  const teams = await tx.team.findMany({
    orderBy: { nameLc: 'asc' }, take: 500,
    include: {
      members: { where: { member: { status: 'active' } }, include: { member: true } }, containers: { where: { kind: 'project', archivedAt: null }, select: { id: true } },
      containerMembers: { where: { container: { kind: 'project', archivedAt: null } }, select: { id: true } },
    },
  })
  return teams.map(({ id, name, description, members, containers, containerMembers }) => ({
    id, name, description, memberCount: members.length, leads: members.filter(({ role }) => role === 'lead').map((one) => one.member.displayName),
    projectCount: containers.length + containerMembers.length, isMine: members.some(({ userId }) => userId === member.userId),
  }))
}

export type Team = Awaited<ReturnType<typeof getTeam>>

/** @throws NotFoundError */
export async function getTeam(scope: Scope, id: string) {
  const { tx } = scope
  const team = await requireOneTeam(scope, id)
  const members = await tx.teamMember.findMany({ where: { teamId: id, member: { status: 'active' } }, include: { member: true } })
  const shown = await tx.container.findMany({ where: { teamId: id, kind: 'project' }, include: { project: true }, take: 500 })
  const listed = await tx.containerMember.findMany({ where: { teamId: id }, include: { container: { include: { project: true } } }, take: 500 })
  const projects = [
    ...shown.map(({ project, name, defaultAccess, archivedAt }) => ({ slug: project?.slug, name, access: defaultAccess, isOnlyHere: true, isArchived: archivedAt !== null })),
    ...listed.filter(({ container }) => container.kind === 'project').map(({ container, access }) => ({ slug: container.project?.slug, name: container.name, access, isOnlyHere: false, isArchived: container.archivedAt !== null })),
  ].sort((a, b) => a.name.localeCompare(b.name))
  return {
    ...team, projects, mayLead: await mayLead(scope, id),
    members: members.map(({ userId, role, member }) => ({ userId, role, name: member.displayName, memberRole: member.role })).sort((a, b) => a.role.localeCompare(b.role) || a.name.localeCompare(b.name)),
  }
}
