import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listHistory } from '@/lib/audit/audit-list'
import { searchRecords } from '@/lib/search/search'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member, Role } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createLabel } from '@/lib/labels/labels'
import { ForbiddenError, NotFoundError } from '@/lib/errors'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { bulkEditTasks } from './bulk'
import { bulkEditSchema, createTaskSchema, updateTaskSchema } from './schema'
import { createTask, deleteTasks, getTask, restoreTasks, updateTask } from './tasks'
import { listTrash } from './trash'

let organization: TestOrganization
let other: TestOrganization
let members: Record<Role, Member>
let project: { id: string; slug: string }

beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  const add = organization.add
  members = { owner: organization.owner, admin: await add('admin'), manager: await add('manager'), member: await add('member'), field: await add('field'), viewer: await add('viewer') }
  project = await makeProject(organization.owner)
})
afterAll(closeConnections)

const create = (member: Member, input: Record<string, unknown> = {}) => withTenant(member, (scope) => createTask(scope, createTaskSchema.parse({ projectId: project.id, title: 'A task', ...input })))
const edit = (member: Member, id: string, version: number, input: Record<string, unknown> = {}) =>
  withTenant(member, (scope) => updateTask(scope, updateTaskSchema.parse({ id, version, title: 'Edited', description: '', priority: 'high', dueOn: '', estimate: '', ...input })))

describe('createTask', () => {
  test.each(['owner', 'admin', 'manager', 'member'] as const)('a %s creates one, found by number, by search and in its history', async (role) => {
    const title = `Task of the ${role} qx${role}`
    const { number } = await create(members[role], { title, assignees: [members.member.userId] })
    await withTenant(members[role], async (scope) => {
      const task = await getTask(scope, project.slug, number)
      expect(task).toMatchObject({ title, status: 'todo', createdBy: members[role].userId, assignees: [{ userId: members.member.userId }] })
      expect((await searchRecords(scope, `qx${role}`)).map(({ entityId }) => entityId)).toEqual([task.id])
      expect((await listHistory(scope, 'task', task.id)).map(({ action }) => action)).toEqual(['task.created'])
    })
  })

  test.each(['field', 'viewer'] as const)('a %s may not', async (role) => {
    await expect(create(members[role])).rejects.toMatchObject({ status: 403 })
  })

  test('repeated at once, numbers have no gap and no double', async () => {
    const numbers = (await Promise.all(Array.from({ length: 12 }, () => create(members.member)))).map(({ number }) => number).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index))
  })

  test('another organization sees nothing of it, and cannot name its project, people, labels or parent', async () => {
    const { number } = await create(members.owner)
    await expect(withTenant(other.owner, (scope) => getTask(scope, project.slug, number))).rejects.toMatchObject({ status: 404 })
    await expect(create(other.owner)).rejects.toMatchObject({ status: 422 })
    const theirs = await makeProject(other.owner)
    const parent = await makeTask(members.owner, project.id)
    for (const input of [{ assignees: [members.member.userId] }, { parentId: parent.id }, { labels: [project.id] }]) {
      await expect(withTenant(other.owner, (scope) => createTask(scope, createTaskSchema.parse({ projectId: theirs.id, title: 'x', ...input })))).rejects.toMatchObject({ status: 422 })
    }
  })

  test('a subtask has no subtasks, and a closed project takes no tasks', async () => {
    const parent = await makeTask(members.owner, project.id)
    const child = await makeTask(members.owner, project.id, { parentId: parent.id })
    await expect(create(members.owner, { parentId: child.id })).rejects.toMatchObject({ status: 422 })
    const closed = await makeProject(organization.owner, { name: 'Closed' })
    await withTenant(organization.owner, (scope) => scope.tx.project.updateMany({ where: { id: closed.id }, data: { status: 'paused' } }))
    await expect(create(members.owner, { projectId: closed.id })).rejects.toMatchObject({ status: 409, code: 'project_closed' })
  })
})

describe('updateTask', () => {
  test('a member edits, and the change stands in the history', async () => {
    const task = await makeTask(members.owner, project.id)
    await edit(members.member, task.id, 1, { dueOn: '2027-01-31', estimate: '1h 30m' })
    const [event] = await withTenant(members.owner, (scope) => listHistory(scope, 'task', task.id))
    expect(event).toMatchObject({ action: 'task.updated', changes: { title: ['Test task', 'Edited'], priority: ['medium', 'high'], estimateMinutes: [null, 90] } })
  })

  test('a viewer may not', async () => {
    const task = await makeTask(members.owner, project.id)
    await expect(edit(members.viewer, task.id, 1)).rejects.toMatchObject({ status: 403 })
  })

  test('repeated with the old version is refused and shows what is stored', async () => {
    const task = await makeTask(members.owner, project.id)
    await edit(members.member, task.id, 1, { title: 'First' })
    await expect(edit(members.owner, task.id, 1, { title: 'Second' })).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere', detail: { current: { title: 'First', version: 2 } } })
    expect(await withTenant(members.owner, (scope) => scope.tx.task.findFirst({ where: { id: task.id } }))).toMatchObject({ title: 'First' })
  })

  test('another organization cannot, and cannot tell it from nothing', async () => {
    const task = await makeTask(members.owner, project.id)
    const foreign = await edit(other.owner, task.id, 1).catch((error: Error) => error.message)
    const random = await edit(other.owner, '00000000-0000-7000-8000-00000000abcd', 1).catch((error: Error) => error.message)
    expect(foreign).toBe(random)
  })

  test('other people keep their personal labels on a task that I save', async () => {
    const task = await makeTask(members.owner, project.id)
    const mine = await withTenant(members.member, (scope) => scope.tx.label.create({ data: { name: 'mine', nameLc: 'mine', colour: '#475569', ownerUserId: members.member.userId } as never }))
    await edit(members.member, task.id, 1, { labels: [mine.id] })
    await edit(members.owner, task.id, 2)
    expect((await withTenant(members.member, (scope) => getTask(scope, project.slug, task.number))).labels).toMatchObject([{ name: 'mine', isPersonal: true }])
    expect((await withTenant(members.owner, (scope) => getTask(scope, project.slug, task.number))).labels).toEqual([])
  })
})

describe('deleteTasks and restoreTasks', () => {
  test('a task goes to the trash with its subtasks and comes back with them', async () => {
    const parent = await makeTask(members.owner, project.id, { title: 'Parent zzparent' })
    await makeTask(members.owner, project.id, { title: 'Child zzchild', parentId: parent.id })
    await withTenant(members.owner, async (scope) => {
      expect(await deleteTasks(scope, [parent.id])).toBe(2)
      expect(await searchRecords(scope, 'zzchild')).toEqual([])
      expect((await listTrash(scope)).filter(({ title }) => title.includes('zz')).map(({ id }) => id)).toEqual([parent.id])
    })
    await withTenant(members.owner, async (scope) => {
      expect(await restoreTasks(scope, [parent.id])).toBe(2)
      expect(await searchRecords(scope, 'zzchild')).toHaveLength(1)
      expect((await getTask(scope, project.slug, parent.number)).subtasks).toHaveLength(1)
    })
  })

  test('a member deletes only their own', async () => {
    const own = await makeTask(members.member, project.id)
    const foreign = await makeTask(members.owner, project.id)
    await expect(withTenant(members.member, (scope) => deleteTasks(scope, [own.id, foreign.id]))).rejects.toMatchObject({ status: 403 })
    expect(await withTenant(members.member, (scope) => deleteTasks(scope, [own.id]))).toBe(1)
  })

  test('repeated is 404: it is gone', async () => {
    const task = await makeTask(members.owner, project.id)
    await withTenant(members.owner, (scope) => deleteTasks(scope, [task.id]))
    await expect(withTenant(members.owner, (scope) => deleteTasks(scope, [task.id]))).rejects.toMatchObject({ status: 404 })
  })

  test('another organization can do neither', async () => {
    const task = await makeTask(members.owner, project.id)
    await expect(withTenant(other.owner, (scope) => deleteTasks(scope, [task.id]))).rejects.toMatchObject({ status: 404 })
    await withTenant(members.owner, (scope) => deleteTasks(scope, [task.id]))
    await expect(withTenant(other.owner, (scope) => restoreTasks(scope, [task.id]))).rejects.toMatchObject({ status: 404 })
  })
})

describe('two at once', () => {
  test('a task is deleted once and restored once, whoever asks how often', async () => {
    const task = await makeTask(members.owner, project.id)
    const many = (act: (id: string) => Promise<unknown>) => Promise.allSettled(Array.from({ length: 6 }, () => act(task.id)))
    const count = (answers: PromiseSettledResult<unknown>[]) => answers.filter(({ status }) => status === 'fulfilled').length
    expect(count(await many((id) => withTenant(members.owner, (scope) => deleteTasks(scope, [id]))))).toBe(1)
    expect(count(await many((id) => withTenant(members.owner, (scope) => restoreTasks(scope, [id]))))).toBe(1)
    const actions = await withTenant(members.owner, async (scope) => (await listHistory(scope, 'task', task.id)).map(({ action }) => action))
    expect(actions.sort()).toEqual(['task.created', 'task.deleted', 'task.restored'])
  })

  test('two bulk moves of one task: the second is judged by what the first has done', async () => {
    const task = await makeTask(members.owner, project.id)
    const bulk = (status: string) => withTenant(members.owner, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids: [task.id], status, note: 'because' })))
    await bulk('in_progress')
    const answers = await Promise.all([bulk('done'), bulk('blocked')])
    expect(answers.map(({ changed }) => changed).sort()).toEqual([0, 1])
  })
})

describe('bulkEditTasks', () => {
  const bulk = (by: Member, ids: string[], input: Record<string, unknown>) => withTenant(by, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids, ...input })))
  const read = (id: string) => withTenant(members.owner, ({ tx }) => tx.task.findFirstOrThrow({ where: { id }, include: { assignees: true, labels: true, subtasks: true } }))

  test('clears what tasks have: day, people, labels, workstream, estimate; another person keeps their own label', async () => {
    const [shared, own] = await withTenant(members.member, async (scope) => [(await createLabel(scope, { name: 'bulky', colour: '#475569', isPersonal: false })).id, (await createLabel(scope, { name: 'bulky mine', colour: '#475569', isPersonal: true })).id])
    const stream = await withTenant(members.owner, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId: project.id, name: 'Bulk' })))
    const task = await makeTask(members.member, project.id, { dueOn: '2026-12-01', estimate: '2h', workstreamId: stream.id, labels: [shared, own], assignees: [members.member.userId] })
    const none = { dueOn: 'none', assignee: 'nobody', label: 'none', workstream: 'none', estimate: 'none' }
    await expect(bulk(members.viewer, [task.id], none)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(bulk(other.owner, [task.id], none)).rejects.toBeInstanceOf(NotFoundError)
    for (let time = 0; time < 2; time++) {
      expect(await bulk(members.owner, [task.id], none)).toEqual({ changed: 1, refused: [] })
      expect(await read(task.id)).toMatchObject({ dueOn: null, estimateMinutes: null, workstreamId: null, assignees: [], labels: [] })
    }
    expect(await withTenant(members.member, ({ tx }) => tx.recordLabel.findMany({ where: { entityId: task.id }, select: { labelId: true } }))).toEqual([{ labelId: own }])
    await bulk(members.owner, [task.id], { estimate: 'medium' })
    expect(await read(task.id)).toMatchObject({ estimateMinutes: 240 })
  })

  test('cancelling asks before open subtasks go along, counts those that are not chosen themselves, and then cancels them', async () => {
    const [first, second] = [await makeTask(members.owner, project.id), await makeTask(members.owner, project.id)]
    const parts = [await makeTask(members.owner, project.id, { parentId: first.id }), await makeTask(members.owner, project.id, { parentId: first.id }), await makeTask(members.owner, project.id, { parentId: second.id })]
    const ids = [first.id, second.id, parts[0]!.id]
    await expect(bulk(members.owner, ids, { status: 'cancelled' })).rejects.toMatchObject({ code: 'confirm_cancel_subtasks', detail: { count: 2 }, message: '2 subtasks are open and would be cancelled with them. Confirm to cancel them all.' })
    expect((await read(first.id)).status).toBe('todo')
    expect(await bulk(members.owner, ids, { status: 'cancelled', cancelSubtasks: 'true' })).toEqual({ changed: 3, refused: [] })
    for (const { id } of [first, second, ...parts]) expect((await read(id)).status).toBe('cancelled')
  })
})

test('a personal label on a task is found by nobody else, also after a restore', async () => {
  const task = await makeTask(members.member, project.id)
  const label = await withTenant(members.member, (scope) => createLabel(scope, { name: 'zqpersonal', colour: '#475569', isPersonal: true }))
  await edit(members.member, task.id, 1, { labels: [label.id] })
  await withTenant(members.member, (scope) => deleteTasks(scope, [task.id]))
  await withTenant(members.member, (scope) => restoreTasks(scope, [task.id]))
  expect(await withTenant(members.owner, (scope) => searchRecords(scope, 'zqpersonal'))).toEqual([])
  await withTenant(members.member, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids: [task.id], label: label.id })))
  expect(await withTenant(members.owner, async (scope) => JSON.stringify(await listHistory(scope, 'task', task.id)))).not.toContain(label.id)
})

test('letters beyond the first plane are stored and found', async () => {
  const { number } = await create(members.owner, { title: '𠀀 𠀀𠀁 hello' })
  expect(await withTenant(members.owner, async (scope) => (await getTask(scope, project.slug, number)).title)).toBe('𠀀 𠀀𠀁 hello')
  expect(await withTenant(members.owner, (scope) => searchRecords(scope, '𠀀𠀁'))).toHaveLength(1)
})
