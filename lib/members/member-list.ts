import 'server-only'
import { can } from '@/lib/authorization/permissions'
import type { Role } from '@/lib/tenancy/member'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import type { MemberFilter } from './schema'

export type MemberRow = {
  id: string; userId: string; name: string; role: Role; status: string; version: number; joinedAt: Date | null; lastActiveAt: Date | null; isMe: boolean
  /** What an owner or admin sees besides; null for everybody else. */
  facts: MemberFacts | null
  /** What somebody who has left still holds, for owners and admins; null when there is nothing to hand over. */
  holds: Holds | null
}
export type Holds = { projectCount: number; taskCount: number; /** Private projects in the trash, which nobody else can restore. */ trashCount: number }
export type MemberFacts = { email: string | null; kind: string; signsInBy: string[]; hasSecondFactor: boolean; isSignInClosed: boolean }

type FactsRow = { user_id: string; email: string | null; kind: string; has_password: boolean; providers: string[]; has_second_factor: boolean; user_status: string }

const PAGE_SIZE = 50
// Names and addresses are searched in memory: an organization's people, not its records.
const MEMBERS_MAX = 20_000

/** People of the organization, by name. Those who have left or were declined only when they are asked for; `holderCount` of them still hold something. */
export async function listMemberRows(scope: Scope, { q, role, status, page }: Omit<MemberFilter, 'left'>, pageSize = PAGE_SIZE): Promise<{ members: MemberRow[]; total: number; hasMore: boolean; holderCount: number }> {
  const manages = can(scope.member.role, 'members:manage')
  const holders = manages ? await readHolders(scope) : new Map<string, Holds>()
  const rows = await scope.tx.membership.findMany({
    where: { ...(role && { role }), ...(status === 'holding' ? { userId: { in: [...holders.keys()] } } : { status: status || { in: ['active', 'pending_approval', 'suspended'] } }) },
    orderBy: [{ displayName: 'asc' }, { id: 'asc' }], take: MEMBERS_MAX,
  })
  const facts = manages ? await readFacts(scope) : null
  const wanted = toLookup(q)
  const found = rows.filter(({ userId, displayName }) => !wanted || toLookup(displayName).includes(wanted) || facts?.get(userId)?.email?.toLowerCase().includes(wanted))
  const members = found.slice((page - 1) * pageSize, page * pageSize).map((row): MemberRow => ({
    id: row.id, userId: row.userId, name: row.displayName, role: row.role as Role, status: row.status, version: row.version, joinedAt: row.joinedAt, lastActiveAt: row.lastActiveAt,
    isMe: row.userId === scope.member.userId, facts: facts?.get(row.userId) ?? null, holds: holders.get(row.userId) ?? null,
  }))
  return { members, total: found.length, hasMore: found.length > page * pageSize, holderCount: holders.size }
}

async function readHolders({ tx }: Scope): Promise<Map<string, Holds>> {
  const rows = await tx.$queryRaw<{ user_id: string; project_count: bigint; task_count: bigint; trash_count: bigint }[]>`SELECT * FROM kernel.former_holders()`
  return new Map(rows.map((row) => [row.user_id, { projectCount: Number(row.project_count), taskCount: Number(row.task_count), trashCount: Number(row.trash_count) }]))
}

async function readFacts({ tx }: Scope): Promise<Map<string, MemberFacts>> {
  const rows = await tx.$queryRaw<FactsRow[]>`SELECT * FROM kernel.member_facts()`
  return new Map(rows.map((row) => [row.user_id, {
    email: row.email, kind: row.kind, hasSecondFactor: row.has_second_factor, isSignInClosed: row.user_status !== 'active',
    signsInBy: [...(row.has_password ? ['password'] : []), ...row.providers],
  }]))
}
