import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { addDependency } from './dependencies'
import { type GroupKey, readGroups } from './grouped'
import { listTasks, taskFilterSchema } from './task-list'

const TODAY = '2026-11-22'
let organization: TestOrganization
let colleague: Member
beforeAll(async () => {
  organization = await makeOrganization()
  colleague = await organization.add('member')
  const { owner } = organization
  const { id } = await makeProject(owner)
  const stream = await withTenant(owner, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId: id, name: 'Cellar' })))
  const both = await makeTask(owner, id, { title: 'Both', assignees: [owner.userId, colleague.userId], dueOn: '2026-11-20', workstreamId: stream.id })
  const later = await makeTask(owner, id, { title: 'Later', assignees: [colleague.userId], dueOn: '2027-02-01', priority: 'high' })
  await withTenant(owner, (scope) => addDependency(scope, { taskId: later.id, dependsOnId: both.id }))
  const closed = await makeTask(owner, id, { title: 'Closed', dueOn: '2026-11-01' })
  await look(`UPDATE tasks SET status = 'cancelled', status_rank = 6 WHERE id = $1`, [closed.id])
  for (let n = 0; n < 22; n++) await makeTask(owner, id, { title: `Many ${n}`, dueOn: '2026-11-22' })
})
afterAll(closeConnections)

const grouped = (by: Member, group: GroupKey, filter: object = {}) => withTenant(by, (scope) => readGroups(scope, { ...taskFilterSchema.parse({ ...filter, group }), group }, { today: TODAY }), { readOnly: true })
const groups = async (...of: Parameters<typeof grouped>) => (await grouped(...of)).groups

test.each([
  ['status', [['To do', 24, 20], ['Cancelled', 1, 1]]], ['priority', [['High', 1, 1], ['Medium', 24, 20]]], ['workstream', [['Cellar', 1, 1], ['No workstream', 24, 20]]],
  ['assignee', [['Owner', 1, 1], ['The member', 2, 2], ['Nobody', 23, 20]]], ['due', [['Overdue', 1, 1], ['Due today', 22, 20], ['Due later', 1, 1], ['Was due, closed', 1, 1]]],
] as [GroupKey, unknown[]][])('by %s: each with its number, and its list holds as many', async (group, expected) => {
  const found = await groups(organization.owner, group)
  expect(found.map(({ label, total, tasks }) => [label, total, tasks.length])).toEqual(expected)
  for (const { filter, total } of found) expect(await withTenant(organization.owner, async (scope) => (await listTasks(scope, taskFilterSchema.parse(filter), { today: TODAY })).total)).toBe(total)
})

test('filters hold inside of groups; a row says its workstream and how many it waits for', async () => {
  const found = await groups(organization.owner, 'assignee', { assignee: colleague.userId, sort: 'due' })
  expect(found.map(({ label, tasks }) => [label, tasks.map(({ title, workstreamName, waitsForCount }) => [title, workstreamName, waitsForCount])])).toEqual([['The member', [['Both', 'Cellar', 0], ['Later', null, 1]]]])
  expect((await groups(organization.owner, 'status', { q: 'both' })).map(({ label, total }) => [label, total])).toEqual([['To do', 1]])
})

test('a private project of somebody else adds neither a task nor a group; another organization has none', async () => {
  const before = await Promise.all((['status', 'assignee', 'workstream', 'due'] as const).map((group) => groups(organization.owner, group)))
  const hidden = await makeProject(colleague, { visibility: 'private' })
  const secret = await withTenant(colleague, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId: hidden.id, name: 'Secret' })))
  await makeTask(colleague, hidden.id, { workstreamId: secret.id, assignees: [colleague.userId], dueOn: '2026-11-20' })
  expect(await Promise.all((['status', 'assignee', 'workstream', 'due'] as const).map((group) => groups(organization.owner, group)))).toEqual(before)
  expect((await groups(colleague, 'workstream')).map(({ label }) => label)).toContain('Secret')
  expect(await groups((await makeOrganization()).owner, 'status')).toEqual([])
})

test('of more than 40 groups what is nowhere is still shown, and the others are named, each with its list', async () => {
  const { owner } = await makeOrganization()
  const { id: projectId } = await makeProject(owner)
  for (let n = 10; n < 54; n++) {
    const stream = await withTenant(owner, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId, name: `Line ${n}` })))
    await makeTask(owner, projectId, { workstreamId: stream.id })
  }
  await makeTask(owner, projectId)
  const { groups: shown, leftOut } = await grouped(owner, 'workstream')
  expect([shown.length, shown.at(-1)!.label, shown.at(-2)!.label, leftOut.map(({ label }) => label)]).toEqual([40, 'No workstream', 'Line 48', ['Line 49', 'Line 50', 'Line 51', 'Line 52', 'Line 53']])
  expect((await withTenant(owner, (scope) => listTasks(scope, taskFilterSchema.parse(leftOut[0]!.filter), { today: TODAY }))).total).toBe(1)
  expect((await grouped(owner, 'status')).leftOut).toEqual([])
})
