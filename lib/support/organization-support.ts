import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize, can } from '@/lib/authorization/permissions'
import { ConflictError, NotFoundError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { SUPPORT_POLICIES, type SupportPolicy } from './schema'

const LISTED_MAX = 200

/** Who of the platform was here, asks to come, or is here now; newest first, 200 at most. */
export async function listSupportSessions(scope: Scope) {
  authorize(scope, 'support:end')
  const rows = await scope.tx.supportSession.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: LISTED_MAX, include: { decider: { select: { displayName: true } }, _count: { select: { events: true } } } })
  return rows.map(({ decider, _count, ...row }) => ({ ...row, status: isOver(row) ? 'expired' : row.status, deciderName: decider?.displayName ?? null, eventCount: _count.events }))
}

/** What is open or waits for an answer, for the banner of those who govern; nothing for others. */
export async function openSupport({ tx, member }: Scope) {
  if (!can(member.role, 'support:end')) return []
  return (await tx.supportSession.findMany({ where: { status: { in: ['requested', 'active'] } }, orderBy: { id: 'desc' }, take: 5, select: { id: true, adminName: true, reason: true, mode: true, status: true, endsAt: true, createdAt: true } })).filter((row) => !isOver(row))
}

export async function readSupportPolicy({ tx, member }: Scope): Promise<SupportPolicy> {
  return (await tx.organization.findFirstOrThrow({ where: { id: member.tenantId }, select: { supportPolicy: true } })).supportPolicy as SupportPolicy
}

/** An owner's answer to a request; from then on its minutes run. @throws NotFoundError · ConflictError when it was answered or taken back */
export async function decideSupport(scope: Scope, { id, decision }: { id: string; decision: 'approve' | 'decline' }): Promise<void> {
  authorize(scope, 'support:consent')
  const [row] = await scope.tx.$queryRaw<{ answer: string }[]>`SELECT kernel.decide_support(${id}::uuid, ${decision === 'approve'}, ${new Date()}) AS answer`
  await settle(scope, id, row!.answer, `support.${decision === 'approve' ? 'approved' : 'declined'}`)
}

/** Acts on the next click of whoever is here. @throws NotFoundError · ConflictError when it is over */
export async function endSupport(scope: Scope, { id }: { id: string }): Promise<void> {
  authorize(scope, 'support:end')
  const [row] = await scope.tx.$queryRaw<{ answer: string }[]>`SELECT kernel.end_support(${id}::uuid, ${new Date()}) AS answer`
  await settle(scope, id, row!.answer, 'support.ended')
}

/** Whoever refuses support altogether ends what is open with it. */
export async function setSupportPolicy(scope: Scope, { policy }: { policy: SupportPolicy }): Promise<void> {
  authorize(scope, 'support:consent')
  const { member, tx } = scope
  const before = await readSupportPolicy(scope)
  const ended = await tx.$queryRaw<{ id: string }[]>`SELECT kernel.set_support_policy(${policy}, ${new Date()}) AS id`
  await recordAudit(scope, { action: 'organization.support_policy_changed', entityKind: 'organization', entityId: member.tenantId, label: member.organization.name, changes: { supportPolicy: [SUPPORT_POLICIES[before].label, SUPPORT_POLICIES[policy].label] } })
  for (const { id } of ended) await settle(scope, id, 'ended', 'support.ended')
}

async function settle(scope: Scope, id: string, answer: string, action: string): Promise<void> {
  if (answer === 'unknown') throw new NotFoundError()
  if (answer === 'over') throw new ConflictError('This support session is over, or was answered already.', 'support_over')
  const { adminName } = await scope.tx.supportSession.findFirstOrThrow({ where: { id } })
  await recordAudit(scope, { action, entityKind: 'support_session', entityId: id, label: adminName })
}

const DAY_MS = 86_400_000
const isOver = ({ status, endsAt, createdAt }: { status: string; endsAt: Date | null; createdAt: Date }) => (status === 'active' && endsAt !== null && endsAt <= new Date()) || (status === 'requested' && createdAt.getTime() <= Date.now() - DAY_MS)
