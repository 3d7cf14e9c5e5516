import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ForbiddenError, NotFoundError } from '@/lib/errors'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import type { Member, Role } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { listMemberRows } from './member-list'
import { memberFilterSchema } from './schema'
import { changeRole, reactivateMember, requireNewPassword, suspendMember, transferOwnership } from './standing'

let organization: TestOrganization, other: TestOrganization
beforeEach(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
})
afterAll(closeConnections)

const list = (member: Member) => withTenant(member, (scope) => listMemberRows(scope, memberFilterSchema.parse({})))
const rowOf = async (place: TestOrganization, { userId }: Member) => (await list(place.owner)).members.find((row) => row.userId === userId)!
const eventsOf = (place: TestOrganization, action: string) => look<{ success: boolean }>('SELECT success FROM audit_events WHERE tenant_id = $1 AND action = $2', [place.tenantId, action])
const give = (by: Member, id: string, role: Role, version = 1) => withTenant(by, (scope) => changeRole(scope, { id, version, role }))

describe('changeRole', () => {
  test('an owner and an admin give a role, which is in the history', async () => {
    const [admin, mate] = [await organization.add('admin'), await organization.add('viewer')]
    const { id } = await rowOf(organization, mate)
    await give(admin, id, 'member')
    await give(organization.owner, id, 'owner', 2)
    expect(await rowOf(organization, mate)).toMatchObject({ role: 'owner', version: 3 })
    expect(await eventsOf(organization, 'member.role_changed')).toHaveLength(2)
  })

  test.each(['manager', 'member', 'field', 'viewer'] as const)('a %s may not', async (role) => {
    const [asking, mate] = [await organization.add(role), await organization.add('viewer')]
    await expect(give(asking, (await rowOf(organization, mate)).id, 'member')).rejects.toThrow(ForbiddenError)
    expect(await rowOf(organization, mate)).toMatchObject({ role: 'viewer' })
  })

  test('an admin neither makes an owner nor touches one; nobody changes their own', async () => {
    const [admin, mate] = [await organization.add('admin'), await organization.add('viewer')]
    await expect(give(admin, (await rowOf(organization, mate)).id, 'owner')).rejects.toThrow('Only an owner can make')
    await expect(give(admin, (await rowOf(organization, organization.owner)).id, 'member')).rejects.toThrow('Only an owner can change')
    await expect(give(admin, (await rowOf(organization, admin)).id, 'owner')).rejects.toMatchObject({ code: 'oneself' })
  })

  test('a second time from the same page is told what changed meanwhile', async () => {
    const mate = await organization.add('viewer')
    const { id } = await rowOf(organization, mate)
    await give(organization.owner, id, 'member')
    await expect(give(organization.owner, id, 'admin')).rejects.toMatchObject({ code: 'changed_elsewhere', detail: { current: { role: 'member', version: 2 } } })
  })

  test('another organization finds nobody', async () => {
    const mate = await organization.add('viewer')
    await expect(give(other.owner, (await rowOf(organization, mate)).id, 'member')).rejects.toThrow(NotFoundError)
    expect(await rowOf(organization, mate)).toMatchObject({ role: 'viewer' })
  })
})

describe('suspendMember, reactivateMember and requireNewPassword', () => {
  test('shut out, let in, and closed until a new password', async () => {
    const mate = await organization.add('member')
    const { id } = await rowOf(organization, mate)
    await withTenant(organization.owner, (scope) => suspendMember(scope, { id, version: 1 }))
    expect(await rowOf(organization, mate)).toMatchObject({ status: 'suspended', role: 'member' })
    await withTenant(organization.owner, (scope) => reactivateMember(scope, { id, version: 2 }))
    await withTenant(organization.owner, (scope) => requireNewPassword(scope, { id, version: 3 }))
    expect(await look('SELECT status, password_change_required_at IS NOT NULL AS asked FROM memberships WHERE id = $1', [id])).toEqual([{ status: 'active', asked: true }])
    for (const action of ['member.suspended', 'member.reactivated', 'member.new_password_required']) expect(await eventsOf(organization, action)).toHaveLength(1)
  })

  test('a member may not, twice is told, another organization finds nobody', async () => {
    const [asking, mate] = [await organization.add('member'), await organization.add('member')]
    const { id } = await rowOf(organization, mate)
    for (const act of [suspendMember, reactivateMember, requireNewPassword]) {
      await expect(withTenant(asking, (scope) => act(scope, { id, version: 1 }))).rejects.toThrow(ForbiddenError)
      await expect(withTenant(other.owner, (scope) => act(scope, { id, version: 1 }))).rejects.toThrow(NotFoundError)
    }
    await withTenant(organization.owner, (scope) => suspendMember(scope, { id, version: 1 }))
    await expect(withTenant(organization.owner, (scope) => suspendMember(scope, { id, version: 2 }))).rejects.toThrow('is suspended now')
  })
})

describe('transferOwnership', () => {
  test('makes the other the owner and oneself an admin; an admin may not; twice finds no right', async () => {
    const [mate, admin] = [await organization.add('member'), await organization.add('admin')]
    const { id } = await rowOf(organization, mate)
    await expect(withTenant(admin, (scope) => transferOwnership(scope, { id }))).rejects.toThrow(ForbiddenError)
    await expect(withTenant(other.owner, (scope) => transferOwnership(scope, { id }))).rejects.toThrow(NotFoundError)
    await withTenant(organization.owner, (scope) => transferOwnership(scope, { id }))
    expect(await look('SELECT role FROM memberships WHERE tenant_id = $1 AND user_id = ANY ($2) ORDER BY role', [organization.tenantId, [mate.userId, organization.owner.userId]])).toEqual([{ role: 'admin' }, { role: 'owner' }])
    // The role that a stale request still carries is not believed.
    await expect(withTenant(organization.owner, (scope) => transferOwnership(scope, { id }))).rejects.toThrow()
    expect(await eventsOf(organization, 'organization.transferred')).toHaveLength(1)
  })
})

describe('listMemberRows', () => {
  test('everybody sees names and roles; how people sign in is for owners and admins', async () => {
    const viewer = await organization.add('viewer')
    expect((await list(viewer)).members.map(({ facts }) => facts)).toEqual([null, null])
    const [owner] = (await list(organization.owner)).members
    expect(owner).toMatchObject({ isMe: true, role: 'owner', facts: { signsInBy: [], hasSecondFactor: false, kind: 'person' } })
    await expect(withTenant(viewer, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.member_facts()`)).rejects.toThrow('owner or admin')
    await expect(withTenant({ ...viewer, role: 'owner' } as Member, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.member_facts()`)).rejects.toThrow('owner or admin')
    expect((await list(other.owner)).total).toBe(1)
  })

  test('how to reach those who have left, or whom a rule turned away, is not the organization’s any more', async () => {
    const facts = async () => (await withTenant(organization.owner, ({ tx }) => tx.$queryRaw<{ user_id: string }[]>`SELECT * FROM kernel.member_facts()`)).map(({ user_id: id }) => id)
    const mate = await organization.add('member')
    expect(await facts()).toContain(mate.userId)
    for (const [status, isKnown] of [['suspended', true], ['removed', false], ['declined', false]] as const) {
      await look('UPDATE memberships SET status = $2 WHERE user_id = $1', [mate.userId, status])
      expect((await facts()).includes(mate.userId), status).toBe(isKnown)
    }
  })

  test('finds by name and by address, and those who have left only when asked', async () => {
    const mate = await organization.add('field')
    const find = (filter: object) => withTenant(organization.owner, (scope) => listMemberRows(scope, memberFilterSchema.parse(filter)))
    expect((await find({ q: 'THE FIELD' })).members.map(({ userId }) => userId)).toEqual([mate.userId])
    expect((await find({ q: mate.userId })).total).toBe(1)
    await look(`UPDATE memberships SET status = 'removed' WHERE user_id = $1`, [mate.userId])
    expect((await find({})).total).toBe(1)
    expect((await find({ status: 'removed' })).members).toMatchObject([{ userId: mate.userId, status: 'removed' }])
  })
})
