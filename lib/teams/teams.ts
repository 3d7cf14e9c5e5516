import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError } from '@/lib/errors'
import { requirePeople } from '@/lib/projects/sharing'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'

export async function listTeams({ tx }: Scope): Promise<{ id: string; name: string }[]> {
  return tx.team.findMany({ select: { id: true, name: true }, orderBy: [{ nameLc: 'asc' }], take: 500 })
}

/** @throws ConflictError when a team of this name exists */
export async function createTeam(scope: Scope, { name, userIds }: { name: string; userIds: string[] }): Promise<{ id: string }> {
  authorize(scope, 'teams:manage')
  await requirePeople(scope, userIds, 'userIds')
  const id = uuidv7()
  const { count } = await scope.tx.team.createMany({ data: [{ id, name, nameLc: toLookup(name), createdBy: scope.member.userId }], skipDuplicates: true })
  if (count === 0) throw new ConflictError(`A team called ${name} exists already.`)
  await scope.tx.teamMember.createMany({ data: userIds.map((userId) => ({ teamId: id, userId, createdBy: scope.member.userId })), skipDuplicates: true })
  await recordAudit(scope, { action: 'team.created', entityKind: 'team', entityId: id, label: name, changes: { members: [null, userIds] } })
  return { id }
}
