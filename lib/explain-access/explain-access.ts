import 'server-only'
import { NotFoundError } from '@/lib/errors'
import { requireManage } from '@/lib/projects/access'
import type { Role } from '@/lib/tenancy/member'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Explained } from './words'

export type ExplainedMember = Explained & { userId: string; name: string }

/**
 * Every active member's level on a container, and the rule that says so; those who can do most first.
 * @throws NotFoundError when I cannot see it · ForbiddenError when I do not manage it
 */
export async function explainAccess(scope: Scope, containerId: string): Promise<ExplainedMember[]> {
  const { tx } = scope
  if (!(await tx.container.findFirst({ where: { id: containerId } }))) throw new NotFoundError()
  await requireManage(scope, containerId)
  const rows = await tx.$queryRaw<{ userId: string; role: Role; level: number; rule: Explained['rule']; teamId: string | null; ownLevel: number; cappedBy: Explained['cappedBy'] }[]>`
    SELECT user_id AS "userId", role, level, rule, team_id AS "teamId", own_level AS "ownLevel", capped_by AS "cappedBy" FROM kernel.explain_access(${containerId}::uuid)`
  const people = await tx.membership.findMany({ where: { userId: { in: rows.map(({ userId }) => userId) } }, select: { userId: true, displayName: true } })
  const teams = await tx.team.findMany({ select: { id: true, name: true } })
  const [names, teamNames] = [new Map(people.map(({ userId, displayName }) => [userId, displayName])), new Map(teams.map(({ id, name }) => [id, name]))]
  return rows
    .map(({ teamId, ...row }) => ({ ...row, name: names.get(row.userId) ?? '', team: teamId && (teamNames.get(teamId) ?? null) }))
    .sort((a, b) => b.level - a.level || a.name.localeCompare(b.name))
}

/** Projects that I manage, by name: those of which I may ask. */
export async function listExplainable({ tx }: Scope): Promise<{ id: string; slug: string; key: string; name: string }[]> {
  const managed = await tx.$queryRaw<{ id: string }[]>`SELECT kernel.containers_for('manage') AS id`
  const projects = await tx.project.findMany({ where: { id: { in: managed.map(({ id }) => id) }, status: { not: 'archived' } }, include: { container: true }, take: 500 })
  return projects.map(({ id, slug, key, container }) => ({ id, slug, key, name: container.name })).sort((a, b) => a.name.localeCompare(b.name))
}
