import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { shareProject } from '@/lib/projects/sharing'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { bulkEditTasks } from './bulk'
import { nextTask } from './next-task'
import { reportProgress } from './progress'
import { allowedNext, type Status, STATUSES } from './rules'
import { bulkEditSchema, moveTaskSchema } from './schema'
import { deleteTasks, restoreTasks } from './tasks'
import { moveTask } from './transitions'

// Written out again from the product's table, so that a slip in the code is not repeated here.
const TABLE: Record<Status, string> = {
  todo: 'in_progress cancelled done', in_progress: 'blocked review testing cancelled done', blocked: 'in_progress cancelled', review: 'in_progress testing done cancelled',
  testing: 'in_progress review done cancelled', cancelled: 'todo archived', done: 'archived', archived: '',
}
const WAYS: Record<Status, Status[]> = { todo: [], in_progress: ['in_progress'], blocked: ['in_progress', 'blocked'], review: ['in_progress', 'review'], testing: ['in_progress', 'testing'], done: ['done'], cancelled: ['cancelled'], archived: ['done', 'archived'] }

let organization: TestOrganization
let project: { id: string }
beforeAll(async () => {
  organization = await makeOrganization()
  project = await makeProject(organization.owner)
})
afterAll(closeConnections)

const move = (member: Member, id: string, version: number, to: Status, rest: Record<string, unknown> = {}) =>
  withTenant(member, (scope) => moveTask(scope, moveTaskSchema.parse({ id, version, to, note: 'because', summary: 'done', ...rest })))

async function taskIn(status: Status, input: Record<string, unknown> = {}) {
  const task = await makeTask(organization.owner, project.id, input)
  for (const [index, to] of WAYS[status].entries()) await move(organization.owner, task.id, index + 1, to)
  return { id: task.id, version: WAYS[status].length + 1 }
}

describe.each(STATUSES)('from %s', (from) => {
  test.each(STATUSES)('to %s as the table says', async (to) => {
    const { id, version } = await taskIn(from)
    if (TABLE[from].split(' ').includes(to)) expect(await move(organization.owner, id, version, to)).toMatchObject({ status: to, version: version + 1 })
    else await expect(move(organization.owner, id, version, to)).rejects.toMatchObject({ status: 409, code: 'transition_not_allowed', detail: { allowed: allowedNext(from) } })
  })
})

test('the database holds the same table on every path, past this code', async () => {
  const texts = (status: Status) => ({ status, completionSummary: 'x', blockedReason: status === 'blocked' ? 'x' : null })
  let number = 1_000_000
  for (const from of STATUSES) {
    for (const to of STATUSES.filter((status) => status !== from)) {
      const id = uuidv7()
      await withTenant(organization.owner, ({ tx }) => tx.task.createMany({ data: [{ id, projectId: project.id, number: number++, title: `${from} to ${to}`, ...texts(from) }] }))
      const changed = withTenant(organization.owner, ({ tx }) => tx.task.updateMany({ where: { id }, data: texts(to) }))
      if (TABLE[from].split(' ').includes(to)) expect(await changed, `${from} to ${to}`).toEqual({ count: 1 })
      else await expect(changed, `${from} to ${to}`).rejects.toMatchObject({ code: 'transition_not_allowed' })
    }
  }
})

test('reopened, a task has the last percent below 100 that was reported, by itself or among many', async () => {
  const report = (taskId: string, percent: number) => withTenant(organization.owner, (scope) => reportProgress(scope, { taskId, body: 'So far', percent }))
  const progressOf = (id: string) => withTenant(organization.owner, ({ tx }) => tx.task.findFirstOrThrow({ where: { id } }))
  for (const [percents, expected] of [[[30, 60, 100], 60], [[100], 0], [[45], 45]] as const) {
    for (const isBulk of [false, true]) {
      const { id } = await taskIn('in_progress')
      for (const percent of percents) await report(id, percent)
      await move(organization.owner, id, (await progressOf(id)).version, 'cancelled')
      if (isBulk) await withTenant(organization.owner, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids: [id], status: 'todo' })))
      else await move(organization.owner, id, (await progressOf(id)).version, 'todo')
      expect(await progressOf(id)).toMatchObject({ status: 'todo', progress: expected })
    }
  }
})

test('blocked needs a reason, done a summary', async () => {
  const { id, version } = await taskIn('in_progress')
  await expect(move(organization.owner, id, version, 'blocked', { note: ' ' })).rejects.toMatchObject({ status: 422 })
  await expect(move(organization.owner, id, version, 'done', { summary: '' })).rejects.toMatchObject({ status: 422 })
})

test('a task knows since when it is blocked, by itself or among many', async () => {
  const { id, version } = await taskIn('in_progress')
  await withTenant(organization.owner, (scope) => moveTask(scope, moveTaskSchema.parse({ id, version, to: 'blocked', note: 'No wood' }), new Date('2026-11-03T10:00:00Z')))
  const blockedAt = async () => (await withTenant(organization.owner, ({ tx }) => tx.task.findFirstOrThrow({ where: { id } }))).blockedAt
  expect(await blockedAt()).toEqual(new Date('2026-11-03T10:00:00Z'))
  for (const status of ['in_progress', 'blocked']) await withTenant(organization.owner, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids: [id], status, note: status === 'blocked' ? 'Again' : '' })))
  expect(Date.now() - (await blockedAt())!.getTime()).toBeLessThan(60_000)
})

test('open subtasks hold back done, and are cancelled with their parent only when confirmed', async () => {
  const parent = await makeTask(organization.owner, project.id)
  for (const title of ['A', 'B', 'C', 'D', 'E']) await makeTask(organization.owner, project.id, { parentId: parent.id, title })
  await expect(move(organization.owner, parent.id, 1, 'done')).rejects.toMatchObject({ code: 'open_subtasks', message: '5 subtasks are open: A, B, C.' })
  await expect(move(organization.owner, parent.id, 1, 'cancelled')).rejects.toMatchObject({ code: 'confirm_cancel_subtasks', detail: { count: 5 } })
  await move(organization.owner, parent.id, 1, 'cancelled', { cancelSubtasks: 'true' })
  const open = await withTenant(organization.owner, (scope) => scope.tx.task.count({ where: { parentId: parent.id, status: 'todo' } }))
  expect(open).toBe(0)
})

test('the progress of a parent follows its subtasks, and a done subtask may be taken up again', async () => {
  const parent = await makeTask(organization.owner, project.id)
  const [a] = [await makeTask(organization.owner, project.id, { parentId: parent.id }), await makeTask(organization.owner, project.id, { parentId: parent.id }), await makeTask(organization.owner, project.id, { parentId: parent.id })]
  const progress = async () => (await withTenant(organization.owner, (scope) => scope.tx.task.findFirstOrThrow({ where: { id: parent.id } }))).progress
  await move(organization.owner, a.id, 1, 'done')
  expect(await progress()).toBe(33)
  await move(organization.owner, a.id, 2, 'in_progress')
  expect(await progress()).toBe(33)
})

/** Begins `act` when a task is completed and nobody else knows yet. */
async function whileCompleting(id: string, act: () => Promise<unknown>) {
  const [completed, begun] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const first = withTenant(organization.owner, async (scope) => {
    await moveTask(scope, moveTaskSchema.parse({ id, version: 1, to: 'done', summary: 'done' }))
    completed.resolve()
    await begun.promise
  })
  await completed.promise
  const second = act()
  setTimeout(begun.resolve, 300)
  return (await Promise.all([second, first]))[0]
}

test('two subtasks that change at once both count in their parent', async () => {
  const parent = await makeTask(organization.owner, project.id)
  const parts = [await makeTask(organization.owner, project.id, { parentId: parent.id }), await makeTask(organization.owner, project.id, { parentId: parent.id })]
  await whileCompleting(parts[0]!.id, () => move(organization.owner, parts[1]!.id, 1, 'done'))
  expect(await withTenant(organization.owner, (scope) => scope.tx.task.findFirstOrThrow({ where: { id: parent.id } }))).toMatchObject({ progress: 100 })
})

describe('below a closed task nothing is open', () => {
  const closedWith = async (status: 'cancelled' | 'trash') => {
    const parent = await makeTask(organization.owner, project.id, { title: 'The whole' })
    const part = await makeTask(organization.owner, project.id, { parentId: parent.id })
    if (status === 'cancelled') await move(organization.owner, part.id, 1, 'cancelled')
    else await withTenant(organization.owner, (scope) => deleteTasks(scope, [part.id]))
    await move(organization.owner, parent.id, 1, 'done')
    return { parent, part }
  }

  test('a cancelled subtask is not reopened, by itself or among many', async () => {
    const { part } = await closedWith('cancelled')
    await expect(move(organization.owner, part.id, 2, 'todo')).rejects.toMatchObject({ status: 409, code: 'task_closed', message: 'The task that it is part of is done and takes no open subtasks.' })
    const answer = await withTenant(organization.owner, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids: [part.id], status: 'todo' })))
    expect(answer).toMatchObject({ changed: 0, refused: [{ id: part.id }] })
  })

  test('an open subtask stays in the trash', async () => {
    const { parent, part } = await closedWith('trash')
    const restore = (ids: string[]) => withTenant(organization.owner, (scope) => restoreTasks(scope, ids))
    await expect(restore([part.id])).rejects.toMatchObject({ status: 409, code: 'task_closed', message: '“The whole” is done and takes no open subtasks.' })
    await withTenant(organization.owner, (scope) => deleteTasks(scope, [parent.id]))
    await expect(restore([parent.id, part.id])).rejects.toMatchObject({ code: 'task_closed' })
  })

  test('a subtask made while its parent is being completed waits and is refused', async () => {
    const parent = await makeTask(organization.owner, project.id)
    await expect(whileCompleting(parent.id, () => makeTask(organization.owner, project.id, { parentId: parent.id }))).rejects.toMatchObject({ status: 409, code: 'task_closed' })
  })

  test('a subtask brought back from the trash while its parent is being completed waits and is refused', async () => {
    const parent = await makeTask(organization.owner, project.id)
    const part = await makeTask(organization.owner, project.id, { parentId: parent.id })
    await withTenant(organization.owner, (scope) => deleteTasks(scope, [part.id]))
    const restored = whileCompleting(parent.id, () => withTenant(organization.owner, (scope) => restoreTasks(scope, [part.id])))
    await expect(restored).rejects.toMatchObject({ status: 409, code: 'task_closed' })
  })
})

test('a field member moves only what is assigned to them; another organization nothing', async () => {
  const field = await organization.add('field')
  const stranger = (await makeOrganization()).owner
  await withTenant(organization.owner, async (scope) => {
    const { version } = await scope.tx.container.findFirstOrThrow({ where: { id: project.id } })
    await shareProject(scope, { id: project.id, version, visibility: 'organization', defaultAccess: 'edit', teamId: null, shares: [`user:${field.userId}:edit`] })
  })
  const mine = await makeTask(organization.owner, project.id, { assignees: [field.userId] })
  const others = await makeTask(organization.owner, project.id)
  const part = await makeTask(organization.owner, project.id, { parentId: mine.id })
  const theirs = await makeTask(organization.owner, project.id, { parentId: mine.id, assignees: [organization.owner.userId] })
  expect(await move(field, part.id, 1, 'in_progress')).toMatchObject({ status: 'in_progress' })
  await expect(move(field, theirs.id, 1, 'in_progress')).rejects.toMatchObject({ status: 403 })
  const next = await withTenant(field, (scope) => nextTask(scope, { person: field.userId, projectId: project.id }, '2026-11-22'))
  expect(next).toMatchObject({ task: { id: part.id }, waiting: 0 })
  expect(await move(field, mine.id, 1, 'in_progress')).toMatchObject({ status: 'in_progress' })
  await expect(move(field, others.id, 1, 'in_progress')).rejects.toMatchObject({ status: 403 })
  await expect(move(stranger, mine.id, 2, 'review')).rejects.toMatchObject({ status: 404 })
})

test('two people drag one card: the second is told', async () => {
  const { id, version } = await taskIn('in_progress')
  const answers = await Promise.allSettled([move(organization.owner, id, version, 'review'), move(organization.owner, id, version, 'testing')])
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { status: 409, code: 'changed_elsewhere' } })
})

describe('bulkEditTasks', () => {
  const bulk = (member: Member, ids: string[], input: Record<string, unknown>) => withTenant(member, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids, ...input })))

  test('judges each task by itself and names what it left alone', async () => {
    const [todo, done] = [await taskIn('todo'), await taskIn('done')]
    const answer = await bulk(organization.owner, [todo.id, done.id], { status: 'in_progress', priority: 'urgent' })
    expect(answer).toMatchObject({ changed: 1, refused: [{ id: done.id }] })
    expect(await withTenant(organization.owner, (scope) => scope.tx.task.findFirst({ where: { id: todo.id } }))).toMatchObject({ status: 'in_progress', priority: 'urgent', priorityRank: 1 })
  })

  test('nobody takes the assignees off, not the reviewers; a reason has at most 1,000 characters', async () => {
    const { id } = await taskIn('todo')
    const reviewer = await organization.add('member')
    await bulk(organization.owner, [id], { assignee: organization.owner.userId })
    await withTenant(organization.owner, ({ tx, member }) => tx.taskAssignee.createMany({ data: [{ taskId: id, projectId: project.id, userId: reviewer.userId, role: 'reviewer', createdBy: member.userId }] }))
    await bulk(organization.owner, [id], { assignee: 'nobody' })
    expect(await withTenant(organization.owner, ({ tx }) => tx.taskAssignee.findMany({ where: { taskId: id } }))).toMatchObject([{ userId: reviewer.userId, role: 'reviewer' }])
    expect(bulkEditSchema.safeParse({ ids: [id], status: 'blocked', note: 'x'.repeat(1_001) }).success).toBe(false)
    expect(bulkEditSchema.safeParse({ ids: [id], status: 'done', note: 'x'.repeat(1_001) }).success).toBe(true)
  })

  test('a viewer may not, a foreign id refuses the whole, and so does another organization', async () => {
    const [task, viewer, stranger] = [await taskIn('todo'), await organization.add('viewer'), (await makeOrganization()).owner]
    const theirs = await makeTask(stranger, (await makeProject(stranger)).id)
    await expect(bulk(viewer, [task.id], { priority: 'low' })).rejects.toMatchObject({ status: 403 })
    await expect(bulk(organization.owner, [task.id, theirs.id], { priority: 'low' })).rejects.toMatchObject({ status: 404 })
    await expect(bulk(stranger, [task.id], { priority: 'low' })).rejects.toMatchObject({ status: 404 })
    expect(await withTenant(organization.owner, (scope) => scope.tx.task.findFirst({ where: { id: task.id } }))).toMatchObject({ priority: 'medium' })
  })
})
