import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ConflictError, ForbiddenError, NotFoundError } from '@/lib/errors'
import { notify } from '@/lib/notifications/notify'
import type { Role } from '@/lib/tenancy/member'
import type { Scope } from '@/lib/tenancy/with-tenant'

type Standing = { id: string; version: number }

/**
 * Gives a member another role, which acts on their next request. Only an owner makes or unmakes an owner, and nobody changes
 * their own; the database holds both, and that an owner is left. @throws ForbiddenError · ConflictError `last_owner`
 */
export async function changeRole(scope: Scope, { id, version, role }: Standing & { role: Role }): Promise<{ name: string }> {
  const member = await findManageable(scope, id)
  if (role === 'owner' && scope.member.role !== 'owner') throw new ForbiddenError('Only an owner can make somebody an owner.')
  if (member.status !== 'active' && member.status !== 'suspended') throw new NotFoundError()
  if (member.role === role) return { name: member.displayName }
  await update(scope, { id, version }, { role })
  await recordAudit(scope, { action: 'member.role_changed', entityKind: 'member', entityId: id, label: member.displayName, changes: { role: [member.role, role] } })
  await notify(scope, [{ userId: member.userId, kind: 'role_changed', title: `${scope.member.displayName} made you ${role}`, link: '/settings/roles', entityKind: 'member', entityId: id }])
  return { name: member.displayName }
}

/** Shuts a member out on their next request, and keeps all that is theirs. @throws ConflictError when they are not active */
export async function suspendMember(scope: Scope, standing: Standing): Promise<{ name: string }> {
  return changeStatus(scope, standing, 'active', 'suspended', 'member.suspended')
}

/** Lets a suspended member in again, with the role they had. */
export async function reactivateMember(scope: Scope, standing: Standing): Promise<{ name: string }> {
  return changeStatus(scope, standing, 'suspended', 'active', 'member.reactivated')
}

/** This organization stays closed to the member until they have chosen a new password. */
export async function requireNewPassword(scope: Scope, { id, version }: Standing): Promise<{ name: string }> {
  const member = await findManageable(scope, id)
  if (member.status !== 'active') throw new NotFoundError()
  await update(scope, { id, version }, { passwordChangeRequiredAt: new Date() })
  await recordAudit(scope, { action: 'member.new_password_required', entityKind: 'member', entityId: id, label: member.displayName })
  return { name: member.displayName }
}

/** Makes another active member an owner and oneself an admin, in one act. */
export async function transferOwnership(scope: Scope, { id }: { id: string }): Promise<{ name: string }> {
  authorize(scope, 'organization:transfer')
  const { tx, member } = scope
  const successor = await tx.membership.findFirst({ where: { id, status: 'active' } })
  if (!successor) throw new NotFoundError()
  // First, while this is still an owner's to write.
  await recordAudit(scope, { action: 'organization.transferred', entityKind: 'organization', entityId: member.tenantId, label: member.organization.name, changes: { owner: [member.userId, successor.userId] } })
  const [row] = await tx.$queryRaw<{ outcome: string }[]>`SELECT kernel.transfer_ownership(${successor.userId}::uuid, ${new Date()}) AS outcome`
  if (row?.outcome === 'oneself') throw new ConflictError('You own it already.')
  if (row?.outcome !== 'transferred') throw new NotFoundError()
  return { name: successor.displayName }
}

/** A member whom the acting one may govern. @throws NotFoundError · ForbiddenError for an owner's row, and one's own */
export async function findManageable(scope: Scope, id: string) {
  authorize(scope, 'members:manage')
  const member = await scope.tx.membership.findFirst({ where: { id } })
  if (!member || member.status === 'declined') throw new NotFoundError()
  if (member.userId === scope.member.userId) throw new ForbiddenError('Nobody changes their own role or standing here. Another owner can.', 'oneself')
  if (member.role === 'owner' && scope.member.role !== 'owner') throw new ForbiddenError('Only an owner can change what an owner is.')
  return member
}

async function changeStatus(scope: Scope, standing: Standing, from: string, to: string, action: string): Promise<{ name: string }> {
  const member = await findManageable(scope, standing.id)
  if (member.status !== from) throw new ConflictError(`${member.displayName} is ${member.status.replaceAll('_', ' ')} now.`, 'changed_elsewhere')
  await update(scope, standing, { status: to })
  await recordAudit(scope, { action, entityKind: 'member', entityId: standing.id, label: member.displayName, changes: { status: [from, to] } })
  return { name: member.displayName }
}

async function update({ tx }: Scope, { id, version }: Standing, data: object): Promise<void> {
  const { count } = await tx.membership.updateMany({ where: { id, version }, data: { ...data, version: { increment: 1 } } })
  if (count > 0) return
  const current = await tx.membership.findFirst({ where: { id }, select: { role: true, status: true, version: true } })
  if (!current) throw new NotFoundError()
  throw new ChangedElsewhereError(current)
}
