import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ForbiddenError, NotFoundError } from '@/lib/errors'
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
