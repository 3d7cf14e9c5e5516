import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ForbiddenError } from '@/lib/errors'
import { createLabel } from '@/lib/labels/labels'
import { findMembership } from '@/lib/platform/directory'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { navigationOf } from './modules'
import { switchModule } from './switching'

let organization: TestOrganization, other: TestOrganization
beforeEach(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
})
afterAll(closeConnections)

const change = (by: Member, enabled: boolean, module = 'projects') => withTenant(by, (scope) => switchModule(scope, { module, enabled }))
const again = async ({ tenantId, userId }: Member) => (await findMembership(tenantId, userId))!
const label = (by: Member, name: string) => withTenant(by, (scope) => createLabel(scope, { name, colour: '#2563eb', isPersonal: false }))
const events = () => look<{ action: string }>(`SELECT action FROM audit_events WHERE tenant_id = $1 AND entity_kind = 'module' ORDER BY id`, [organization.tenantId])

describe('switchModule', () => {
  test('off is gone from the menu and refuses writes, on brings everything back', async () => {
    await label(organization.owner, 'Kept')
    await change(await organization.add('admin'), false)
    const without = await again(organization.owner)
    expect(navigationOf(without).map(({ label: name }) => name)).not.toContain('Tasks')
    await expect(label(without, 'Refused')).rejects.toMatchObject({ status: 404, code: 'module_off', message: expect.stringContaining('/settings/modules') })
    await expect(label(await again(await organization.add('member')), 'Refused')).rejects.toMatchObject({ message: expect.not.stringContaining('/settings/') })
    await change(organization.owner, true)
    await label(await again(organization.owner), 'Again')
    expect(await look('SELECT name FROM labels WHERE tenant_id = $1 ORDER BY id', [organization.tenantId])).toEqual([{ name: 'Kept' }, { name: 'Again' }])
    expect(await events()).toEqual([{ action: 'module.disabled' }, { action: 'module.enabled' }])
  })

  test.each(['manager', 'member', 'field', 'viewer'] as const)('a %s may not', async (role) => {
    await expect(change(await organization.add(role), false)).rejects.toThrow(ForbiddenError)
    expect(await events()).toEqual([])
  })

  test('twice is once; what is not built cannot be switched', async () => {
    await change(organization.owner, false)
    await change(organization.owner, false)
    expect(await events()).toHaveLength(1)
    await expect(change(organization.owner, true, 'money')).rejects.toMatchObject({ status: 422 })
  })

  test('another organization keeps its own', async () => {
    await change(organization.owner, false)
    expect((await again(other.owner)).organization.modules).toContain('projects')
  })
})
