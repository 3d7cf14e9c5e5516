import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { listHistory } from '@/lib/audit/audit-list'
import { createTaskComment } from '@/lib/comments/comments'
import { ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { createGoal } from '@/lib/goals/goals'
import { createGoalSchema } from '@/lib/goals/schema'
import { linkTasks } from '@/lib/links/links'
import { theTask } from '@/lib/operations/refs'
import { searchRecords } from '@/lib/search/search'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { addDependency, listDependencies } from './dependencies'
import { lossesOfMove, movedTask, moveToProject } from './move-to-project'
import { getTask } from './tasks'

let organization: TestOrganization, other: TestOrganization
let keeper: Member, colleague: Member, viewer: Member
type Place = Awaited<ReturnType<typeof makeProject>>
// `shut`: seen by all, changed by the keeper alone; `hidden`: the keeper's alone.
let old: Place, next: Place, shut: Place, hidden: Place
beforeEach(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[keeper, colleague, viewer] = [await organization.add('member'), await organization.add('member'), await organization.add('viewer')]
  ;[old, next] = [await makeProject(keeper, { name: 'Old place', defaultAccess: 'edit' }), await makeProject(keeper, { name: 'New place', defaultAccess: 'edit' })]
  ;[shut, hidden] = [await makeProject(keeper, { name: 'Shut', defaultAccess: 'view' }), await makeProject(keeper, { name: 'Hidden', visibility: 'private' })]
})
afterAll(closeConnections)

const move = (by: Member, ids: string[], to: { id: string }) => withTenant(by, (scope) => moveToProject(scope, { ids, projectId: to.id }))
const sees = async (by: Member, id: string) => (await withTenant(by, ({ tx }) => tx.task.count({ where: { id } }))) === 1
const at = (by: Member, place: Place, number: number) => withTenant(by, (scope) => movedTask(scope, place.slug, number))

describe('moveToProject', () => {
  test.each(['key', 'slug'] as const)('the %s of a project that one does not see leads nowhere; for whoever sees it, on', async (name) => {
    const task = await makeTask(keeper, hidden.id)
    await move(keeper, [task.id], next)
    const ask = (by: Member) => withTenant(by, async (scope) => movedTask(scope, hidden[name], task.number))
    expect(await ask(keeper)).toMatchObject({ id: task.id })
    expect(await ask(colleague)).toBeNull()
  })

  test('a new number there; subtasks go along, workstream, goal and what it waits for stay, and are named before', async () => {
    await makeTask(keeper, next.id)
    const [workstream, goal] = await withTenant(organization.owner, async (scope) => [
      await createWorkstream(scope, createWorkstreamSchema.parse({ projectId: old.id, name: 'Vehicles' })),
      await createGoal(scope, createGoalSchema.parse({ projectId: old.id, title: 'Ready' })),
    ] as const)
    const task = await makeTask(keeper, old.id, { title: 'Plows', workstreamId: workstream.id, goalId: goal.id, assignees: [colleague.userId] })
    const [first, second, outside] = [await makeTask(keeper, old.id, { parentId: task.id, title: 'One' }), await makeTask(keeper, old.id, { parentId: task.id, title: 'Two' }), await makeTask(keeper, old.id, { title: 'Prices' })]
    await withTenant(keeper, async (scope) => {
      await addDependency(scope, { taskId: second.id, dependsOnId: first.id })
      await addDependency(scope, { taskId: first.id, dependsOnId: outside.id })
      expect(await lossesOfMove(scope, { ...task, parent: null })).toEqual({ workstreams: ['Vehicles'], goals: ['Ready'], dependencies: ['Prices'], subtaskCount: 2, parent: null })
    })
    expect(await move(colleague, [task.id], next)).toEqual({ count: 1, key: `${next.key}-2`, projectSlug: next.slug, number: 2 })
    const there = await withTenant(colleague, (scope) => getTask(scope, next.slug, 2))
    expect(there).toMatchObject({ id: task.id, workstreamId: null, goalId: null, assignees: [{ userId: colleague.userId }], subtasks: [{ title: 'One', number: 3, workstreamId: null }, { title: 'Two', number: 4 }] })
    expect(await withTenant(keeper, (scope) => listDependencies(scope, { id: second.id, projectId: next.id }))).toMatchObject({ dependsOn: [{ title: 'One' }] })
    expect(await withTenant(keeper, (scope) => listDependencies(scope, { id: first.id, projectId: next.id }))).toMatchObject({ dependsOn: [], dependents: [{ title: 'Two' }] })
    expect(await makeTask(keeper, next.id)).toMatchObject({ number: 5 })
  })

  test('edit is needed in both; who does not see a task, or the project, learns nothing', async () => {
    const [task, locked, secret] = [await makeTask(keeper, old.id), await makeTask(keeper, shut.id), await makeTask(keeper, hidden.id)]
    await expect(move(colleague, [task.id], shut)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(move(colleague, [locked.id], next)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(move(viewer, [task.id], next)).rejects.toBeInstanceOf(ForbiddenError)
    for (const place of [hidden, { id: uuidv7() }]) await expect(move(colleague, [task.id], place)).rejects.toBeInstanceOf(InvalidError)
    for (const id of [secret.id, uuidv7()]) await expect(move(colleague, [task.id, id], next)).rejects.toBeInstanceOf(NotFoundError)
    expect(await withTenant(keeper, ({ tx }) => tx.task.count({ where: { projectId: next.id } }))).toBe(0)
    // Nor by the function itself.
    for (const to of [shut.id, hidden.id]) expect(await withTenant(colleague, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.move_tasks(${[task.id]}::uuid[], ${to}::uuid, 90, now())`)).toEqual([])
    expect(await withTenant(colleague, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.move_tasks(${[locked.id, secret.id]}::uuid[], ${next.id}::uuid, 90, now())`)).toEqual([])
  })

  test('repeated, or where it is, it is refused; a project that takes no tasks takes none', async () => {
    const task = await makeTask(keeper, old.id)
    await move(keeper, [task.id], next)
    await expect(move(keeper, [task.id], next)).rejects.toMatchObject({ code: 'same_project' })
    await withTenant(keeper, ({ tx }) => tx.project.updateMany({ where: { id: old.id }, data: { status: 'paused' } }))
    await expect(move(keeper, [task.id], old)).rejects.toBeInstanceOf(ConflictError)
  })

  test('another organization sees nothing of it and moves nothing', async () => {
    const task = await makeTask(keeper, old.id)
    const foreign = await makeProject(other.owner)
    await expect(move(other.owner, [task.id], foreign)).rejects.toBeInstanceOf(NotFoundError)
    await expect(move(keeper, [task.id], foreign)).rejects.toBeInstanceOf(InvalidError)
    await move(keeper, [task.id], next)
    expect(await at(other.owner, old, task.number)).toBeNull()
    expect(await withTenant(other.owner, ({ tx }) => tx.taskMove.count())).toBe(0)
  })

  test('a subtask that goes alone becomes a task of its own, and its parent counts the others', async () => {
    const task = await makeTask(keeper, old.id)
    const [part, rest] = [await makeTask(keeper, old.id, { parentId: task.id }), await makeTask(keeper, old.id, { parentId: task.id })]
    await withTenant(keeper, ({ tx }) => tx.task.updateMany({ where: { id: rest.id }, data: { progress: 40 } }))
    await move(keeper, [part.id], next)
    expect(await withTenant(keeper, ({ tx }) => tx.task.findFirstOrThrow({ where: { id: part.id } }))).toMatchObject({ parentId: null, projectId: next.id, number: 1 })
    expect(await withTenant(keeper, ({ tx }) => tx.task.findFirstOrThrow({ where: { id: task.id } }))).toMatchObject({ progress: 40 })
  })

  test('many at once, also of two projects and with a subtask of one of them', async () => {
    const [task, far] = [await makeTask(keeper, old.id), await makeTask(keeper, shut.id)]
    const part = await makeTask(keeper, old.id, { parentId: task.id })
    expect(await move(keeper, [part.id, task.id, far.id], next)).toMatchObject({ count: 3 })
    expect(await withTenant(keeper, ({ tx }) => tx.task.findMany({ where: { projectId: next.id }, orderBy: { number: 'asc' }, select: { number: true } }))).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }])
    expect(await withTenant(keeper, ({ tx }) => tx.task.findFirstOrThrow({ where: { id: part.id } }))).toMatchObject({ parentId: task.id })
  })
})

describe('into a project that not everybody sees', () => {
  test('whoever does not see it has lost the task on every path, and the old address tells them nothing', async () => {
    const [task, neighbour] = [await makeTask(keeper, old.id, { title: 'Wolfram order', assignees: [colleague.userId] }), await makeTask(keeper, old.id)]
    await withTenant(keeper, async (scope) => {
      await createTaskComment(scope, { taskId: task.id, body: 'The smelter called' })
      await linkTasks(scope, { taskId: neighbour.id, otherId: task.id, relation: 'follows', isReversed: false })
    })
    expect(await withTenant(colleague, ({ tx }) => tx.notification.count({ where: { entityId: task.id } }))).toBe(2)
    await move(keeper, [task.id], hidden)
    const left = await withTenant(colleague, async (scope) => ({
      task: await scope.tx.task.count({ where: { id: task.id } }), comments: await scope.tx.comment.count({ where: { entityId: task.id } }), links: await scope.tx.recordLink.count(), assignees: await scope.tx.taskAssignee.count({ where: { taskId: task.id } }),
      notes: await scope.tx.notification.count({ where: { entityId: task.id } }), hits: await searchRecords(scope, 'wolfram'), moves: await scope.tx.taskMove.count(), words: await scope.tx.searchToken.count({ where: { token: 'wolfram' } }),
    }))
    expect(left).toEqual({ task: 0, comments: 0, links: 0, assignees: 0, notes: 0, hits: [], moves: 0, words: 0 })
    expect([await at(colleague, old, task.number), await at(colleague, old, 999), await at(organization.owner, old, task.number)]).toEqual([null, null, null])
    expect(await at(keeper, old, task.number)).toMatchObject({ projectSlug: hidden.slug, number: 1 })
    // What they read of it is that it has gone, and no word of where.
    const said = await withTenant(colleague, (scope) => listHistory(scope, 'task', task.id))
    expect(said[0]).toMatchObject({ action: 'task.moved_away', changes: { number: [`${old.key}-${task.number}`, null] } })
    expect(JSON.stringify(said)).not.toMatch(new RegExp(`${hidden.key}-|${hidden.id}|Hidden`))
    expect(await sees(organization.owner, task.id)).toBe(false)
  })

  test('out of it, whoever sees the new one reads it there; nothing names the hidden one', async () => {
    const task = await makeTask(keeper, hidden.id, { title: 'Wolfram order' })
    await withTenant(keeper, (scope) => createTaskComment(scope, { taskId: task.id, body: 'The smelter called' }))
    await move(keeper, [task.id], next)
    const read = await withTenant(colleague, async (scope) => ({
      task: await getTask(scope, next.slug, 1), comments: await scope.tx.comment.findMany({ where: { entityId: task.id } }),
      history: await listHistory(scope, 'task', task.id), hits: await searchRecords(scope, 'wolfram'), moves: await scope.tx.taskMove.count(),
    }))
    expect(read).toMatchObject({ task: { title: 'Wolfram order' }, comments: [{ body: 'The smelter called' }], hits: [{ entityId: task.id }], moves: 0 })
    expect(read.history.filter(({ isPrivate }) => !isPrivate).map(({ action }) => action)).toEqual(['task.moved_here'])
    expect(JSON.stringify({ ...read, task: { ...read.task, id: '' } })).not.toContain(hidden.id)
    expect(JSON.stringify(read)).not.toContain(`${hidden.key}-`)
  })
})

describe('the old address', () => {
  test('leads to where the task is, however often it was moved, by slug and by key; a program finds it by its old number', async () => {
    const task = await makeTask(keeper, old.id)
    for (const place of [next, shut, old]) await move(keeper, [task.id], place)
    const now = { id: task.id, projectSlug: old.slug, number: 2 }
    expect([await at(viewer, old, 1), await at(viewer, next, 1), await at(viewer, shut, 1)]).toMatchObject([now, now, now])
    expect(await withTenant(viewer, (scope) => theTask(scope, `${next.key}-1`))).toEqual({ id: task.id, projectId: old.id })
    await withTenant(keeper, ({ tx }) => tx.task.updateMany({ where: { id: task.id }, data: { deletedAt: new Date() } }))
    expect(await at(viewer, old, 1)).toBeNull()
  })
})
