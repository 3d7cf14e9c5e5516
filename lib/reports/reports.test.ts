import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSmallExport } from '@/lib/exports/exports'
import { listProjects } from '@/lib/projects/projects'
import { taskFilterSchema, listTasks } from '@/lib/tasks/task-list'
import { moveTask } from '@/lib/tasks/transitions'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream, listWorkstreams } from '@/lib/workstreams/workstreams'
import { listHeld } from './attention'
import { readCycleTimes } from './cycle-time'
import { listCompleted, toMarkdown } from './digest'
import { reportFilterSchema } from './filter'
import { readMyWork } from './my-work'
import { listProgress } from './progress'
import { readWeeks } from './weeks'

// A Thursday; four weeks from Monday 2 November.
const NOW = new Date('2026-11-26T12:00:00Z')
const FOUR = { period: '4w' }
let organization: TestOrganization
let colleague: Member
let project: { id: string }
afterAll(closeConnections)

const as = <T>(by: Member, read: (scope: Scope) => Promise<T>) => withTenant(by, read, { readOnly: true })
const filterOf = (filter: object) => reportFilterSchema.parse(filter)
const stream = (projectId: string, name: string) => withTenant(organization.owner, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId, name })))

/** A task with a past: `moves` as `day status`, each from the one before. */
async function past(title: string, created: string, moves: string[], input: Record<string, unknown> = {}) {
  const task = await makeTask(organization.owner, project.id, { title, ...input })
  let from = 'todo', done: string | null = null
  for (const move of moves) {
    const [at, to] = move.split(' ') as [string, string]
    await look('INSERT INTO task_status_changes (tenant_id, id, project_id, task_id, from_status, to_status, actor_user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [organization.tenantId, randomUUID(), project.id, task.id, from, to, organization.owner.userId, at])
    if (to === 'done') done = at
    await look(`UPDATE tasks SET status = $2, completed_at = $3, completion_summary = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE 'Did it' END, blocked_reason = CASE WHEN $2 = 'blocked' THEN 'No wood' END, blocked_at = CASE WHEN $2 = 'blocked' THEN $4::timestamptz ELSE blocked_at END WHERE id = $1`, [task.id, to, done, at])
    from = to
  }
  await look('UPDATE tasks SET created_at = $2 WHERE id = $1', [task.id, created])
  return task
}

beforeAll(async () => {
  organization = await makeOrganization()
  colleague = await organization.add('manager')
  project = await makeProject(organization.owner, { name: 'Harvest' })
  const cellar = await stream(project.id, 'Cellar')
  await past('A', '2026-10-20', ['2026-11-03T00:00Z in_progress', '2026-11-04T00:00Z blocked', '2026-11-05T12:00Z in_progress', '2026-11-10T00:00Z done'])
  await past('B', '2026-11-05', ['2026-11-10T00:00Z in_progress', '2026-11-11T00:00Z done'], { workstreamId: cellar.id })
  await past('C', '2026-11-12', ['2026-11-17T00:00Z done'])
  await past('D', '2026-11-17', ['2026-11-24T00:00Z cancelled'])
  await past('E', '2026-11-01', [], { dueOn: '2026-11-20', assignees: [organization.owner.userId], priority: 'high' })
  const imported = await past('F', '2026-11-24', [])
  await look(`UPDATE tasks SET status = 'done', completed_at = '2026-11-24T10:00Z', completion_summary = 'As it came' WHERE id = $1`, [imported.id])
  await past('G', '2026-11-16', ['2026-11-16T00:00Z in_progress', '2026-11-18T00:00Z done', '2026-11-25T00:00Z archived'])
})

describe('by hand', () => {
  test('status by week and burn-up', async () => {
    const weeks = await as(organization.owner, (scope) => readWeeks(scope, filterOf({ ...FOUR, project: project.id }), NOW))
    expect(weeks.map(({ week, counts: { todo, in_progress, blocked, done, cancelled }, total, finished }) => [week, todo, in_progress, blocked, done, cancelled, total, finished])).toEqual([
      ['2026-11-02', 2, 1, 0, 0, 0, 3, 0], ['2026-11-09', 2, 0, 0, 2, 0, 4, 2], ['2026-11-16', 2, 0, 0, 4, 0, 6, 2], ['2026-11-23', 1, 0, 0, 5, 1, 6, 1],
    ])
  })

  test('cycle time: median and 85th percentile by week and workstream, time in blocked, and those never begun', async () => {
    const { all, weeks, workstreams } = await as(organization.owner, (scope) => readCycleTimes(scope, filterOf({ ...FOUR, project: project.id }), NOW))
    // Hours: A 168, B 24, G 48. Between 48 and 168, seven tenths of the way: 132.
    expect(all).toEqual({ measured: 3, neverBegun: 2, medianHours: 48, p85Hours: 132, blockedHours: 36 })
    expect(weeks.map(({ week, measured, neverBegun, medianHours, p85Hours, blockedHours }) => [week, measured, neverBegun, medianHours, p85Hours && Math.round(p85Hours * 10) / 10, blockedHours])).toEqual([
      ['2026-11-02', 0, 0, null, null, 0], ['2026-11-09', 2, 0, 96, 146.4, 36], ['2026-11-16', 1, 1, 48, 48, 0], ['2026-11-23', 0, 1, null, null, 0],
    ])
    expect(workstreams.map(({ name, measured, medianHours, p85Hours }) => [name, measured, medianHours, p85Hours])).toEqual([['Cellar', 1, 24, 24], ['No workstream', 2, 108, 150]])
  })

  test('blocked and overdue with reason and age', async () => {
    const held = async () => (await as(organization.owner, (scope) => listHeld(scope, filterOf({ project: project.id }), { now: NOW }))).held
    expect(await held()).toMatchObject([{ title: 'E', lateDays: 6, blockedDays: null, people: 'Owner' }])
    await past('H', '2026-11-01', ['2026-11-02T00:00Z in_progress', '2026-11-12T00:00Z blocked'])
    expect(await held()).toMatchObject([{ title: 'H', reason: 'No wood', blockedDays: 14, lateDays: null, people: 'Nobody' }, { title: 'E' }])
    const late = await past('I', '2026-11-01', ['2026-11-15T00:00Z in_progress', '2026-11-25T00:00Z blocked'], { dueOn: '2026-11-10' })
    const first = await as(organization.owner, (scope) => listHeld(scope, filterOf({ project: project.id }), { take: 2, now: NOW }))
    expect([first.total, first.held.map(({ title }) => title)]).toEqual([3, ['I', 'H']])
    // Nothing says when it was blocked, as of what comes out of an older archive: since its last change.
    await look("UPDATE tasks SET blocked_at = NULL, due_on = NULL, updated_at = '2026-11-24T00:00Z' WHERE id = $1", [late.id])
    expect((await held()).map(({ title, blockedDays }) => [title, blockedDays])).toEqual([['H', 14], ['E', null], ['I', 2]])
    await look("UPDATE tasks SET deleted_at = now() WHERE id = $1", [late.id])
  })

  test('what was completed, also as Markdown that cannot be more than text', async () => {
    const completed = await as(organization.owner, (scope) => listCompleted(scope, filterOf({ ...FOUR, project: project.id }), { now: NOW }))
    expect(completed.map(({ title }) => title)).toEqual(['F', 'G', 'C', 'B', 'A'])
    expect(toMarkdown(completed)).toContain('## Harvest\n\n### 24 Nov 2026\n\n- **HARV-6** F: As it came')
    expect(toMarkdown([{ ...completed[0]!, summary: 'See\n# [here](http://x) ![](y)' }])).toContain('See \\# \\[here\\](http://x) \\!\\[\\](y)')
  })

  test('my work is what the list of mine holds', async () => {
    const work = await as(organization.owner, (scope) => readMyWork(scope, filterOf({}), NOW))
    const list = await as(organization.owner, (scope) => listTasks(scope, taskFilterSchema.parse({ assignee: 'me', status: 'open' }), { today: '2026-11-26' }))
    expect(work.find(({ status }) => status === 'todo')).toMatchObject({ total: 1, overdue: 1, counts: { high: 1, low: 0 } })
    expect(work.reduce((sum, { total }) => sum + total, 0)).toBe(list.total)
  })
})

test('35 subtasks over two projects, one of them cancelled: pages, reports and files say the same', async () => {
  const place = await makeOrganization()
  const { owner } = place
  const move = (id: string, to: string) => withTenant(owner, async (scope) => moveTask(scope, { id, version: (await scope.tx.task.findFirstOrThrow({ where: { id } })).version, to: to as 'done', note: '', summary: 'Done', cancelSubtasks: false }))
  const totals: { id: string; done: number; total: number; parent: string }[] = []
  for (const [name, count, done, cancelled] of [['One', 20, 9, 1], ['Two', 15, 5, 0]] as const) {
    const { id } = await makeProject(owner, { name })
    const workstream = await withTenant(owner, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId: id, name })))
    const parent = await makeTask(owner, id, { workstreamId: workstream.id })
    for (let n = 0; n < count; n++) {
      const subtask = await makeTask(owner, id, { parentId: parent.id, workstreamId: workstream.id })
      if (n < done) await move(subtask.id, 'done')
      else if (n < done + cancelled) await move(subtask.id, 'cancelled')
    }
    if (cancelled) await move((await as(owner, ({ tx }) => tx.task.findFirstOrThrow({ where: { projectId: id, status: 'cancelled' } }))).id, 'archived')
    totals.push({ id, done, total: count + 1 - cancelled, parent: parent.id })
  }
  const last = async (project = '') => (await as(owner, (scope) => readWeeks(scope, filterOf({ project })))).at(-1)!
  for (const { id, done, total, parent } of totals) {
    expect(await as(owner, ({ tx }) => tx.task.findFirst({ where: { id: parent } }))).toMatchObject({ progress: Math.floor((100 * done) / (total - 1) + 0.5) })
    expect(await as(owner, (scope) => listWorkstreams(scope, id))).toMatchObject([{ doneCount: done, totalCount: total }])
    expect(await as(owner, (scope) => listProgress(scope, filterOf({ project: id })))).toMatchObject([{ done, total }])
    expect(await last(id)).toMatchObject({ done, total })
    expect((await as(owner, (scope) => readSmallExport(scope, 'weeks', { project: id })))!.rows.at(-1)).toMatchObject({ done, total })
  }
  expect((await as(owner, (scope) => listProjects(scope, { today: '2026-11-26' }))).map(({ doneCount, openCount }) => [doneCount, doneCount + openCount])).toEqual(totals.map(({ done, total }) => [done, total]))
  expect(await last()).toMatchObject({ done: 14, total: 36 })
})

test('what is private moves no number of anybody else; another organization, and an unknown project, are empty', async () => {
  const all = (by: Member, filter: object = {}) => as(by, async (scope) => [await readWeeks(scope, filterOf(filter), NOW), await readCycleTimes(scope, filterOf(filter), NOW), await listHeld(scope, filterOf(filter), { now: NOW }), await listCompleted(scope, filterOf(filter), { now: NOW }), await listProgress(scope, filterOf(filter)), await readMyWork(scope, filterOf(filter), NOW)])
  const before = await all(organization.owner)
  const hidden = await makeProject(colleague, { visibility: 'private' })
  const made = await makeTask(colleague, hidden.id, { dueOn: '2026-11-01', assignees: [organization.owner.userId] }).catch(() => makeTask(colleague, hidden.id, { dueOn: '2026-11-01' }))
  await look(`UPDATE tasks SET created_at = '2026-11-01' WHERE id = $1`, [made.id])
  const done = await makeTask(colleague, hidden.id)
  await withTenant(colleague, (scope) => moveTask(scope, { id: done.id, version: 1, to: 'done', note: '', summary: 'Secret', cancelSubtasks: false }))
  await look(`UPDATE tasks SET created_at = '2026-11-01', completed_at = '2026-11-20' WHERE id = $1`, [done.id])
  expect(await all(organization.owner)).toEqual(before)
  expect(await all(colleague)).not.toEqual(before)
  const nothing = await all(organization.owner, { project: randomUUID() })
  expect(await all(organization.owner, { project: hidden.id })).toEqual(nothing)
  expect(await all((await makeOrganization()).owner, { project: project.id })).toEqual(nothing)
})
