import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { operationOf } from '@/lib/operations/operations'
import { createTeam } from '@/lib/teams/teams'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { changeProjectStatus, createProject, getProject, listProjects, updateProject } from './projects'
import { keyOf, slugOf } from './rules'
import { accessTo } from './access'
import { createProjectSchema, shareProjectSchema, updateProjectSchema } from './schema'
import { shareProject } from './sharing'

const TODAY = '2026-11-22'
let organization: TestOrganization
let other: TestOrganization
let colleague: Member
let viewer: Member
beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  colleague = await organization.add('member')
  viewer = await organization.add('viewer')
})
afterAll(closeConnections)

const names = (member: Member, archived = false) => withTenant(member, async (scope) => (await listProjects(scope, { today: TODAY, archived })).map(({ name }) => name))
const share = (member: Member, id: string, version: number, input: Record<string, unknown>) => withTenant(member, (scope) => shareProject(scope, shareProjectSchema.parse({ id, version, visibility: 'organization', defaultAccess: 'edit', ...input })))

describe('createProject', () => {
  test('a member creates one that everybody of the organization sees', async () => {
    await makeProject(colleague, { name: 'Seen by all' })
    expect(await names(organization.owner)).toContain('Seen by all')
    expect(await names(viewer)).toContain('Seen by all')
  })

  test.each(['viewer', 'field'] as const)('a %s may not', async (role) => {
    await expect(makeProject(await organization.add(role))).rejects.toMatchObject({ status: 403 })
  })

  test('the same name again gets another slug and key', async () => {
    const [first, second] = [await makeProject(colleague, { name: 'Twice the same' }), await makeProject(colleague, { name: 'Twice the same' })]
    expect(second.slug).not.toBe(first.slug)
    expect(second.key).not.toBe(first.key)
  })

  test('another organization sees nothing of it and has the same slug free', async () => {
    const mine = await makeProject(colleague, { name: 'Our harbor' })
    expect(await names(other.owner)).not.toContain('Our harbor')
    expect((await makeProject(other.owner, { name: 'Our harbor' })).slug).toBe(mine.slug)
  })

  test('L57 trying the name of a private project tells nothing', async () => {
    await makeProject(colleague, { name: 'Hidden plan', visibility: 'private' })
    expect(await makeProject(organization.owner, { name: 'Hidden plan' })).toMatchObject({ slug: 'hidden-plan', key: 'HP' })
  })

  test('a team of another organization is refused like none', async () => {
    const team = await withTenant(other.owner, (scope) => createTeam(scope, { name: 'Theirs', userIds: [] }))
    const attempt = withTenant(organization.owner, (scope) => createProject(scope, createProjectSchema.parse({ name: 'x', visibility: 'team', teamId: team.id })))
    await expect(attempt).rejects.toMatchObject({ status: 422 })
  })
})

describe('shareProject', () => {
  test('whoever is no longer named has lost it, whoever is named with less may do less, and nobody else is touched', async () => {
    const [named, lowered, kept] = [await organization.add('member'), await organization.add('member'), await organization.add('member')]
    const project = await makeProject(organization.owner, { visibility: 'private' })
    await share(organization.owner, project.id, 1, { visibility: 'private', shares: [`user:${named.userId}:edit`, `user:${lowered.userId}:edit`, `user:${kept.userId}:edit`] })
    await share(organization.owner, project.id, 2, { visibility: 'private', shares: [`user:${lowered.userId}:view`, `user:${kept.userId}:edit`] })
    const rights = (member: Member) => withTenant(member, (scope) => accessTo(scope, project.id))
    const sees = (member: Member) => withTenant(member, ({ tx }) => tx.project.count({ where: { id: project.id } }))
    expect([await sees(named), await sees(lowered), await sees(kept)]).toEqual([0, 1, 1])
    expect([await rights(lowered), await rights(kept)]).toMatchObject([{ canEdit: false }, { canEdit: true }])
  })

  test('private takes it from colleagues, the owner of the organization included, and naming gives it back', async () => {
    const { id, slug } = await makeProject(colleague, { name: 'To be private' })
    await share(colleague, id, 1, { visibility: 'private' })
    await expect(withTenant(organization.owner, (scope) => getProject(scope, slug))).rejects.toMatchObject({ status: 404 })
    await share(colleague, id, 2, { visibility: 'private', shares: [`user:${organization.owner.userId}:view`] })
    expect((await withTenant(organization.owner, (scope) => getProject(scope, slug))).access).toEqual({ canEdit: false, canManage: false })
    await expect(makeTask(organization.owner, id)).rejects.toMatchObject({ status: 403 })
  })

  test('whoever sees but does not manage may not, and a viewer never', async () => {
    const { id } = await makeProject(organization.owner, { name: 'Owned above' })
    await expect(share(colleague, id, 1, { visibility: 'private' })).rejects.toMatchObject({ status: 403 })
    await expect(share(viewer, id, 1, { visibility: 'private' })).rejects.toMatchObject({ status: 403 })
  })

  test('repeated with the old version is refused; a change that would shut me out as well', async () => {
    const { id } = await makeProject(colleague, { name: 'Changed twice' })
    await share(colleague, id, 1, {})
    await expect(share(colleague, id, 1, {})).rejects.toMatchObject({ status: 409 })
    await expect(share(organization.owner, id, 2, { visibility: 'private' })).rejects.toMatchObject({ status: 403 })
  })

  test('another organization cannot, and its people cannot be named', async () => {
    const { id } = await makeProject(colleague, { name: 'Not theirs' })
    await expect(share(other.owner, id, 1, {})).rejects.toMatchObject({ status: 404 })
    await expect(share(colleague, id, 1, { shares: [`user:${other.owner.userId}:view`] })).rejects.toMatchObject({ status: 422 })
  })
})

describe('updateProject and changeProjectStatus', () => {
  const edit = (member: Member, id: string, version: number) => withTenant(member, (scope) => updateProject(scope, updateProjectSchema.parse({ id, version, name: 'Renamed', targetOn: '' })))
  const become = (member: Member, id: string, version: number, status: 'active' | 'archived' | 'completed', confirmed = false) => withTenant(member, (scope) => changeProjectStatus(scope, { id, version, status, confirmed }))

  test('its owner edits, archives and takes it up again', async () => {
    const { id } = await makeProject(colleague, { name: 'Edited' })
    await edit(colleague, id, 1)
    await become(colleague, id, 2, 'archived')
    expect(await names(colleague, true)).toContain('Renamed')
    await expect(become(colleague, id, 3, 'completed')).rejects.toMatchObject({ status: 409 })
    await become(colleague, id, 3, 'active')
    expect(await names(colleague)).toContain('Renamed')
  })

  test('with open tasks it is completed only when that is meant; the refusal counts them', async () => {
    const { id } = await makeProject(colleague, { name: 'Half done' })
    await makeTask(colleague, id)
    await expect(become(colleague, id, 1, 'completed')).rejects.toMatchObject({ status: 409, code: 'confirm_complete', message: expect.stringContaining('1 task is still open.'), detail: { count: 1 } })
    await makeTask(colleague, id)
    await expect(become(colleague, id, 1, 'completed')).rejects.toMatchObject({ message: expect.stringContaining('2 tasks are still open.') })
    await become(colleague, id, 1, 'completed', true)
    const { id: empty } = await makeProject(colleague, { name: 'All done' })
    await become(colleague, empty, 1, 'completed')
  })

  test('it has a start day, which is not after its target day', async () => {
    const { id, slug } = await makeProject(colleague, { name: 'Dated' })
    const dated = (startsOn: string, targetOn: string) => updateProjectSchema.safeParse({ id, version: 1, name: 'Dated', startsOn, targetOn })
    expect(dated('2026-12-02', '2026-12-01').error?.issues).toEqual([expect.objectContaining({ path: ['startsOn'], message: 'Choose a start day that is not after the target day.' })])
    await withTenant(colleague, (scope) => updateProject(scope, dated('2026-12-01', '2026-12-01').data!))
    expect(await withTenant(colleague, (scope) => getProject(scope, slug))).toMatchObject({ startsOn: new Date('2026-12-01'), targetOn: new Date('2026-12-01') })
    const change = (input: object) => withTenant(colleague, (scope) => operationOf('update_project').perform(scope, { project: slug, version: 2, ...input }))
    await expect(change({ target_on: '2026-11-30' })).rejects.toMatchObject({ status: 422, fields: { starts_on: [expect.stringContaining('not after')] } })
    expect(await change({ target_on: null })).toMatchObject({ project: { starts_on: '2026-12-01', target_on: null } })
    expect(await withTenant(colleague, (scope) => operationOf('create_project').perform(scope, { name: 'Dated too', starts_on: '2027-01-01' }))).toMatchObject({ project: { starts_on: '2027-01-01' } })
  })

  test('a colleague may not, repeated is stale, another organization finds nothing', async () => {
    const { id } = await makeProject(organization.owner, { name: 'Guarded' })
    await expect(edit(colleague, id, 1)).rejects.toMatchObject({ status: 403 })
    await edit(organization.owner, id, 1)
    await expect(edit(organization.owner, id, 1)).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere' })
    await expect(edit(other.owner, id, 2)).rejects.toMatchObject({ status: 404 })
    await expect(become(other.owner, id, 2, 'archived')).rejects.toMatchObject({ status: 404 })
  })
})

test.each([['Fern & Forge', 'fern-forge', 'FF'], ["Kit's lab", 'kits-lab', 'KL'], ['Ünïcödé', 'unicode', 'UNIC'], ['!!!', 'project', 'PROJ'], ['7 wonders', '7-wonders', 'WOND'], ['A', 'a', 'AX']])('%j has slug %j and key %j', (name, slug, key) => {
  expect([slugOf(name), keyOf(name)]).toEqual([slug, key])
})
