import type pg from 'pg'
import { makeOrganization, makeUser } from './make-organization'
import { look } from './make-joiner'
import { inTransaction } from './race'

const OWNERS = 50
// Each way by which an owner may cease to be one, as somebody else or as themselves.
const WAYS = ['demote', 'suspend', 'remove', 'leave', 'transfer', 'deactivate', 'leave everything'] as const

/**
 * Fifty owners of one organization, all put out at once, each by another way and over a connection of its own.
 * Answers how many owners are left and how many were refused: at least one is, whatever the order.
 */
export async function lastOwnerRound(pool: { tenant: pg.Pool; platform: pg.Pool; setup: pg.Pool }, round: number): Promise<{ left: number; refused: number }> {
  const { tenantId, owner } = await makeOrganization()
  const owners = [owner.userId]
  for (let n = 1; n < OWNERS; n++) owners.push((await makeUser(`Owner ${n}`)).id)
  await look(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role) SELECT $1, gen_random_uuid(), u, 'Owner', 'owner' FROM unnest($2::uuid[]) u WHERE u <> $3`, [tenantId, owners, owner.userId])
  const results = await Promise.allSettled(owners.map((userId, n) => {
    const way = WAYS[(n + round) % WAYS.length]!
    const actor = owners[(n + 1) % owners.length]!
    const byOther = (sql: string) => inTransaction(pool.tenant, [['SELECT kernel.enter($1, $2, $3)', [tenantId, actor, 'owner']], [sql, [userId]]])
    const bySelf = (sql: string, values: unknown[]) => inTransaction(pool.tenant, [['SELECT kernel.enter($1, $2, $3)', [tenantId, userId, 'owner']], [sql, values]])
    switch (way) {
      case 'demote': return byOther(`UPDATE memberships SET role = 'member' WHERE user_id = $1`)
      case 'suspend': return byOther(`UPDATE memberships SET status = 'suspended' WHERE user_id = $1`)
      case 'remove': return byOther(`UPDATE memberships SET status = 'removed' WHERE user_id = $1`)
      case 'leave': return bySelf('SELECT kernel.leave_organization($1)', [new Date()])
      case 'transfer': return bySelf('SELECT kernel.transfer_ownership($1, $2)', [actor, new Date()])
      case 'deactivate': return inTransaction(pool.setup, [[`UPDATE users SET status = 'deactivated' WHERE id = $1`, [userId]]])
      case 'leave everything': return inTransaction(pool.platform, [['SELECT kernel.enter_person($1)', [userId]], ['SELECT kernel.leave_everything($1)', [new Date()]]])
    }
  }))
  const [{ left } = { left: 0 }] = await look<{ left: number }>(`SELECT count(*)::int AS left FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1 AND m.role = 'owner' AND m.status = 'active' AND u.status = 'active'`, [tenantId])
  return { left, refused: results.filter(({ status }) => status === 'rejected').length }
}
