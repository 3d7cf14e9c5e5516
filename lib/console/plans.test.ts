import { afterAll, beforeEach, expect, test } from 'vitest'
import { readUsage } from '@/lib/plans/limits'
import { ask } from '@/lib/platform/ask'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { readOrganization, setPlan } from './organizations'
import { listAllPlans, removePlan, savePlan } from './plans'
import { savePlanSchema } from './schema'

let sam: SuperAdmin, key: string
beforeEach(async () => {
  sam = await makeSuperAdmin()
  key = `p${Array.from(uuidv7().replaceAll('-', ''), (digit) => 'abcdefghijklmnop'[parseInt(digit, 16)]).join('')}`
})
afterAll(closeConnections)

const plan = (more: object = {}) => savePlanSchema.parse({ key, name: 'Studio', position: '9', price: '49.50', members: '7', projects: '', storageMb: '3000', apiCallsPerHour: '', auditDays: '400', requestsPerMinute: '900', statementSecondsPerMinute: '', exportedRowsPerHour: '5000', ...more })
const make = () => savePlan(sam.token, plan(), { isNew: true })

test('a new plan is offered, changed and, while nobody has it, removed', async () => {
  await make()
  expect((await listAllPlans(sam.token)).find((one) => one.key === key)).toMatchObject({ monthlyPrice: 4950, members: 7, projects: null, organizations: 0 })
  await expect(make()).rejects.toMatchObject({ status: 422, fields: { key: [expect.any(String)] } })
  await savePlan(sam.token, plan({ members: '', price: '50' }), { isNew: false })
  expect(await look('SELECT action, reason FROM platform_audit_events WHERE subject = $1 ORDER BY at, id', [key])).toEqual([{ action: 'plan.created', reason: null }, { action: 'plan.updated', reason: expect.stringContaining('members: 7 → unlimited') }])
  await removePlan(sam.token, { key })
  await expect(removePlan(sam.token, { key })).rejects.toMatchObject({ status: 404 })
})

test('what a plan gives by the minute and the hour is set with it and acts; a release that does not know it leaves it', async () => {
  await make()
  const { owner, tenantId } = await makeOrganization()
  await setPlan(sam.token, { id: tenantId, plan: key })
  expect((await listAllPlans(sam.token)).find((one) => one.key === key)).toMatchObject({ requestsPerMinute: 900, statementSecondsPerMinute: null, exportedRowsPerHour: 5000 })
  const acting = async () => (await ask<Record<string, number | null>>('add_load($1, $2)', [JSON.stringify([{ organization_id: owner.tenantId, requests: 3, refused: 0, statement_ms: 0, exported_rows: 0 }]), new Date()]))[0]!
  expect(await acting()).toMatchObject({ requests_max: 900, statement_seconds_max: null, exported_rows_max: 5000 })
  const { requestsPerMinute: _, statementSecondsPerMinute: __, exportedRowsPerHour: ___, ...before } = plan({ members: '9' })
  await savePlan(sam.token, before as never, { isNew: false })
  expect(await acting()).toMatchObject({ requests_max: 900, exported_rows_max: 5000 })
  await savePlan(sam.token, plan({ requestsPerMinute: '' }), { isNew: false })
  expect(await acting()).toMatchObject({ requests_max: null, exported_rows_max: 5000 })
})

test('who has read an older state overwrites nothing unseen, and is told what it is now', async () => {
  await make()
  const find = async () => (await listAllPlans(sam.token)).find((one) => one.key === key)
  const { version } = (await find())!
  const colleague = await makeSuperAdmin()
  await savePlan(colleague.token, { ...plan({ members: '12', price: '60' }), version }, { isNew: false })
  const stale = { status: 409, code: 'changed_elsewhere', detail: { current: expect.objectContaining({ members: 12, monthlyPrice: 6000, version: version + 1 }) as object } }
  await expect(savePlan(sam.token, { ...plan({ members: '8' }), version }, { isNew: false })).rejects.toMatchObject(stale)
  await expect(removePlan(sam.token, { key, version })).rejects.toMatchObject(stale)
  expect(await find()).toMatchObject({ members: 12, version: version + 1 })
  expect(await look(`SELECT FROM platform_audit_events WHERE subject = $1 AND user_id = $2 AND action <> 'plan.created'`, [key, sam.userId])).toEqual([])
  await savePlan(sam.token, { ...plan({ members: '8' }), version: version + 1 }, { isNew: false })
  expect(await find()).toMatchObject({ members: 8, version: version + 2 })
  await removePlan(sam.token, { key, version: version + 2 })
})

test('of two who add the same plan at once, or change it, one is told', async () => {
  const both = (work: (token: string) => Promise<void>) => Promise.all([sam.token, colleague.token].map((token) => work(token).then(() => 'saved', (error: { code: string }) => error.code)))
  const colleague = await makeSuperAdmin()
  expect((await both((token) => savePlan(token, plan(), { isNew: true }))).sort()).toEqual(['invalid', 'saved'])
  expect((await both((token) => savePlan(token, { ...plan({ members: '8' }), version: 1 }, { isNew: false }))).sort()).toEqual(['changed_elsewhere', 'saved'])
})

test('a lowered limit removes nothing and lets nothing more in; a shorter history is kept for thirty days', async () => {
  await make()
  const organization = await makeOrganization()
  await organization.add('member')
  await setPlan(sam.token, { id: organization.tenantId, plan: key })
  await look(`UPDATE organizations SET plan_since = now() - interval '90 days' WHERE id = $1`, [organization.tenantId])
  await savePlan(sam.token, plan({ members: '1', auditDays: '90' }), { isNew: false })
  expect((await withTenant(organization.owner, readUsage)).find((row) => row.key === 'members')).toEqual({ key: 'members', used: 2, max: 1 })
  await expect(organization.add('member')).rejects.toMatchObject({ code: 'limit_reached' })
  expect(await look(`SELECT FROM organizations WHERE id = $1 AND plan_since > now() - interval '1 minute'`, [organization.tenantId])).toHaveLength(1)
  await expect(removePlan(sam.token, { key })).rejects.toMatchObject({ status: 409, code: 'plan_in_use' })
  expect((await readOrganization(sam.token, organization.tenantId)).planKey).toBe(key)
  await setPlan(sam.token, { id: organization.tenantId, plan: 'free' })
  await removePlan(sam.token, { key })
})

test('where everybody begins cannot be removed; others than super-admins change nothing', async () => {
  for (const one of ['free', 'professional']) await expect(removePlan(sam.token, { key: one })).rejects.toMatchObject({ code: 'plan_in_use' })
  const { token } = await makeJoiner(`${uuidv7()}@example.test`)
  for (const attempt of [() => listAllPlans(token), () => savePlan(token, plan(), { isNew: true }), () => removePlan(token, { key: 'basic' })]) await expect(attempt()).rejects.toMatchObject({ status: 404 })
  for (const bad of [{ price: '-1' }, { price: '1.234' }, { members: '0' }, { members: 'many' }, { key: 'No Good' }, { name: '' }]) expect(() => plan(bad), JSON.stringify(bad)).toThrow()
})
