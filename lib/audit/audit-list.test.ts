import { afterAll, expect, test } from 'vitest'
import { createLabel, deleteLabel } from '@/lib/labels/labels'
import { ForbiddenError } from '@/lib/errors'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization } from '@/lib/testing/make-organization'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { auditFilterSchema, listAuditActions, listAuditEvents } from './audit-list'
import { recordAudit } from './audit'

afterAll(closeConnections)

test('the filters offer what has happened here, once each and by name; not what happened elsewhere', async () => {
  const [here, elsewhere] = [await makeOrganization(), await makeOrganization()]
  expect(await withTenant(here.owner, listAuditActions)).toEqual({ actions: [], kinds: [] })
  await withTenant(elsewhere.owner, (scope) => recordAudit(scope, { action: 'only.elsewhere', entityKind: 'aaa', entityId: elsewhere.tenantId, label: 'x' }))
  await withTenant(here.owner, async (scope) => {
    for (const name of ['One', 'Two']) await deleteLabel(scope, (await createLabel(scope, { name, colour: '#2563eb', isPersonal: false })).id)
    await recordAudit(scope, { action: 'zzz', entityKind: 'zzz', entityId: here.tenantId, label: 'x' })
  })
  expect(await withTenant(here.owner, listAuditActions)).toEqual({ actions: ['label.created', 'label.deleted', 'zzz'], kinds: ['label', 'zzz'] })
  await expect(withTenant(await here.add('manager'), listAuditActions)).rejects.toThrow(ForbiddenError)
})

test('a day that the database cannot tell is no filter', async () => {
  const { owner } = await makeOrganization()
  for (const odd of [{ from: '0001-01-01' }, { until: '0000-01-01' }, { from: '9999-12-31' }]) expect(auditFilterSchema.safeParse(odd).success, JSON.stringify(odd)).toBe(false)
  for (const day of [{ from: '1900-01-01' }, { until: '2100-12-31' }]) await expect(withTenant(owner, (scope) => listAuditEvents(scope, auditFilterSchema.parse(day)))).resolves.toBeDefined()
})
