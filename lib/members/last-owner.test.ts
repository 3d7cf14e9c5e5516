import { afterAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { lastOwnerRound } from '@/lib/testing/last-owner-race'
import { racePools } from '@/lib/testing/race'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { withTenant } from '@/lib/tenancy/with-tenant'

const { pools, close } = racePools()
afterAll(async () => {
  await close()
  await closeConnections()
})

// A hundred rounds: npm run proof -- --only last-owner
test('of fifty owners put out at once by seven ways, one is left: three rounds', async () => {
  for (let round = 0; round < 3; round++) {
    const { left, refused } = await lastOwnerRound(pools, round)
    expect(left).toBeGreaterThanOrEqual(1)
    expect(refused).toBeGreaterThanOrEqual(1)
  }
}, 60_000)

test.each([
  ['demoted', `UPDATE memberships SET role = 'admin' WHERE user_id = $1`],
  ['suspended', `UPDATE memberships SET status = 'suspended' WHERE user_id = $1`],
  ['removed', `UPDATE memberships SET status = 'removed' WHERE user_id = $1`],
  ['deactivated', `UPDATE users SET status = 'deactivated' WHERE id = $1`],
  ['let in by a rule that is off', `WITH rule AS (INSERT INTO access_rules (tenant_id, id, kind, value_lc, role, is_active) SELECT tenant_id, gen_random_uuid(), 'domain', 'off.example', 'member', false FROM memberships WHERE user_id = $1 RETURNING *) UPDATE memberships m SET admitted_by_rule_id = rule.id FROM rule WHERE m.user_id = $1`],
])('the only owner cannot be %s, by the set-up role either', async (_, sql) => {
  const { owner } = await makeOrganization()
  await expect(look(sql, [owner.userId])).rejects.toMatchObject({ code: 'BH002' })
})

test('a rule that let the only owner in cannot be switched off, of two at once one stays', async () => {
  const organization = await makeOrganization()
  await look(`INSERT INTO access_rules (tenant_id, id, kind, value_lc, role) VALUES ($1, gen_random_uuid(), 'domain', 'a.example', 'member'), ($1, gen_random_uuid(), 'domain', 'b.example', 'member')`, [organization.tenantId])
  const second = await organization.add('owner')
  await look(`UPDATE memberships m SET admitted_by_rule_id = (SELECT id FROM access_rules r WHERE r.tenant_id = m.tenant_id AND value_lc = CASE WHEN m.user_id = $2 THEN 'a.example' ELSE 'b.example' END) WHERE m.tenant_id = $1`, [organization.tenantId, second.userId])
  const results = await Promise.allSettled(['a.example', 'b.example'].map((value) => look('UPDATE access_rules SET is_active = false WHERE tenant_id = $1 AND value_lc = $2', [organization.tenantId, value])))
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('nobody changes their own role or standing by a plain write', async () => {
  const organization = await makeOrganization()
  await organization.add('owner')
  for (const data of [{ role: 'admin' }, { status: 'suspended' }])
    await expect(withTenant(organization.owner, ({ tx, member }) => tx.membership.updateMany({ where: { userId: member.userId }, data }))).rejects.toMatchObject({ code: 'oneself' })
})
