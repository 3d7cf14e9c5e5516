import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ForbiddenError, NotFoundError } from '@/lib/errors'
import { deleteProject, listDeletedProjects, restoreProject } from '@/lib/projects/deletion'
import { createProject, listProjects } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { createTask } from '@/lib/tasks/tasks'
import { createTaskSchema } from '@/lib/tasks/schema'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { listMemberRows } from './member-list'
import { readHoldings, removeMember } from './offboarding'
import { memberFilterSchema, removeMemberSchema } from './schema'

let organization: TestOrganization, other: TestOrganization
let leaver: Member, heir: Member, id: string
beforeEach(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  leaver = await organization.add('member')
  heir = await organization.add('member')
  ;[{ id } = { id: '' }] = await look<{ id: string }>('SELECT id FROM memberships WHERE user_id = $1', [leaver.userId])
  await withTenant(leaver, async (scope) => {
    const shared = await createProject(scope, createProjectSchema.parse({ name: 'Shared', visibility: 'organization' }))
    await createProject(scope, createProjectSchema.parse({ name: 'Diary', visibility: 'private' }))
    await createTask(scope, createTaskSchema.parse({ projectId: shared.id, title: 'Half done', assignees: [leaver.userId] }))
  })
})
afterAll(closeConnections)

const remove = (by: Member, input: object = {}) => withTenant(by, (scope) => removeMember(scope, removeMemberSchema.parse({ id, ...input })))
const all = () => ({ projectsTo: heir.userId, privateTo: heir.userId, tasksTo: heir.userId })
const namesSeenBy = (member: Member) => withTenant(member, async (scope) => (await listProjects(scope, { today: '2026-01-01' })).map(({ name }) => name).sort())
const standing = () => look<{ status: string }>('SELECT status FROM memberships WHERE id = $1', [id])

describe('readHoldings', () => {
  test('an owner sees shared projects by name and private ones as a number', async () => {
    const { leaver: who, holdings } = await withTenant(organization.owner, (scope) => readHoldings(scope, id))
    expect(who).toMatchObject({ userId: leaver.userId, isMe: false })
    expect(holdings).toMatchObject({ projects: [{ name: 'Shared' }], otherProjectCount: 0, privateCount: 1, openTaskCount: 1 })
    expect(JSON.stringify(holdings)).not.toContain('Diary')
  })

  test('a member reads their own and nobody else’s; another organization nothing', async () => {
    expect((await withTenant(leaver, (scope) => readHoldings(scope, id))).holdings.privateCount).toBe(1)
    await expect(withTenant(heir, (scope) => readHoldings(scope, id))).rejects.toThrow(ForbiddenError)
    await expect(withTenant(heir, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.holdings_of(${leaver.userId}::uuid)`)).rejects.toThrow('owner or admin')
    await expect(withTenant(other.owner, (scope) => readHoldings(scope, id))).rejects.toThrow(NotFoundError)
  })
})

describe('what somebody who has left still holds', () => {
  beforeEach(() => look(`UPDATE memberships SET status = 'removed' WHERE id = $1`, [id]))
  const list = (by: Member, status = 'holding') => withTenant(by, (scope) => listMemberRows(scope, memberFilterSchema.parse({ status })))

  test('an owner and an admin see who, and hand it over; the seat stays given up', async () => {
    const admin = await organization.add('admin')
    expect((await list(admin)).members).toMatchObject([{ id, holds: { projectCount: 2, taskCount: 1 } }])
    expect((await withTenant(admin, (scope) => readHoldings(scope, id))).leaver).toMatchObject({ hasLeft: true })
    await expect(remove(admin)).rejects.toMatchObject({ status: 422 })
    await remove(admin, all())
    expect(await namesSeenBy(heir)).toEqual(expect.arrayContaining(['Diary', 'Shared']))
    expect(await look('SELECT user_id FROM task_assignees WHERE tenant_id = $1', [organization.tenantId])).toEqual([{ user_id: heir.userId }])
    expect(await standing()).toEqual([{ status: 'removed' }])
    expect(await look(`SELECT changes ? 'status' AS says_removed FROM audit_events e JOIN audit_details d ON d.event_id = e.id WHERE e.tenant_id = $1 AND action = 'member.handed_over'`, [organization.tenantId])).toEqual([{ says_removed: false }])
    expect(await list(admin)).toMatchObject({ members: [], holderCount: 0 })
  })

  test('a member sees and hands over nothing, twice finds nothing, another organization finds nobody', async () => {
    expect(await list(heir)).toMatchObject({ members: [], holderCount: 0 })
    await expect(withTenant(heir, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.former_holders()`)).rejects.toThrow('owner or admin')
    await expect(remove(heir, all())).rejects.toThrow(ForbiddenError)
    await expect(remove(other.owner, all())).rejects.toThrow(NotFoundError)
    expect((await list(other.owner)).holderCount).toBe(0)
    await remove(organization.owner, all())
    await expect(remove(organization.owner, all())).rejects.toThrow(NotFoundError)
  })

  test('an owner’s things are an owner’s to hand over', async () => {
    await look(`UPDATE memberships SET role = 'owner' WHERE id = $1`, [id])
    await expect(remove(await organization.add('admin'), all())).rejects.toThrow(ForbiddenError)
    await remove(organization.owner, all())
  })
})

describe('what lies in the trash', () => {
  const throwAway = async (name: string) => {
    const [{ id: projectId, key } = { id: '', key: '' }] = await look<{ id: string; key: string }>('SELECT c.id, p.key FROM containers c JOIN projects p ON p.id = c.id WHERE c.tenant_id = $1 AND c.name = $2', [organization.tenantId, name])
    await withTenant(leaver, (scope) => deleteProject(scope, { id: projectId, confirmation: key }))
    return projectId
  }
  const inTrashOf = async (member: Member) => (await withTenant(member, listDeletedProjects)).map(({ name }) => name).sort()

  test('is counted, the private part without its name, and goes to the receivers, who restore it; the history says so', async () => {
    const [diary] = [await throwAway('Diary'), await throwAway('Shared')]
    const { holdings } = await withTenant(organization.owner, (scope) => readHoldings(scope, id))
    expect(holdings).toMatchObject({ projects: [], otherProjectCount: 0, privateCount: 0, trashCount: 1, privateTrashCount: 1 })
    expect(JSON.stringify(holdings)).not.toContain('Diary')
    const removed = await remove(organization.owner, { privateTo: heir.userId, projectsTo: heir.userId })
    expect(removed.handed).toEqual([{ what: 'project in the trash', count: 1, to: heir.userId }, { what: 'private project in the trash', count: 1, to: heir.userId }])
    expect(await look(`SELECT changes->'privateTrash' AS given FROM audit_events e JOIN audit_details d ON d.event_id = e.id WHERE e.tenant_id = $1 AND action = 'member.removed'`, [organization.tenantId])).toEqual([{ given: [1, heir.userId] }])
    expect([await inTrashOf(heir), await inTrashOf(organization.owner)]).toEqual([['Diary', 'Shared'], ['Shared']])
    await withTenant(heir, (scope) => restoreProject(scope, diary))
    expect(await namesSeenBy(heir)).toContain('Diary')
    expect(await namesSeenBy(organization.owner)).not.toContain('Diary')
    expect(await look('SELECT owner_user_id FROM containers WHERE id = $1', [diary])).toEqual([{ owner_user_id: heir.userId }])
  })

  test('private, needs a receiver who may restore it, unless one goes oneself', async () => {
    await throwAway('Diary')
    const viewer = await organization.add('viewer')
    await expect(remove(organization.owner, { projectsTo: heir.userId })).rejects.toMatchObject({ status: 422, fields: { privateTo: [expect.stringContaining('in the trash')] } })
    await expect(remove(organization.owner, { projectsTo: heir.userId, privateTo: viewer.userId })).rejects.toMatchObject({ status: 422, fields: { privateTo: [expect.stringContaining('may not restore')] } })
    expect(await standing()).toEqual([{ status: 'active' }])
    await remove(leaver, { projectsTo: heir.userId })
    expect(await standing()).toEqual([{ status: 'removed' }])
  })

  test('of somebody who has left already is still handed over, once, until it is erased', async () => {
    await throwAway('Diary')
    await remove(leaver, { projectsTo: heir.userId, tasksTo: heir.userId })
    const left = async (by: Member) => (await withTenant(by, (scope) => listMemberRows(scope, memberFilterSchema.parse({ status: 'holding' })))).members.map(({ holds }) => holds)
    expect([await left(organization.owner), await left(other.owner)]).toEqual([[{ projectCount: 0, taskCount: 0, trashCount: 1 }], []])
    await expect(remove(heir, { privateTo: heir.userId })).rejects.toThrow(ForbiddenError)
    await expect(remove(other.owner, { privateTo: other.owner.userId })).rejects.toThrow(NotFoundError)
    await remove(organization.owner, { privateTo: heir.userId })
    expect([await inTrashOf(heir), await left(organization.owner)]).toEqual([['Diary'], []])
    await expect(remove(organization.owner, { privateTo: heir.userId })).rejects.toThrow(NotFoundError)
  })

  test('whose thirty days are over is nobody’s to hand over', async () => {
    const diary = await throwAway('Diary')
    await look(`UPDATE containers SET deleted_at = now() - interval '31 days', purge_after = now() - interval '1 second' WHERE id = $1`, [diary])
    expect((await withTenant(organization.owner, (scope) => readHoldings(scope, id))).holdings).toMatchObject({ privateTrashCount: 0 })
    await remove(organization.owner, { projectsTo: heir.userId })
    expect(await look('SELECT owner_user_id FROM containers WHERE id = $1', [diary])).toEqual([{ owner_user_id: leaver.userId }])
  })

  test('the doors to it are the organization’s own: no member calls them', async () => {
    for (const by of [organization.owner, heir]) {
      await expect(withTenant(by, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.trash_of(${leaver.userId}::uuid)`)).rejects.toThrow('permission denied')
      await expect(withTenant(by, ({ tx }) => tx.$executeRaw`SELECT kernel.hand_over_trash(${leaver.userId}::uuid, ${by.userId}::uuid, ${by.userId}::uuid, now())`)).rejects.toThrow('permission denied')
    }
  })
})

describe('removeMember', () => {
  test('an admin hands everything over in one act, private projects too, and the history says so', async () => {
    const admin = await organization.add('admin')
    expect(await namesSeenBy(heir)).not.toContain('Diary')
    await remove(admin, all())
    expect(await standing()).toEqual([{ status: 'removed' }])
    expect(await namesSeenBy(heir)).toEqual(expect.arrayContaining(['Diary', 'Shared']))
    expect(await look('SELECT user_id FROM task_assignees WHERE tenant_id = $1', [organization.tenantId])).toEqual([{ user_id: heir.userId }])
    expect((await look<{ action: string }>(`SELECT action FROM audit_events WHERE tenant_id = $1 AND actor_user_id = $2 ORDER BY id`, [organization.tenantId, admin.userId])).map(({ action }) => action)).toEqual(['member.removed', 'project.handed_over'])
    // Even the one who did it does not see into what was private.
    expect(await namesSeenBy(admin)).not.toContain('Diary')
  })

  test.each([['nobody for the projects', 'projectsTo'], ['nobody for the private ones', 'privateTo']])('refused with %s, and nothing is changed', async (_, field) => {
    await expect(remove(organization.owner, { ...all(), [field]: '' })).rejects.toMatchObject({ status: 422, fields: { [field]: [expect.any(String)] } })
    expect(await standing()).toEqual([{ status: 'active' }])
    expect(await look('SELECT owner_user_id FROM containers WHERE tenant_id = $1', [organization.tenantId])).toEqual([{ owner_user_id: leaver.userId }, { owner_user_id: leaver.userId }])
  })

  test('nobody who has left, is elsewhere, or goes themselves takes over', async () => {
    for (const projectsTo of [leaver.userId, other.owner.userId, uuidv7()]) await expect(remove(organization.owner, { ...all(), projectsTo })).rejects.toMatchObject({ status: 422 })
  })

  test.each(['manager', 'member', 'field', 'viewer'] as const)('a %s removes nobody', async (role) => {
    await expect(remove(await organization.add(role), all())).rejects.toThrow(ForbiddenError)
    await expect(withTenant(heir, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.hand_over(${leaver.userId}::uuid, ${heir.userId}::uuid, ${heir.userId}::uuid, NULL, ${new Date()})`)).rejects.toThrow('owner or admin')
    expect(await standing()).toEqual([{ status: 'active' }])
  })

  test('a second time finds no member; another organization finds nobody', async () => {
    await expect(remove(other.owner, all())).rejects.toThrow(NotFoundError)
    await remove(organization.owner, all())
    await expect(remove(organization.owner, all())).rejects.toThrow(NotFoundError)
  })

  test('somebody who goes by themselves hands over too', async () => {
    await expect(remove(leaver)).rejects.toMatchObject({ status: 422 })
    const [{ userId: to }, handed] = [heir, await remove(leaver, all())]
    expect(handed).toEqual({ name: 'The member', isMe: true, hadLeft: false, tasksLeft: 0, handed: [{ what: 'project', count: 1, to }, { what: 'private project', count: 1, to }, { what: 'open task', count: 1, to }] })
    expect(await standing()).toEqual([{ status: 'removed' }])
    expect(await namesSeenBy(heir)).toContain('Diary')
  })

  test('the only owner does not go', async () => {
    const [{ id: mine } = { id: '' }] = await look<{ id: string }>('SELECT id FROM memberships WHERE user_id = $1', [organization.owner.userId])
    await expect(remove(organization.owner, { id: mine })).rejects.toMatchObject({ code: 'last_owner' })
  })

  test('keys end with them for good, and a task goes to nobody who could not see it', async () => {
    await look(`INSERT INTO api_keys (tenant_id, id, owner_user_id, name, prefix, key_hash, scopes, expires_at) VALUES ($1, gen_random_uuid(), $2, 'Robot', 'bh_robot000', sha256(gen_random_uuid()::text::bytea), '{organization:read}', now() + interval '1 day')`, [organization.tenantId, leaver.userId])
    await withTenant(leaver, async (scope) => {
      const hidden = await createProject(scope, createProjectSchema.parse({ name: 'Hidden', visibility: 'private' }))
      await createTask(scope, createTaskSchema.parse({ projectId: hidden.id, title: 'Secret', assignees: [leaver.userId] }))
    })
    expect((await withTenant(organization.owner, (scope) => readHoldings(scope, id))).holdings).toMatchObject({ keyCount: 1, openTaskCount: 2 })
    expect(await remove(organization.owner, { ...all(), tasksTo: organization.owner.userId })).toMatchObject({ tasksLeft: 1 })
    expect(await look('SELECT t.title FROM task_assignees a JOIN tasks t ON t.id = a.task_id WHERE a.user_id = $1', [organization.owner.userId])).toEqual([{ title: 'Half done' }])
    await look(`UPDATE memberships SET status = 'active' WHERE user_id = $1`, [leaver.userId])
    expect(await look('SELECT revoked_at IS NOT NULL AS revoked FROM api_keys WHERE owner_user_id = $1', [leaver.userId])).toEqual([{ revoked: true }])
  })

  test('saved views go with them, shared ones after being counted', async () => {
    const make = (name: string, isShared: boolean) => look(`INSERT INTO saved_views (tenant_id, id, owner_user_id, list_key, name, name_lc, is_shared) VALUES ($1, gen_random_uuid(), $2, 'tasks', $3, $3, $4)`, [organization.tenantId, leaver.userId, name, isShared])
    await make('mine', false)
    await make('ours', true)
    await look(`INSERT INTO saved_views (tenant_id, id, owner_user_id, list_key, name, name_lc) VALUES ($1, gen_random_uuid(), $2, 'tasks', 'theirs', 'theirs')`, [organization.tenantId, heir.userId])
    expect((await withTenant(organization.owner, (scope) => readHoldings(scope, id))).holdings).toMatchObject({ viewCount: 1 })
    await remove(organization.owner, all())
    expect(await look('SELECT name FROM saved_views WHERE tenant_id = $1', [organization.tenantId])).toEqual([{ name: 'theirs' }])
  })

  test('grants and seats end with them, however they are removed', async () => {
    const [{ id: project } = { id: '' }] = await look<{ id: string }>(`SELECT id FROM containers WHERE tenant_id = $1 AND name = 'Shared'`, [organization.tenantId])
    await look(`INSERT INTO container_members (tenant_id, id, container_id, user_id, access) VALUES ($1, $2, $3, $4, 'manage')`, [organization.tenantId, uuidv7(), project, leaver.userId])
    await remove(organization.owner, all())
    expect(await look('SELECT id FROM container_members WHERE user_id = $1', [leaver.userId])).toEqual([])
  })
})
