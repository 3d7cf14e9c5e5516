import { afterAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { finishOnboarding, listChecklist, onboardingSchema } from './onboarding'

afterAll(closeConnections)

const answers = (more = {}) => onboardingSchema.parse({ name: 'Nora', timezone: 'Europe/Lisbon', organizationName: 'Harbor Works', sampleData: 'false', ...more })
const organizationOf = (tenantId: string) => look('SELECT name, timezone FROM organizations WHERE id = $1', [tenantId])
const reopen = (userId: string) => look('UPDATE memberships SET onboarding_done_at = NULL WHERE user_id = $1', [userId])
const seatOf = (userId: string) => look('SELECT display_name, onboarding_done_at IS NOT NULL AS done FROM memberships WHERE user_id = $1', [userId])

test('an owner names the organization and begins with sample data, once it is wished for', async () => {
  const { owner, tenantId } = await makeOrganization()
  await reopen(owner.userId)
  await withTenant(owner, (scope) => finishOnboarding(scope, answers({ sampleData: 'true' })))
  expect(await organizationOf(tenantId)).toEqual([{ name: 'Harbor Works', timezone: 'Europe/Lisbon' }])
  expect(await seatOf(owner.userId)).toEqual([{ display_name: 'Nora', done: true }])
  expect(await look('SELECT count(*)::int AS count FROM tasks WHERE tenant_id = $1', [tenantId])).toEqual([{ count: 4 }])
  expect((await withTenant(owner, listChecklist)).find(({ key }) => key === 'task')).toMatchObject({ isDone: true })
})

test.each(['admin', 'manager', 'member', 'field', 'viewer'] as const)('a %s says how they are called, and names no organization', async (role) => {
  const organization = await makeOrganization({ name: 'Fern' })
  const member = await organization.add(role)
  await reopen(member.userId)
  await withTenant(member, (scope) => finishOnboarding(scope, answers({ sampleData: 'true' })))
  expect(await organizationOf(organization.tenantId)).toEqual([{ name: 'Fern', timezone: 'UTC' }])
  expect(await seatOf(member.userId)).toEqual([{ display_name: 'Nora', done: true }])
  expect(await look('SELECT FROM tasks WHERE tenant_id = $1', [organization.tenantId])).toEqual([])
  expect(await withTenant(member, listChecklist)).toEqual([])
})

test('a second time is refused and changes nothing, and another organization of the same person is left as it is', async () => {
  const [one, two] = [await makeOrganization(), await makeOrganization({ name: 'Elsewhere' })]
  await look(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role) VALUES ($1, gen_random_uuid(), $2, 'Elsewhere', 'owner')`, [two.tenantId, one.owner.userId])
  await reopen(one.owner.userId)
  await withTenant(one.owner, (scope) => finishOnboarding(scope, answers()))
  await expect(withTenant(one.owner, (scope) => finishOnboarding(scope, answers({ organizationName: 'Again' })))).rejects.toMatchObject({ code: 'already_done', status: 409 })
  expect(await organizationOf(two.tenantId)).toEqual([{ name: 'Elsewhere', timezone: 'UTC' }])
  expect(await look('SELECT display_name, onboarding_done_at FROM memberships WHERE tenant_id = $1 AND user_id = $2', [two.tenantId, one.owner.userId])).toEqual([{ display_name: 'Elsewhere', onboarding_done_at: null }])
  expect(await organizationOf(one.tenantId)).toEqual([{ name: 'Harbor Works', timezone: 'Europe/Lisbon' }])
})
