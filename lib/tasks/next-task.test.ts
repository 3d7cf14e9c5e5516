import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { changeProjectStatus } from '@/lib/projects/projects'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createWorkstreamSchema, updateWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream, updateWorkstream } from '@/lib/workstreams/workstreams'
import { addDependency } from './dependencies'
import { type NextFilter, nextTask, reasonOf } from './next-task'
import { moveTask } from './transitions'

const TODAY = '2026-11-22'
let organization: TestOrganization
let me: Member, colleague: Member
let projectId: string
beforeAll(async () => {
  organization = await makeOrganization()
  ;[me, colleague] = [await organization.add('member'), await organization.add('member')]
})
beforeEach(async () => void (projectId = (await makeProject(me)).id))
afterAll(closeConnections)

const make = (title: string, input: Record<string, unknown> = {}) => makeTask(me, projectId, { title, ...input })
const next = (filter: Partial<NextFilter> = {}, by: Member = me) => withTenant(by, (scope) => nextTask(scope, { person: by.userId, projectId, ...filter }, TODAY))
const title = async (filter: Partial<NextFilter> = {}, by: Member = me) => (await next(filter, by)).task?.title ?? null
const move = (id: string, to: 'in_progress' | 'done' | 'blocked', by: Member = me) =>
  withTenant(by, async (scope) => moveTask(scope, { id, version: (await scope.tx.task.findFirstOrThrow({ where: { id } })).version, to, note: 'Because', summary: 'Did it', cancelSubtasks: false }))

describe('order', () => {
  test('priority, then to do before in progress, then due, none last, then number', async () => {
    await make('Low', { priority: 'low', dueOn: '2026-11-01' })
    await make('High, undated', { priority: 'high' })
    await make('High, undated, later number', { priority: 'high' })
    await make('High, dated', { priority: 'high', dueOn: '2026-12-24' })
    const begun = await make('High, begun', { priority: 'high', dueOn: '2026-11-01' })
    await move(begun.id, 'in_progress')
    const skip: string[] = []
    const seen: (string | null)[] = []
    for (let at = 0; at < 5; at++) {
      const { task } = await next({ skip })
      seen.push(task!.title)
      skip.push(task!.id)
    }
    expect(seen).toEqual(['High, dated', 'High, undated', 'High, undated, later number', 'High, begun', 'Low'])
    expect(await next()).toMatchObject({ waiting: 4 })
  })

  test('the critical one that waits for nothing; done, what waited for it appears', async () => {
    const [blocker, critical] = [await make('Blocker', { priority: 'high' }), await make('Critical', { priority: 'critical' })]
    await withTenant(me, (scope) => addDependency(scope, { taskId: critical.id, dependsOnId: blocker.id }))
    expect(await title()).toBe('Blocker')
    await move(blocker.id, 'done')
    expect(await next()).toMatchObject({ task: { title: 'Critical' }, reason: 'Critical, all dependencies done, nobody has it yet', waiting: 0 })
  })

  test('a parent gives way to its first part that can be begun, by position; without one it is passed over', async () => {
    const parent = await make('Parent', { priority: 'critical' })
    const [first, second] = [await make('First part', { parentId: parent.id }), await make('Second part', { parentId: parent.id, priority: 'critical' })]
    const need = await make('Needed', { priority: 'low' })
    await withTenant(me, (scope) => addDependency(scope, { taskId: first.id, dependsOnId: need.id }))
    expect(await title()).toBe('Second part')
    await withTenant(me, (scope) => addDependency(scope, { taskId: second.id, dependsOnId: need.id }))
    expect(await title()).toBe('Needed')
    await move(need.id, 'done')
    expect(await title()).toBe('First part')
  })
})

describe('candidates', () => {
  test('mine and nobody’s, not a colleague’s; a part without people is its parent’s', async () => {
    await make('Theirs', { priority: 'critical', assignees: [colleague.userId] })
    const parent = await make('Their parent', { priority: 'urgent', assignees: [colleague.userId] })
    await make('Their part', { parentId: parent.id, priority: 'urgent' })
    await make('Nobody’s', { priority: 'low' })
    expect(await title()).toBe('Nobody’s')
    expect(await title({}, colleague)).toBe('Theirs')
    expect(await title({ person: colleague.userId })).toBe('Theirs')
  })

  test('not of paused workstreams or projects, nor of others that the filter leaves out', async () => {
    const stream = await withTenant(me, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId, name: 'Back' })))
    await make('In the workstream', { workstreamId: stream.id, priority: 'critical' })
    await make('Beside it')
    expect(await title()).toBe('In the workstream')
    expect(await title({ workstreamId: stream.id })).toBe('In the workstream')
    await withTenant(me, (scope) => updateWorkstream(scope, updateWorkstreamSchema.parse({ id: stream.id, version: 1, name: 'Back', status: 'paused' })))
    expect(await title()).toBe('Beside it')
    await withTenant(me, (scope) => changeProjectStatus(scope, { id: projectId, version: 1, status: 'paused' }))
    expect(await title()).toBeNull()
  })

  test('never of a project that I do not see', async () => {
    const hidden = await makeProject(colleague, { visibility: 'private' })
    await makeTask(colleague, hidden.id, { title: 'Hidden', priority: 'critical' })
    expect(await title({ projectId: undefined, person: colleague.userId }, me)).not.toBe('Hidden')
    expect(await next({ projectId: hidden.id })).toMatchObject({ task: null, why: { open: 0, done: 0 } })
  })
})

test('nothing left says why, in numbers', async () => {
  const blocked = await make('Blocked', { assignees: [me.userId] })
  await move(blocked.id, 'in_progress')
  await move(blocked.id, 'blocked')
  await make('Theirs', { assignees: [colleague.userId] })
  await move((await make('Done')).id, 'done')
  expect(await next()).toEqual({ task: null, why: { open: 2, waiting: 1, others: 1, done: 1 } })
})

test.each([
  [{ priority: 'critical', status: 'todo', dueOn: '2026-11-23', isMine: true, dependencies: 2 }, 'Critical, all dependencies done, due tomorrow'],
  [{ priority: 'low', status: 'in_progress', dueOn: null, isMine: true, dependencies: 0 }, 'Low, begun already'],
  [{ priority: 'high', status: 'todo', dueOn: '2026-11-20', isMine: false, dependencies: 0 }, 'High, overdue by 2 days, nobody has it yet'],
  [{ priority: 'high', status: 'todo', dueOn: '2026-11-22', isMine: true, dependencies: 0 }, 'High, due today'],
])('%j is said as %j', ({ dueOn, ...task }, said) => {
  expect(reasonOf({ ...task, dueOn: dueOn ? new Date(dueOn) : null }, TODAY)).toBe(said)
})
