import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createLabel, deleteLabel, listLabels } from './labels'

let organization: TestOrganization
let colleague: Member
let other: TestOrganization
beforeAll(async () => {
  organization = await makeOrganization()
  colleague = await organization.add('member')
  other = await makeOrganization()
})
afterAll(closeConnections)

const create = (member: Member, name: string, isPersonal = false) => withTenant(member, (scope) => createLabel(scope, { name, colour: '#475569', isPersonal }))
const names = (member: Member) => withTenant(member, async (scope) => (await listLabels(scope)).map(({ name }) => name))

describe('createLabel', () => {
  test('a member makes a shared one, seen by all, and a personal one, seen by nobody else', async () => {
    await create(colleague, 'Shared one')
    await create(colleague, 'My own', true)
    expect(await names(organization.owner)).toEqual(expect.arrayContaining(['Shared one']))
    expect(await names(organization.owner)).not.toContain('My own')
    expect(await names(colleague)).toContain('My own')
  })

  test.each(['viewer', 'field'] as const)('a %s may not', async (role) => {
    await expect(create(await organization.add(role), 'Denied')).rejects.toMatchObject({ status: 403 })
  })

  test('the same name again is refused, also in other letters; two people may each have their own', async () => {
    await create(colleague, 'Bug')
    await expect(create(organization.owner, ' bUG ')).rejects.toMatchObject({ status: 409 })
    await create(colleague, 'bug', true)
    await create(organization.owner, 'bug', true)
  })

  test('L36 another organization sees nothing of it and has the name free', async () => {
    await create(colleague, 'Ours')
    expect(await names(other.owner)).not.toContain('Ours')
    await create(other.owner, 'Ours')
  })
})

describe('deleteLabel', () => {
  test('takes it off tasks, private ones of others included', async () => {
    const label = await create(organization.owner, 'To go')
    const hidden = await makeProject(colleague, { visibility: 'private' })
    await makeTask(colleague, hidden.id, { labels: [label.id] })
    await withTenant(organization.owner, (scope) => deleteLabel(scope, label.id))
    expect(await withTenant(colleague, (scope) => scope.tx.recordLabel.count({ where: { labelId: label.id } }))).toBe(0)
  })

  test('a viewer may not, repeated is 404, another organization cannot', async () => {
    const label = await create(organization.owner, 'Kept')
    await expect(withTenant(await organization.add('viewer'), (scope) => deleteLabel(scope, label.id))).rejects.toMatchObject({ status: 403 })
    await expect(withTenant(other.owner, (scope) => deleteLabel(scope, label.id))).rejects.toMatchObject({ status: 404 })
    await withTenant(organization.owner, (scope) => deleteLabel(scope, label.id))
    await expect(withTenant(organization.owner, (scope) => deleteLabel(scope, label.id))).rejects.toMatchObject({ status: 404 })
  })
})
