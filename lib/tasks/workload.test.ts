import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { createTeam } from '@/lib/teams/teams'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { listTasks, taskFilterSchema } from './task-list'
import { readWorkload, workloadFilterSchema } from './workload'

// A Thursday.
const TODAY = '2026-11-26'
let organization: TestOrganization
let anna: Member, boris: Member
beforeAll(async () => {
  organization = await makeOrganization()
  ;[anna, boris] = [await organization.add('member'), await organization.add('member')]
  const { id } = await makeProject(organization.owner)
  const task = (input: Record<string, unknown>) => makeTask(organization.owner, id, input)
  await task({ assignees: [anna.userId], dueOn: '2026-11-25', estimate: '2h' })
  await task({ assignees: [anna.userId], dueOn: '2026-11-29', estimate: '3h' })
  await task({ assignees: [anna.userId, boris.userId], dueOn: '2026-11-30', estimate: '1d' })
  await task({ assignees: [anna.userId], dueOn: '2027-01-17', estimate: '30m' })
  await task({ assignees: [anna.userId], dueOn: '2027-01-18', estimate: '4h' })
  await task({ assignees: [anna.userId] })
  await task({})
})
afterAll(closeConnections)

const read = (by: Member) => withTenant(by, (scope) => readWorkload(scope, TODAY), { readOnly: true })
const loadOf = async (by: Member, userId: string | null) => (await read(by)).people.find((load) => load.userId === userId)

test('by person: open, overdue, without estimate, and hours by week of the due day from today', async () => {
  const { weeks, people, free } = await read(organization.owner)
  expect([weeks[0], weeks[1], weeks[7]]).toEqual([{ from: TODAY, to: '2026-11-29' }, { from: '2026-11-30', to: '2026-12-06' }, { from: '2027-01-11', to: '2027-01-17' }])
  expect(people.map(({ userId, open, overdue, unestimated, weeks: own }) => [userId, open, overdue, unestimated, own.map(({ minutes }) => minutes)])).toEqual(
    expect.arrayContaining([[anna.userId, 6, 1, 1, [180, 480, 0, 0, 0, 0, 0, 30]], [boris.userId, 1, 0, 0, [0, 480, 0, 0, 0, 0, 0, 0]], [null, 1, 0, 1, [0, 0, 0, 0, 0, 0, 0, 0]]]),
  )
  expect(people.at(-1)!.userId).toBeNull()
  expect(free.map(({ userId }) => userId)).toEqual([organization.owner.userId])
})

test('each number is that of the list which it opens', async () => {
  const total = (filter: object) => withTenant(organization.owner, async (scope) => (await listTasks(scope, taskFilterSchema.parse({ status: 'open', ...filter }), { today: TODAY })).total, { readOnly: true })
  const [load, { weeks }] = [(await loadOf(organization.owner, anna.userId))!, await read(organization.owner)]
  expect(await total({ assignee: anna.userId })).toBe(load.open)
  expect(await total({ assignee: anna.userId, due: 'overdue' })).toBe(load.overdue)
  expect(await total({ assignee: anna.userId, estimate: 'none' })).toBe(load.unestimated)
  for (const [at, { from, to }] of weeks.entries()) expect(await total({ assignee: anna.userId, due: `${from}..${to}` })).toBe(load.weeks[at]!.count)
})

test('a private project adds to what its own people see and to nobody else’s; another organization sees nothing of it', async () => {
  const before = await read(boris)
  const hidden = await makeProject(anna, { visibility: 'private' })
  await makeTask(anna, hidden.id, { assignees: [anna.userId], dueOn: '2026-11-27', estimate: '1h' })
  await makeTask(anna, hidden.id)
  expect(await read(boris)).toEqual(before)
  expect(await loadOf(anna, anna.userId)).toMatchObject({ open: 7, weeks: { 0: { count: 2, minutes: 240 } } })
  expect(await loadOf(anna, null)).toMatchObject({ open: 2 })
  expect((await read((await makeOrganization()).owner)).people).toEqual([])
})

test('of one project, and of the people of one team', async () => {
  const { owner } = organization
  const project = await makeProject(owner)
  await makeTask(owner, project.id, { assignees: [boris.userId], dueOn: '2026-11-27', estimate: '1h' })
  const { id: team } = await withTenant(owner, (scope) => createTeam(scope, { name: 'Anna and nobody else', userIds: [anna.userId] }))
  const of = (filter: object) => withTenant(owner, (scope) => readWorkload(scope, TODAY, workloadFilterSchema.parse(filter)), { readOnly: true })
  expect((await of({ project: project.id })).people).toMatchObject([{ userId: boris.userId, open: 1 }])
  expect((await of({ team })).people.map(({ userId }) => userId)).toEqual([anna.userId])
  expect(await of({ team, project: project.id })).toMatchObject({ people: [], free: [{ userId: anna.userId }] })
})
