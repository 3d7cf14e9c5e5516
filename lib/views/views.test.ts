import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createViewSchema, updateViewSchema } from './schema'
import { createView, deleteView, listViews, updateView } from './views'

let organization: TestOrganization, other: TestOrganization
let member: Member
beforeEach(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  member = await organization.add('member')
})
afterAll(closeConnections)

const create = (by: Member, input: Record<string, unknown> = {}) => withTenant(by, (scope) => createView(scope, createViewSchema.parse({ list: 'tasks', name: 'Overdue', query: 'due=overdue&sort=due', ...input })))
const update = (by: Member, id: string, input: Record<string, unknown> = {}) => withTenant(by, (scope) => updateView(scope, updateViewSchema.parse({ id, name: 'Overdue', ...input })))
const drop = (by: Member, id: string) => withTenant(by, (scope) => deleteView(scope, id))
const list = (by: Member, of: 'tasks' | 'calendar' | 'timeline' | 'workload' | 'members' | 'audit' = 'tasks') => withTenant(by, (scope) => listViews(scope, of))
const names = async (by: Member) => (await list(by)).map(({ name }) => name)

describe('createView', () => {
  test('keeps the filters of a list and not the place in it; a shared one is seen by everybody, another by its owner alone', async () => {
    await create(member, { query: 'due=overdue&sort=due&after=abc&new=task&q=' })
    await create(member, { name: 'For all', isShared: 'true' })
    expect(await list(member)).toMatchObject([{ name: 'For all', isShared: true, isMine: true, owner: null }, { name: 'Overdue', query: 'due=overdue&sort=due', isShared: false, isMine: true }])
    expect(await list(organization.owner)).toMatchObject([{ name: 'For all', isMine: false, owner: member.displayName }])
    expect(await list(member, 'members')).toEqual([])
    await create(member, { list: 'timeline', query: 'zoom=month&reviewer=me&finding=stale' })
    expect(await list(member, 'timeline')).toMatchObject([{ query: expect.stringMatching(/^(?=.*zoom=month)(?=.*reviewer=me)(?=.*finding=stale)/) }])
    await expect(create(member, { list: 'timeline', query: 'zoom=day' })).rejects.toBeInstanceOf(InvalidError)
  })

  test('a viewer keeps views and shares none; nobody keeps one of a list that they may not read', async () => {
    const viewer = await organization.add('viewer')
    await create(viewer)
    expect(await names(viewer)).toEqual(['Overdue'])
    await expect(create(viewer, { name: 'Shared', isShared: 'true' })).rejects.toBeInstanceOf(ForbiddenError)
    await expect(create(member, { list: 'audit', query: 'kind=task' })).rejects.toBeInstanceOf(ForbiddenError)
    await create(organization.owner, { list: 'audit', query: 'kind=task' })
  })

  test('keeps what tasks are grouped and narrowed by, and of the calendar not its month', async () => {
    await create(member, { query: 'group=workstream&workstream=none&estimate=none&due=2026-11-01..2026-11-30' })
    await create(member, { list: 'calendar', query: 'assignee=me&month=2026-12' })
    expect((await list(member)).map(({ query }) => query)).toEqual(['due=2026-11-01..2026-11-30&group=workstream&estimate=none&workstream=none'])
    expect((await list(member, 'calendar')).map(({ query }) => query)).toEqual(['assignee=me'])
  })

  test('of the workload its project and team, as the page may be asked for them', async () => {
    const [project, team] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002']
    await create(member, { list: 'workload', query: `project=${project}&team=${team}&left=Ada&view=all` })
    expect((await list(member, 'workload')).map(({ query }) => query)).toEqual([`team=${team}&project=${project}`])
    await expect(create(member, { list: 'workload', name: 'Wrong', query: 'project=website' })).rejects.toBeInstanceOf(InvalidError)
  })

  test('a name again is refused, of another list or person it is free; filters that the list would refuse are', async () => {
    await create(member)
    await expect(create(member, { name: ' OVERDUE ' })).rejects.toBeInstanceOf(ConflictError)
    await create(member, { list: 'members', query: 'role=admin' })
    await create(organization.owner)
    await expect(create(member, { name: 'Wrong', query: 'due=never' })).rejects.toBeInstanceOf(InvalidError)
  })

  test('one default a list, mine alone: the next one takes its place', async () => {
    await create(member, { isDefault: 'true', isShared: 'true' })
    await create(member, { name: 'Next', isDefault: 'true' })
    expect((await list(member)).filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(['Next'])
    expect((await list(organization.owner)).map(({ isDefault }) => isDefault)).toEqual([false])
  })

  test('another organization sees nothing of it', async () => {
    await create(member, { isShared: 'true' })
    expect(await names(other.owner)).toEqual([])
    await create(other.owner)
  })
})

describe.each([['updateView', (by: Member, id: string) => update(by, id, { name: 'Renamed', isShared: 'true', isDefault: 'true' })], ['deleteView', drop]] as const)('%s', (name, write) => {
  const changed = name === 'updateView' ? ['Renamed'] : []
  test('its owner; nobody else, though they see it; another organization neither', async () => {
    const { id } = await create(member, { isShared: 'true' })
    for (const somebody of [organization.owner, await organization.add('admin'), other.owner]) await expect(write(somebody, id)).rejects.toBeInstanceOf(NotFoundError)
    expect(await names(organization.owner)).toEqual(['Overdue'])
    await write(member, id)
    expect(await names(member)).toEqual(changed)
  })

  test('repeated', async () => {
    const { id } = await create(member)
    await write(member, id)
    if (name === 'deleteView') await expect(write(member, id)).rejects.toBeInstanceOf(NotFoundError)
    else await write(member, id)
    expect(await names(member)).toEqual(changed)
  })
})

test('a viewer shares nothing by changing it, and whoever became one may still take back what they shared', async () => {
  const viewer = await organization.add('viewer')
  const { id } = await create(viewer)
  await expect(update(viewer, id, { isShared: 'true' })).rejects.toBeInstanceOf(ForbiddenError)
  const mine = await create(member, { isShared: 'true' })
  await update({ ...member, role: 'viewer' }, mine.id)
  expect(await names(organization.owner)).toEqual([])
  await create(member, { name: 'Taken' })
  await expect(update(member, mine.id, { name: 'taken' })).rejects.toBeInstanceOf(ConflictError)
})

test('nobody writes a view in another’s name, in their own true context', async () => {
  const row = { listKey: 'tasks', name: 'Forged', nameLc: 'forged', config: {} }
  await expect(withTenant(organization.owner, ({ tx }) => tx.savedView.createMany({ data: [{ ...row, ownerUserId: member.userId }] }))).rejects.toThrow()
  const { id } = await create(member, { isShared: 'true' })
  expect(await withTenant(organization.owner, async ({ tx }) => [await tx.savedView.updateMany({ where: { id }, data: { name: 'x' } }), await tx.savedView.deleteMany({ where: { id } })])).toEqual([{ count: 0 }, { count: 0 }])
})
