import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linkTasks } from '@/lib/links/links'
import { linkTasksSchema, RELATIONS } from '@/lib/links/schema'
import { getTask } from '@/lib/tasks/tasks'
import { searchRecords } from '@/lib/search/search'
import { checksumsOf, tracesOf } from '@/lib/testing/checksums'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import { setLimit } from '@/lib/testing/set-limit'
import { createTeam, deleteTeam } from '@/lib/teams/teams'
import { ask } from '@/lib/platform/ask'
import type { Member } from '@/lib/tenancy/member'
import { type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { deleteProject, eraseDueProjects, listDeletedProjects, restoreProject, weighProject } from './deletion'
import { createProject, getProject, listProjects } from './projects'
import { createProjectSchema } from './schema'

let twin: Twin, other: Twin
let keeper: Member, colleague: Member, viewer: Member, admin: Member
beforeAll(async () => {
  ;[twin, other] = await makeTwins()
  ;[keeper, colleague, viewer, admin] = [await twin.add('member'), await twin.add('member'), await twin.add('viewer'), await twin.add('admin')]
}, 60_000)
afterAll(closeConnections)

const as = <T>(member: Member, work: (scope: Scope) => Promise<T>) => withTenant(member, work)
const remove = (member: Member, id: string, confirmation: string) => as(member, (scope) => deleteProject(scope, { id, confirmation }))
const restore = (member: Member, id: string) => as(member, (scope) => restoreProject(scope, id))
const deleted = async (member: Member) => (await as(member, listDeletedProjects)).map(({ name }) => name)
const actions = async (id: string) => (await look<{ action: string }>('SELECT action FROM audit_events WHERE entity_id = $1 AND action ~ $2 ORDER BY at', [id, 'deleted|restored|erased'])).map(({ action }) => action)
const rows = async () => {
  const { audit_events: _events, audit_details: _details, containers: _containers, ...kept } = await checksumsOf(twin.tenantId)
  return kept
}
const due = (id: string) => look(`UPDATE containers SET deleted_at = now() - interval '31 days', purge_after = now() - interval '1 second' WHERE id = $1`, [id])

describe('deleteProject and restoreProject', () => {
  test('its owner types its key; it is gone for everybody with all that is in it, and back complete', async () => {
    const project = await makeProject(keeper, { name: 'Mudflat' })
    const task = await makeTask(keeper, project.id, { title: 'Drain the mudflat' })
    const outside = await makeTask(keeper, twin.projectId, { title: 'Elsewhere' })
    await as(keeper, (scope) => linkTasks(scope, linkTasksSchema.parse({ taskId: outside.id, otherId: task.id, relation: RELATIONS[0] })))
    expect(await as(keeper, (scope) => weighProject(scope, project.id))).toEqual({ tasks: 1, files: 0, ideas: 0, notes: 0 })
    await expect(remove(keeper, project.id, 'Mudflat')).rejects.toMatchObject({ status: 422, fields: { confirmation: [`Type ${project.key} to confirm.`] } })
    const before = await rows()

    await remove(keeper, project.id, ` ${project.key.toLowerCase()} `)
    for (const member of [keeper, colleague, twin.owner]) {
      await expect(as(member, (scope) => getProject(scope, project.slug))).rejects.toMatchObject({ status: 404 })
      await expect(as(member, (scope) => getTask(scope, project.slug, 1))).rejects.toMatchObject({ status: 404 })
      expect(await as(member, async (scope) => [(await listProjects(scope, { today: '2026-11-22' })).filter(({ id }) => id === project.id), await searchRecords(scope, 'mudflat', { kinds: undefined, limit: 10 })])).toEqual([[], []])
      expect(await as(member, (scope) => scope.tx.container.count({ where: { id: project.id } }))).toBe(0)
      expect(await as(member, (scope) => scope.tx.recordLink.count({ where: { OR: [{ fromTaskId: outside.id }, { toTaskId: outside.id }] } }))).toBe(0)
    }
    await expect(remove(keeper, project.id, project.key)).rejects.toMatchObject({ status: 404 })
    expect(await restore(keeper, project.id)).toEqual({ name: 'Mudflat' })
    await expect(restore(keeper, project.id)).rejects.toMatchObject({ status: 404 })
    expect(await rows()).toEqual(before)
    expect((await as(colleague, (scope) => getTask(scope, project.slug, 1))).title).toBe('Drain the mudflat')
    expect((await makeTask(keeper, project.id)).number).toBe(2)
    expect(await actions(project.id)).toEqual(['project.deleted', 'project.restored'])
  })

  test('a colleague, a viewer and another organization may not', async () => {
    const { id, key } = await makeProject(keeper, { name: 'Guarded' })
    await expect(remove(colleague, id, key)).rejects.toMatchObject({ status: 403 })
    await expect(remove(viewer, id, key)).rejects.toMatchObject({ status: 403 })
    await expect(remove(other.owner, id, key)).rejects.toMatchObject({ status: 404 })
    await expect(as(other.owner, (scope) => weighProject(scope, id))).rejects.toMatchObject({ status: 404 })
    await remove(admin, id, key)
    expect(await deleted(colleague)).not.toContain('Guarded')
    expect(await deleted(other.owner)).not.toContain('Guarded')
    for (const member of [colleague, other.owner]) await expect(restore(member, id)).rejects.toMatchObject({ status: 404 })
    await expect(restore(viewer, id)).rejects.toMatchObject({ status: 403 })
    expect(await deleted(keeper)).toContain('Guarded')
    await restore(keeper, id)
  })

  test('a private one is hidden from owners before and after, its name in the history too', async () => {
    const { id, key } = await makeProject(keeper, { name: 'Secret orchard', visibility: 'private' })
    await expect(remove(twin.owner, id, key)).rejects.toMatchObject({ status: 404 })
    await remove(keeper, id, key)
    expect(await deleted(twin.owner)).not.toContain('Secret orchard')
    await expect(restore(twin.owner, id)).rejects.toMatchObject({ status: 404 })
    expect(await as(twin.owner, (scope) => scope.tx.auditDetail.count({ where: { label: 'Secret orchard' } }))).toBe(0)
    await restore(keeper, id)
  })

  test('it takes no place of the plan, and comes back only into a free one', async () => {
    const [place] = await look<{ n: number }>(`SELECT count(*)::int AS n FROM containers WHERE tenant_id = $1 AND kind = 'project' AND archived_at IS NULL AND deleted_at IS NULL`, [twin.tenantId])
    const { id, key } = await makeProject(keeper, { name: 'Counted' })
    await setLimit(twin.tenantId, 'projects', place!.n + 1)
    await expect(makeProject(keeper)).rejects.toMatchObject({ status: 409 })
    await remove(keeper, id, key)
    await as(keeper, (scope) => createProject(scope, createProjectSchema.parse({ name: 'In its place' })))
    await expect(restore(keeper, id)).rejects.toMatchObject({ status: 409 })
    await setLimit(twin.tenantId, 'projects', 100)
    await restore(keeper, id)
  })

  test('a team can be deleted that only a deleted project was shown to: it is private when it comes back', async () => {
    const team = await as(admin, (scope) => createTeam(scope, { name: 'Short-lived', userIds: [] }))
    const { id, key, slug } = await as(admin, (scope) => createProject(scope, createProjectSchema.parse({ name: 'Shown', visibility: 'team', teamId: team.id })))
    await remove(admin, id, key)
    await as(admin, (scope) => deleteTeam(scope, { id: team.id, heirId: null }))
    await restore(admin, id)
    expect((await as(admin, (scope) => getProject(scope, slug))).visibility).toBe('private')
  })

  test('whoever restores a project of somebody who left takes it over', async () => {
    const leaver = await twin.add('member')
    const { id, slug, key } = await makeProject(leaver, { name: 'Left behind' })
    await remove(leaver, id, key)
    await look(`UPDATE memberships SET status = 'removed' WHERE tenant_id = $1 AND user_id = $2`, [twin.tenantId, leaver.userId])
    await restore(admin, id)
    expect((await as(admin, (scope) => getProject(scope, slug))).ownerUserId).toBe(admin.userId)
  })
})

describe('eraseDueProjects', () => {
  test('not before its time; then nothing is left of it but its key, and nothing else is touched', async () => {
    const kept = await makeProject(keeper, { name: 'Kept' })
    const task = await makeTask(keeper, kept.id, { title: 'Kept task' })
    const { id, key, name } = await as(twin.owner, (scope) => getProject(scope, twin.projectSlug))
    const elsewhere = await checksumsOf(other.tenantId)
    await remove(twin.owner, id, key)
    expect((await eraseDueProjects()).map((one) => one.id)).not.toContain(id)
    await expect(ask('erase_project($1, $2, $3, $4)', [twin.tenantId, id, new Date('2100-01-01'), 10])).rejects.toThrow('not to be erased')
    await due(id)
    await expect(restore(twin.owner, id)).rejects.toMatchObject({ status: 404 })
    expect((await ask<{ is_over: boolean }>('erase_project($1, $2, $3, $4)', [twin.tenantId, id, new Date(), 5]))[0]).toMatchObject({ is_over: false })
    const [erased] = (await eraseDueProjects()).filter((one) => one.id === id)
    expect(erased!.rows).toBeGreaterThan(20)
    expect((await tracesOf(id)).filter((column) => !/^(audit_|containers\.id|projects\.(id|slug)|api_keys\.)/.test(column))).toEqual([])
    expect(await look('SELECT name, purge_after FROM containers WHERE id = $1', [id])).toEqual([{ name: 'Deleted project', purge_after: null }])
    expect(await look('SELECT key, description FROM projects WHERE id = $1', [id])).toEqual([{ key, description: '' }])
    expect((await eraseDueProjects()).map((one) => one.id)).not.toContain(id)
    expect(await actions(id)).toEqual(['project.deleted', 'project.erased'])
    expect(await deleted(twin.owner)).toEqual([])
    expect((await as(keeper, (scope) => scope.tx.task.findFirstOrThrow({ where: { id: task.id } }))).title).toBe('Kept task')
    expect(await checksumsOf(other.tenantId)).toEqual(elsewhere)
    // Its key stays taken: no number of it comes to mean another task.
    expect((await makeProject(twin.owner, { name })).key).not.toBe(key)
  }, 60_000)

  test('a random id is none to erase, nor is one of an organization by the id of another', async () => {
    const { id, key } = await makeProject(keeper, { name: 'Mine' })
    await remove(keeper, id, key)
    await due(id)
    await expect(ask('erase_project($1, $2, $3, $4)', [other.tenantId, id, new Date(), 10])).rejects.toThrow('not to be erased')
    await expect(ask('erase_project($1, $2, $3, $4)', [twin.tenantId, uuidv7(), new Date(), 10])).rejects.toThrow('not to be erased')
    await eraseDueProjects()
  })
})
