import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember } from '@/lib/members/members'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, makeUser, type TestOrganization } from '@/lib/testing/make-organization'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createTeam, listTeams } from './teams'

let organization: TestOrganization
let other: TestOrganization
beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
})
afterAll(closeConnections)

describe('createTeam', () => {
  const create = (member: Member, name: string, userIds: string[] = []) => withTenant(member, (scope) => createTeam(scope, { name, userIds }))

  test('an admin makes one', async () => {
    await create(await organization.add('admin'), 'Office', [organization.owner.userId])
    expect((await withTenant(organization.owner, listTeams)).map(({ name }) => name)).toContain('Office')
  })
  test.each(['manager', 'member'] as const)('a %s may not', async (role) => {
    await expect(create(await organization.add(role), 'Denied')).rejects.toMatchObject({ status: 403 })
  })
  test('repeated, also in other letters, is refused', async () => {
    await create(organization.owner, 'Crew')
    await expect(create(organization.owner, 'CREW')).rejects.toMatchObject({ status: 409 })
  })
  test('another organization sees nothing of it, and its people cannot be in it', async () => {
    await create(organization.owner, 'Ours')
    expect((await withTenant(other.owner, listTeams)).map(({ name }) => name)).not.toContain('Ours')
    await expect(create(organization.owner, 'Mixed', [other.owner.userId])).rejects.toMatchObject({ status: 422 })
  })
})

describe('addMember', () => {
  const add = async (member: Member, role: 'owner' | 'member') => {
    const user = await makeUser()
    return withTenant(member, (scope) => addMember(scope, { userId: user.id, displayName: user.name, role, status: 'active' }))
  }
  test('an admin adds a member, but no owner', async () => {
    const admin = await organization.add('admin')
    await add(admin, 'member')
    await expect(add(admin, 'owner')).rejects.toMatchObject({ status: 403 })
    await add(organization.owner, 'owner')
  })
  test.each(['manager', 'member', 'field', 'viewer'] as const)('a %s adds nobody', async (role) => {
    await expect(add(await organization.add(role), 'member')).rejects.toMatchObject({ status: 403 })
  })
  test('twice the same person is an error and stores nothing', async () => {
    const again = withTenant(organization.owner, (scope) => addMember(scope, { userId: organization.owner.userId, displayName: 'Again', role: 'member', status: 'active' }))
    await expect(again).rejects.toThrow()
    expect(await withTenant(organization.owner, (scope) => scope.tx.membership.count({ where: { userId: organization.owner.userId } }))).toBe(1)
  })
  test('a member of one organization is none of another', async () => {
    const { userId } = await organization.add('member')
    expect(await withTenant(other.owner, (scope) => scope.tx.membership.count({ where: { userId } }))).toBe(0)
  })
})
