import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ForbiddenError } from '@/lib/errors'
import { createLabel } from '@/lib/labels/labels'
import { choosePlan, listPlans } from '@/lib/plans/plans'
import { ask } from '@/lib/platform/ask'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { racePools } from '@/lib/testing/race'
import { seal, tamper, TAMPERINGS, writeEvents } from '@/lib/testing/tampering'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'
import { purgeAudit } from './purge'
import { SEAL_AFTER_MS, verifyOrganization, verifyStep } from './seals'

const { pools, close } = racePools()
let organization: TestOrganization
beforeEach(async () => {
  organization = await makeOrganization()
})
afterAll(async () => {
  await close()
  await closeConnections()
})

const verify = (noted = '') => verifyOrganization(organization.tenantId, noted)
const headOf = async () => {
  const { head } = await verify()
  return `${head!.seq}:${head!.hash}`
}

describe('the chain', () => {
  test('covers every event once, whoever writes and seals at the same time', async () => {
    const { owner, tenantId } = organization
    for (let round = 0; round < 3; round++) {
      await Promise.all([
        ...Array.from({ length: 50 }, (_, n) => withTenant(owner, (scope) => createLabel(scope, { name: `Label ${round} ${n}`, colour: '#2563eb', isPersonal: false }))),
        ...Array.from({ length: 4 }, () => seal(tenantId)),
      ])
      // What was written while a seal was made has a time after it.
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await seal(tenantId)
    const [{ events, seals, covered } = { events: 0, seals: [0], covered: 0 }] = await look<{ events: number; seals: number[]; covered: number }>(
      'SELECT (SELECT count(*)::int FROM audit_events WHERE tenant_id = $1) AS events, array_agg(seq ORDER BY seq) AS seals, sum(row_count)::int AS covered FROM audit_seals WHERE tenant_id = $1', [tenantId])
    expect(seals).toEqual(seals.map((_, index) => index + 1))
    expect(covered).toBe(events)
    expect((await verify()).problems).toEqual([])
  })

  test.each(TAMPERINGS)('finds and names it when somebody %s', async (_, act) => {
    const events = await writeEvents(organization, 30, 3)
    const problem = await tamper(organization.tenantId, events, act, 7)
    const { problems } = await verify()
    expect(problems).toContainEqual(expect.objectContaining(problem))
  })

  test('a chain that was cut off, or written anew from the start, is told by a seal that was noted', async () => {
    await writeEvents(organization, 10, 2)
    const noted = await headOf()
    expect((await verify(noted)).problems).toEqual([])
    await look('DELETE FROM audit_seals WHERE tenant_id = $1 AND seq = 2', [organization.tenantId])
    expect((await verify()).problems).toEqual([])
    expect((await verify(noted)).problems).toEqual([{ seq: 2, problem: 'head_differs', eventId: null }])
    await look(`UPDATE audit_events SET reason = 'rewritten' WHERE tenant_id = $1`, [organization.tenantId])
    await look('DELETE FROM audit_seals WHERE tenant_id = $1', [organization.tenantId])
    await seal(organization.tenantId)
    expect((await verify(noted)).problems).toEqual([{ seq: 2, problem: 'head_differs', eventId: null }])
  })

  test('an event is told with its own time: none is put before a seal, or among what is old enough to go', async () => {
    const at = (days: number) => withTenant(organization.owner, ({ tx, member }) => tx.auditEvent.createMany({ data: [{ action: 'label.created', entityKind: 'label', actorUserId: member.userId, at: new Date(Date.now() - days * 86_400_000) }] }))
    await expect(at(100)).rejects.toThrow()
    await expect(at(-1)).rejects.toThrow()
    await at(0)
  })

  test('no transaction may take longer than events wait for their seal', async () => {
    const [{ prosrc: source } = { prosrc: '' }] = await look<{ prosrc: string }>(`SELECT prosrc FROM pg_proc WHERE oid = 'kernel.take_time(int)'::regprocedure`)
    const longest = Math.max(...[...source.matchAll(/\b(\d{2,4})\b/g)].map(([, seconds]) => Number(seconds)))
    expect(longest).toBeGreaterThanOrEqual(60)
    expect(SEAL_AFTER_MS).toBeGreaterThan(longest * 1_000)
    const twice = ({ tx }: Scope) => tx.$executeRaw`SELECT kernel.take_time(300)`.then(() => tx.$executeRaw`SELECT kernel.take_time(300)`)
    await expect(withTenant(organization.owner, twice)).rejects.toThrow('takes its time once')
    await withTenant(organization.owner, twice, { readOnly: true })
  })

  test('no runtime role changes or takes out an event or a seal', async () => {
    await writeEvents(organization, 2, 1)
    for (const pool of [pools.tenant, pools.platform]) {
      for (const table of ['audit_events', 'audit_details', 'audit_seals']) {
        for (const sql of [`DELETE FROM ${table}`, `UPDATE ${table} SET tenant_id = tenant_id`, `TRUNCATE ${table}`]) await expect(pool.query(sql), sql).rejects.toMatchObject({ code: '42501' })
      }
    }
  })
})

describe('verifyStep', () => {
  test('an owner and an admin compare, and that they did is in the history', async () => {
    await writeEvents(organization, 5, 1)
    for (const member of [organization.owner, await organization.add('admin')]) {
      expect(await withTenant(member, (scope) => verifyStep(scope, { from: 1, noted: '' }))).toMatchObject({ next: null, events: 5, problems: [], head: { seq: 1 } })
    }
    expect(await look(`SELECT FROM audit_events WHERE tenant_id = $1 AND action = 'audit.verified'`, [organization.tenantId])).toHaveLength(2)
  })

  test.each(['manager', 'member', 'field', 'viewer'] as const)('a %s may not, by the function either', async (role) => {
    const member = await organization.add(role)
    await expect(withTenant(member, (scope) => verifyStep(scope, { from: 1, noted: '' }))).rejects.toThrow(ForbiddenError)
    await expect(withTenant(member, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.verify_my_seals(1, 1)`)).rejects.toThrow('owner or admin')
  })

  test('another organization compares its own', async () => {
    const events = await writeEvents(organization, 5, 1)
    await look('DELETE FROM audit_details WHERE event_id = $1', [events[0]!.id])
    const other = await makeOrganization()
    expect(await withTenant(other.owner, (scope) => verifyStep(scope, { from: 1, noted: '' }))).toMatchObject({ head: null, events: 0, problems: [] })
  })
})

test('events are kept as long as the plan says; the chain is still proven without them', async () => {
  const events = await writeEvents(organization, 20, 2, new Date(Date.now() - 120 * 86_400_000))
  await writeEvents(organization, 5, 1)
  const kept = () => look('SELECT id FROM audit_events WHERE id = ANY ($1)', [events.map(({ id }) => id)])
  await purgeAudit()
  expect(await kept()).toHaveLength(20)
  // A smaller plan takes nothing until it has held for thirty days; going back within them has lost nothing.
  const choose = async (plan: string) => withTenant(organization.owner, async (scope) => choosePlan(scope, { plan }, await listPlans()))
  const chosenAgo = (days: number) => look(`UPDATE organizations SET plan_since = now() - $2 * interval '1 day' WHERE id = $1`, [organization.tenantId, days])
  await chosenAgo(400)
  await choose('free')
  await purgeAudit()
  await chosenAgo(29)
  await purgeAudit(new Date(Date.now() + 40 * 86_400_000))
  expect(await kept()).toHaveLength(20)
  // One seal a call, by the database's clock.
  await chosenAgo(31)
  expect(await ask('purge_audit($1, $2)', [organization.tenantId, new Date()])).toEqual([{ purge_audit: '10' }])
  expect(await kept()).toHaveLength(10)
  await purgeAudit()
  expect(await ask('purge_audit($1, $2)', [organization.tenantId, new Date()])).toEqual([{ purge_audit: null }])
  expect(await kept()).toEqual([])
  expect(await look(`SELECT actor_kind FROM audit_events WHERE tenant_id = $1 AND action = 'audit.purged'`, [organization.tenantId])).toEqual([{ actor_kind: 'system' }, { actor_kind: 'system' }])
  expect((await verify()).problems).toEqual([])
  await look('UPDATE audit_seals SET row_count = row_count + 1 WHERE tenant_id = $1 AND seq = 1', [organization.tenantId])
  expect((await verify()).problems).toEqual([{ seq: 1, problem: 'seal_changed', eventId: null }])
})
