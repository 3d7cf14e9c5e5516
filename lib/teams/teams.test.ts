import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inviteSchema } from '@/lib/access/schema'
import { createInvitation } from '@/lib/invitations/invitations'
import { addMember } from '@/lib/members/members'
import { shareProject } from '@/lib/projects/sharing'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, makeUser, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { getTeam } from './team-list'
import { addTeamMembers, removeTeamMember, setTeamRole } from './team-members'
import { createTeam, deleteTeam, listTeams, updateTeam } from './teams'

let organization: TestOrganization
let other: TestOrganization
beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
})
afterAll(closeConnections)

const make = (name: string, userIds: string[] = []) => withTenant(organization.owner, (scope) => createTeam(scope, { name, userIds }))
const leadOf = async (id: string) => {
  const lead = await organization.add('manager')
  await withTenant(organization.owner, async (scope) => {
    await addTeamMembers(scope, { id, userIds: [lead.userId] })
    await setTeamRole(scope, { id, userId: lead.userId, role: 'lead' })
  })
  return lead
}

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

describe('updateTeam', () => {
  const update = (member: Member, id: string, name: string, version = 1) => withTenant(member, (scope) => updateTeam(scope, { id, version, name, description: 'What we do' }))

  test('an admin renames it; a manager who leads it may not', async () => {
    const { id } = await make('Before')
    const lead = await leadOf(id)
    await expect(update(lead, id, 'By lead')).rejects.toMatchObject({ status: 403 })
    await update(await organization.add('admin'), id, 'After')
    expect(await withTenant(organization.owner, (scope) => getTeam(scope, id))).toMatchObject({ name: 'After', description: 'What we do', version: 2 })
  })
  test('a name that is taken, and a change of something older, are refused', async () => {
    const { id } = await make('Mine')
    await make('Taken')
    await expect(update(organization.owner, id, ' TAKEN')).rejects.toMatchObject({ code: 'conflict' })
    await update(organization.owner, id, 'Mine still')
    await expect(update(organization.owner, id, 'Mine again')).rejects.toMatchObject({ code: 'changed_elsewhere' })
  })
  test('another organization finds none', async () => {
    await expect(update(other.owner, (await make('Hidden')).id, 'Stolen')).rejects.toMatchObject({ status: 404 })
  })
})

describe('team members', () => {
  const add = (member: Member, id: string, userIds: string[]) => withTenant(member, (scope) => addTeamMembers(scope, { id, userIds }))
  const remove = (member: Member, id: string, userId: string) => withTenant(member, (scope) => removeTeamMember(scope, { id, userId }))
  const appoint = (member: Member, id: string, userId: string, role: 'lead' | 'member' = 'lead') => withTenant(member, (scope) => setTeamRole(scope, { id, userId, role }))
  const raw = (member: Member, teamId: string, userId: string) => withTenant(member, ({ tx }) => tx.teamMember.createMany({ data: [{ teamId, userId }] }))

  test('an admin and the manager who leads it put people in, take them out and name leads; twice changes nothing', async () => {
    const { id } = await make('Led')
    const [lead, person] = [await leadOf(id), await organization.add('member')]
    for (const member of [await organization.add('admin'), lead]) {
      expect(await add(member, id, [person.userId])).toEqual({ addedCount: 1 })
      expect(await add(member, id, [person.userId])).toEqual({ addedCount: 0 })
      await appoint(member, id, person.userId)
      expect((await withTenant(member, (scope) => getTeam(scope, id))).members).toMatchObject([{ role: 'lead' }, { role: 'lead' }])
      await remove(member, id, person.userId)
      await expect(remove(member, id, person.userId)).rejects.toMatchObject({ status: 404 })
      await expect(appoint(member, id, person.userId)).rejects.toMatchObject({ status: 404 })
    }
  })

  test('a manager in another team, and a lead who is no manager, may not; nor does the database let them', async () => {
    const [{ id }, { id: elsewhere }] = [await make('Kept'), await make('Elsewhere')]
    const [foreignLead, person] = [await leadOf(elsewhere), await organization.add('viewer')]
    const memberLead = await organization.add('member')
    await add(organization.owner, id, [memberLead.userId])
    await appoint(organization.owner, id, memberLead.userId)
    for (const member of [foreignLead, memberLead, await organization.add('manager'), await organization.add('field'), person]) {
      for (const attempt of [() => add(member, id, [person.userId]), () => remove(member, id, memberLead.userId), () => appoint(member, id, memberLead.userId)]) await expect(attempt()).rejects.toMatchObject({ status: 403 })
      await expect(raw(member, id, person.userId)).rejects.toMatchObject({ meta: { driverAdapterError: { cause: { originalCode: '42501' } } } })
      expect(await withTenant(member, ({ tx }) => tx.teamMember.deleteMany({ where: { teamId: id } }))).toEqual({ count: 0 })
      // A row of one's own team is not moved into another.
      const moved = withTenant(member, ({ tx }) => tx.teamMember.updateMany({ where: { teamId: elsewhere }, data: { teamId: id } }))
      if (member === foreignLead) await expect(moved).rejects.toThrow()
      else expect(await moved).toEqual({ count: 0 })
    }
    expect((await withTenant(organization.owner, (scope) => getTeam(scope, id))).members).toHaveLength(1)
  })

  test('another organization puts nobody in, and its people are not put in', async () => {
    const { id } = await make('Closed')
    await expect(add(other.owner, id, [other.owner.userId])).rejects.toMatchObject({ status: 404 })
    await expect(add(organization.owner, id, [other.owner.userId])).rejects.toMatchObject({ status: 422 })
  })
})

describe('deleteTeam', () => {
  const remove = (member: Member, id: string, heirId: string | null = null) => withTenant(member, (scope) => deleteTeam(scope, { id, heirId }))
  const inTeam = async (id: string, visibility: 'team' | 'private' = 'team') => {
    const owner = await organization.add('member')
    const project = await makeProject(owner)
    await withTenant(owner, (scope) => shareProject(scope, { id: project.id, version: 1, visibility, defaultAccess: 'edit', teamId: visibility === 'team' ? id : null, shares: visibility === 'team' ? [] : [`team:${id}:view`] }))
    return { owner, project }
  }
  const sees = (member: Member, id: string) => withTenant(member, async ({ tx }) => (await tx.project.count({ where: { id } })) === 1)

  test('an empty one goes, with its people and the invitations into it; twice is not found', async () => {
    const { id } = await make('To go', [organization.owner.userId])
    await withTenant(organization.owner, (scope) => createInvitation(scope, inviteSchema.parse({ email: `${id}@fern.example`, delivery: 'link', teamIds: id })))
    await remove(organization.owner, id)
    await expect(remove(organization.owner, id)).rejects.toMatchObject({ status: 404 })
  })

  test('one that shows something alone goes only when another takes over, whose people see it then', async () => {
    const person = await organization.add('member')
    const [{ id }, { id: heir }] = [await make('Old crew'), await make('New crew', [person.userId])]
    const { project } = await inTeam(id)
    await expect(remove(organization.owner, id)).rejects.toMatchObject({ code: 'team_in_use' })
    await expect(remove(organization.owner, id, id)).rejects.toMatchObject({ code: 'team_in_use' })
    expect(await sees(person, project.id)).toBe(false)
    expect(await remove(organization.owner, id, heir)).toEqual({ name: 'Old crew', movedCount: 1 })
    expect(await sees(person, project.id)).toBe(true)
  })

  test('a private project that lists it loses the line, is not told of, and goes to nobody else', async () => {
    const [before, after] = [await organization.add('member'), await organization.add('member')]
    const [{ id }, { id: heir }] = [await make('Listed', [before.userId]), await make('Heir', [after.userId])]
    const { owner, project } = await inTeam(id, 'private')
    expect(await sees(before, project.id)).toBe(true)
    expect(await remove(organization.owner, id, heir)).toEqual({ name: 'Listed', movedCount: 0 })
    expect([await sees(before, project.id), await sees(after, project.id), await sees(owner, project.id)]).toEqual([false, false, true])
  })

  test('a manager who leads it may not, nor another organization', async () => {
    const { id } = await make('Stays')
    await expect(remove(await leadOf(id), id)).rejects.toMatchObject({ status: 403 })
    await expect(remove(other.owner, id)).rejects.toMatchObject({ status: 404 })
    expect(await withTenant(await leadOf(id), ({ tx }) => tx.team.deleteMany({ where: { id } }))).toEqual({ count: 0 })
    await expect(withTenant(await leadOf(id), ({ tx }) => tx.$executeRaw`SELECT kernel.take_team_off(${id}::uuid)`)).rejects.toThrow()
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
