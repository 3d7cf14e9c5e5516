import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, NotFoundError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { normalizeEmail } from './email'
import type { AddAccessRule, JoinPolicy } from './schema'

export type AccessRule = { id: string; kind: string; value: string; role: string; isActive: boolean; addedBy: string | null; addedAt: Date; admittedCount: number }

/** How people may join, and the addresses and domains that are listed, the newest first. */
export async function readAccess(scope: Scope): Promise<{ policy: JoinPolicy; code: string; rules: AccessRule[] }> {
  authorize(scope, 'access:manage')
  const { tx, member } = scope
  const organization = await tx.organization.findFirstOrThrow({ where: { id: member.tenantId } })
  const rows = await tx.accessRule.findMany({ orderBy: { id: 'desc' }, take: 500 })
  const people = await tx.membership.findMany({ where: { userId: { in: rows.flatMap(({ createdBy }) => createdBy ?? []) } } })
  const admitted = await tx.membership.groupBy({ by: ['admittedByRuleId'], where: { admittedByRuleId: { not: null } }, _count: true })
  return {
    policy: organization.joinPolicy as JoinPolicy,
    code: organization.code,
    rules: rows.map(({ id, kind, valueLc, role, isActive, createdBy, createdAt }) => ({
      id, kind, value: valueLc, role, isActive, addedAt: createdAt,
      addedBy: people.find(({ userId }) => userId === createdBy)?.displayName ?? null,
      admittedCount: admitted.find(({ admittedByRuleId }) => admittedByRuleId === id)?._count ?? 0,
    })),
  }
}

/** Acts on the next request of everybody: those whom a policy no longer lets in stay, those asking are asked anew. */
export async function setJoinPolicy(scope: Scope, { policy }: { policy: JoinPolicy }): Promise<void> {
  authorize(scope, 'access:manage')
  const { tx, member } = scope
  const [row] = await tx.$queryRaw<{ before: JoinPolicy }[]>`SELECT kernel.set_join_policy(${policy}, ${new Date()}) AS before`
  await recordAudit(scope, { action: 'organization.join_policy_changed', entityKind: 'organization', entityId: member.tenantId, label: member.organization.name, changes: { joinPolicy: [row?.before, policy] } })
}

/** @throws ConflictError when it is listed already */
export async function addAccessRule(scope: Scope, { value, role }: AddAccessRule): Promise<{ id: string }> {
  authorize(scope, 'access:manage')
  const id = uuidv7()
  const kind = normalizeEmail(value) ? 'email' : 'domain'
  const { count } = await scope.tx.accessRule.createMany({ data: [{ id, kind, valueLc: value, role, createdBy: scope.member.userId }], skipDuplicates: true })
  if (count === 0) throw new ConflictError(`${value} is listed already.`)
  await recordAudit(scope, { action: 'access_rule.created', entityKind: 'access_rule', entityId: id, label: value, changes: { role: [null, role] } })
  return { id }
}

/** Switched off, it lets nobody in and shuts out, on their next request, those whom it has let in. @throws NotFoundError */
export async function setAccessRule(scope: Scope, { id, isActive }: { id: string; isActive: boolean }): Promise<void> {
  authorize(scope, 'access:manage')
  const rule = await scope.tx.accessRule.findFirst({ where: { id } })
  if (!rule) throw new NotFoundError()
  if (rule.isActive === isActive) return
  if (!isActive) await requireOtherOwner(scope, id)
  await scope.tx.accessRule.updateMany({ where: { id }, data: { isActive, version: { increment: 1 } } })
  await recordAudit(scope, { action: `access_rule.${isActive ? 'activated' : 'deactivated'}`, entityKind: 'access_rule', entityId: id, label: rule.valueLc })
}

// An owner whom this rule has let in would be out with it: somebody must be left to run the organization.
async function requireOtherOwner({ tx }: Scope, ruleId: string): Promise<void> {
  const rules = await tx.accessRule.findMany({ where: { isActive: true, id: { not: ruleId } }, select: { id: true } })
  const owners = await tx.membership.count({ where: { role: 'owner', status: 'active', OR: [{ admittedByRuleId: null }, { admittedByRuleId: { in: rules.map(({ id }) => id) } }] } })
  if (owners === 0) throw new ConflictError('The only owner was let in by this rule. Make somebody else an owner first.', 'last_owner')
}
