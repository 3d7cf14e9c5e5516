import 'server-only'
import { changesBetween, recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ConflictError, NotFoundError } from '@/lib/errors'
import { requirePeople, requireTeam } from '@/lib/projects/sharing'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { CreateTeam, UpdateTeam } from './schema'

export async function listTeams({ tx }: Scope): Promise<{ id: string; name: string }[]> {
  return tx.team.findMany({ select: { id: true, name: true }, orderBy: [{ nameLc: 'asc' }], take: 500 })
}

/** @throws ConflictError when a team of this name exists */
export async function createTeam(scope: Scope, { name, description = '', userIds }: Omit<CreateTeam, 'description'> & { description?: string }): Promise<{ id: string }> {
  authorize(scope, 'teams:create')
  await requirePeople(scope, userIds, 'userIds')
  const id = uuidv7()
  const { count } = await scope.tx.team.createMany({ data: [{ id, name, nameLc: toLookup(name), description, createdBy: scope.member.userId }], skipDuplicates: true })
  if (count === 0) throw new ConflictError(`A team called ${name} exists already.`)
  await scope.tx.teamMember.createMany({ data: userIds.map((userId) => ({ teamId: id, userId, createdBy: scope.member.userId })), skipDuplicates: true })
  await recordAudit(scope, { action: 'team.created', entityKind: 'team', entityId: id, label: name, changes: { members: [null, userIds] } })
  return { id }
}

/** @throws ConflictError when another team has the name · ChangedElsewhereError */
export async function updateTeam(scope: Scope, { id, version, name, description }: UpdateTeam): Promise<void> {
  authorize(scope, 'teams:create')
  const before = await requireOneTeam(scope, id)
  if (await scope.tx.team.findFirst({ where: { nameLc: toLookup(name), id: { not: id } } })) throw new ConflictError(`A team called ${name} exists already.`)
  const { count } = await scope.tx.team.updateMany({ where: { id, version }, data: { name, nameLc: toLookup(name), description, version: { increment: 1 } } })
  if (count === 0) throw new ChangedElsewhereError({ name: before.name, description: before.description, version: before.version })
  await recordAudit(scope, { action: 'team.updated', entityKind: 'team', entityId: id, label: name, changes: changesBetween(before, { name, description }) })
}

/**
 * Deletes a team. What is shown to it alone goes to `heirId`, without which it is refused; lists that name it lose the line,
 * those of private containers too.
 * @throws ConflictError `team_in_use` while something is shown to it alone · InvalidError when the heir is no team
 */
export async function deleteTeam(scope: Scope, { id, heirId }: { id: string; heirId: string | null }): Promise<{ name: string; movedCount: number }> {
  authorize(scope, 'teams:create')
  const { tx } = scope
  const { name } = await requireOneTeam(scope, id)
  await requireTeam(scope, heirId)
  const held = await tx.container.findMany({ where: { teamId: id }, select: { id: true, name: true } })
  if (held.length > 0 && (!heirId || heirId === id)) throw new ConflictError(`${held.length === 1 ? `${held[0]!.name} is` : `${held.length} projects are`} shown to this team. Choose a team that takes over.`, 'team_in_use')
  if (heirId) await tx.container.updateMany({ where: { teamId: id }, data: { teamId: heirId, version: { increment: 1 } } })
  await tx.$executeRaw`SELECT kernel.take_team_off(${id}::uuid)`
  await tx.$executeRaw`SELECT kernel.take_team_off_deleted(${id}::uuid, ${heirId}::uuid)`
  await tx.invitationTeam.deleteMany({ where: { teamId: id } })
  await tx.teamMember.deleteMany({ where: { teamId: id } })
  const { count } = await tx.team.deleteMany({ where: { id } })
  if (count === 0) throw new NotFoundError()
  await recordAudit(scope,
    ...held.map((container) => ({ action: 'project.shared', entityKind: 'project', entityId: container.id, containerId: container.id, label: container.name, changes: { team: [id, heirId] } satisfies Record<string, [unknown, unknown]> })),
    { action: 'team.deleted', entityKind: 'team', entityId: id, label: name, changes: { heir: [null, heirId] } })
  return { name, movedCount: held.length }
}

/** @throws NotFoundError */
export async function requireOneTeam({ tx }: Scope, id: string) {
  const team = await tx.team.findFirst({ where: { id } })
  if (!team) throw new NotFoundError()
  return team
}
