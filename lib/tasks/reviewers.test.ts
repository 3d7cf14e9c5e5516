import { afterAll, beforeAll, expect, test } from 'vitest'
import { tasksExport } from '@/lib/exports/list-tasks'
import { operationOf } from '@/lib/operations/operations'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { bulkEditTasks } from './bulk'
import { openTaskWriter } from './many-tasks'
import { bulkEditSchema, moveTaskSchema, updateTaskSchema } from './schema'
import { listTasks, taskFilterSchema } from './task-list'
import { getTask, updateTask } from './tasks'
import { moveTask } from './transitions'
import { readTaskRow } from '@/lib/imports/task-fields'

let organization: TestOrganization, other: TestOrganization
let doer: Member, reviewer: Member, second: Member, viewer: Member
let project: Awaited<ReturnType<typeof makeProject>>
beforeAll(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[doer, reviewer, second, viewer] = [await organization.add('member'), await organization.add('manager'), await organization.add('admin'), await organization.add('viewer')]
  project = await makeProject(doer)
})
afterAll(closeConnections)

const as = <T>(member: Member, work: (scope: Scope) => Promise<T>) => withTenant(member, work)
const stored = (number: number) => as(doer, (scope) => getTask(scope, project.slug, number))
const edit = (member: Member, task: { id: string; version: number }, input: object) => as(member, (scope) => updateTask(scope, updateTaskSchema.parse({ id: task.id, version: task.version, title: 'Wall', description: '', priority: 'medium', dueOn: '', estimate: '', workstreamId: '', goalId: '', assignees: [doer.userId], labels: [], ...input })))
const move = async (number: number, to: string) => {
  const { id, version } = await stored(number)
  await as(doer, (scope) => moveTask(scope, moveTaskSchema.parse({ id, version, to })))
}
const told = async (member: Member) => (await look<{ kind: string }>(`SELECT kind FROM notifications WHERE owner_user_id = $1 AND kind = 'review_wanted'`, [member.userId])).length
const listed = async (member: Member, filter: object) => (await as(member, (scope) => listTasks(scope, taskFilterSchema.parse(filter), { today: '2026-11-22' }))).tasks.map(({ number }) => number)

test('reviewers are chosen beside assignees, told when it goes to review, and find it by a filter', async () => {
  const task = await makeTask(doer, project.id, { title: 'Wall', assignees: [doer.userId], reviewers: [reviewer.userId] })
  expect(await stored(task.number)).toMatchObject({ assignees: [{ userId: doer.userId }], reviewers: [{ userId: reviewer.userId }] })
  expect(await told(reviewer)).toBe(0)
  expect(await listed(reviewer, { reviewer: 'me' })).toEqual([task.number])
  expect(await listed(doer, { reviewer: reviewer.userId, status: 'todo' })).toEqual([task.number])
  expect([await listed(doer, { reviewer: 'me' }), await listed(reviewer, { assignee: 'me' })]).toEqual([[], []])
  await move(task.number, 'in_progress')
  await move(task.number, 'review')
  expect([await told(reviewer), await told(second), await told(doer)]).toEqual([1, 0, 0])
  // Whoever joins while it waits is told then; who was told is not told again.
  await edit(doer, await stored(task.number), { reviewers: [reviewer.userId, second.userId] })
  expect([await told(reviewer), await told(second)]).toEqual([1, 1])
})

test('left out they stay; an empty choice takes them away, and the history says so', async () => {
  const task = await makeTask(doer, project.id, { title: 'Wall', assignees: [doer.userId], reviewers: [reviewer.userId] })
  await edit(doer, task, {})
  expect((await stored(task.number)).reviewers).toHaveLength(1)
  await edit(doer, { ...task, version: 2 }, { reviewers: [''] })
  expect(await stored(task.number)).toMatchObject({ reviewers: [], assignees: [{ userId: doer.userId }] })
  expect(await look(`SELECT d.changes -> 'reviewers' AS reviewers FROM audit_details d JOIN audit_events e ON e.id = d.event_id WHERE e.entity_id = $1 AND d.changes ? 'reviewers'`, [task.id])).toEqual([{ reviewers: [reviewer.userId, ''] }])
})

test('a viewer may not choose, people of another organization cannot be chosen, and it sees nothing', async () => {
  const task = await makeTask(doer, project.id, { title: 'Wall', assignees: [doer.userId] })
  await expect(edit(viewer, task, { reviewers: [reviewer.userId] })).rejects.toMatchObject({ status: 403 })
  await expect(edit(doer, task, { reviewers: [other.owner.userId] })).rejects.toMatchObject({ status: 422, fields: { reviewers: [expect.any(String)] } })
  await expect(edit(other.owner, task, { reviewers: [other.owner.userId] })).rejects.toMatchObject({ status: 404 })
  expect(await listed(other.owner, { reviewer: reviewer.userId })).toEqual([])
})

test('programs choose them with a role, and list by them', async () => {
  const { id, number } = await makeTask(doer, project.id, { assignees: [doer.userId] })
  const perform = (name: string, input: object) => as(doer, (scope) => operationOf(name).perform(scope, input)) as Promise<Record<string, unknown>>
  expect(await perform('assign_task', { task: id, add: [second.userId], role: 'reviewer' })).toEqual({ assignees: [expect.objectContaining({ id: doer.userId })], reviewers: [expect.objectContaining({ id: second.userId })] })
  expect(await perform('assign_task', { task: id, add: [reviewer.userId] })).toMatchObject({ assignees: [{ id: doer.userId }, { id: reviewer.userId }], reviewers: [{ id: second.userId }] })
  expect((await perform('list_tasks', { reviewer: second.userId, sort: 'created' })).tasks).toContainEqual(expect.objectContaining({ number }))
  expect(await perform('assign_task', { task: id, remove: [second.userId], role: 'reviewer' })).toMatchObject({ reviewers: [] })
  const made = (await perform('create_task', { project: project.slug, title: 'By a program', reviewers: [reviewer.userId] })).task
  expect(made).toMatchObject({ assignees: [], reviewers: [{ id: reviewer.userId }] })
})

test('they are in files that are taken away and brought in', async () => {
  const name = (await look<{ name: string }>('SELECT display_name AS name FROM memberships WHERE user_id = $1', [second.userId]))[0]!.name
  const read = readTaskRow({ title: 'From a file', assignees: '', reviewers: name })
  if (!('row' in read)) throw new Error(read.message)
  await as(doer, async (scope) => {
    const writer = await openTaskWriter(scope, project.id, 500)
    expect(writer.refuse({ ...read.row, reviewers: ['Nobody of here'] })).toMatchObject({ column: 'reviewers' })
    expect(writer.refuse(read.row)).toBeNull()
    await writer.insert([{ line: 2, label: 'From a file', row: read.row }], { fileName: 'tasks.csv' })
  })
  const { rows } = await as(doer, (scope) => tasksExport.page(scope, tasksExport.filter.parse({ project: project.id, q: 'file' }), { after: null, size: 10, isLarge: false }))
  expect(rows).toMatchObject([{ title: 'From a file', assignees: '', reviewers: name }])
})

test('of many tasks at once: told of those that wait for it, once; taken off again; nobody from elsewhere', async () => {
  const [one, two] = [await makeTask(doer, project.id, { title: 'North' }), await makeTask(doer, project.id, { title: 'South' })]
  for (const to of ['in_progress', 'review']) await move(one.number, to)
  const all = (input: object, by = doer) => as(by, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids: [one.id, two.id], ...input })))
  const before = await told(second)
  for (let n = 0; n < 2; n++) expect(await all({ reviewer: second.userId })).toEqual({ changed: 2, refused: [] })
  expect((await stored(two.number)).reviewers).toMatchObject([{ userId: second.userId }])
  expect(await told(second)).toBe(before + 1)
  await expect(all({ reviewer: other.owner.userId })).rejects.toMatchObject({ status: 422 })
  await expect(all({ reviewer: second.userId }, viewer)).rejects.toMatchObject({ status: 403 })
  await all({ reviewer: 'nobody' })
  expect([(await stored(one.number)).reviewers, (await stored(two.number)).reviewers]).toEqual([[], []])
})
