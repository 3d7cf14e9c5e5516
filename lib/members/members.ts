import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ForbiddenError } from '@/lib/errors'
import type { Role } from '@/lib/tenancy/member'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'

export type MemberChoice = { userId: string; name: string; role: string; isActive: boolean }

/** Active people of the organization, by name: what pickers offer. */
export async function listMembers({ tx }: Scope): Promise<MemberChoice[]> {
  const rows = await tx.membership.findMany({ where: { status: 'active' }, orderBy: [{ displayName: 'asc' }, { id: 'asc' }], take: 1_000 })
  return rows.map(({ userId, displayName, role, status }) => ({ userId, name: displayName, role, isActive: status === 'active' }))
}

/** Makes an existing user a member. Only an owner can make another owner. */
export async function addMember(scope: Scope, input: { userId: string; displayName: string; role: Role; status: 'active' | 'suspended' | 'pending_approval' }): Promise<{ id: string }> {
  authorize(scope, 'members:manage')
  const { tx, member } = scope
  if (input.role === 'owner' && member.role !== 'owner') throw new ForbiddenError('Only an owner can make someone an owner.')
  const id = uuidv7()
  const joinedAt = input.status === 'pending_approval' ? null : new Date()
  // Put in by hand, not through an invitation: there is nothing to set up.
  await tx.membership.createMany({ data: [{ id, ...input, joinedAt, onboardingDoneAt: joinedAt, createdBy: member.userId }] })
  await recordAudit(scope, { action: 'member.added', entityKind: 'member', entityId: id, label: input.displayName, changes: { role: [null, input.role], status: [null, input.status] } })
  return { id }
}
