import { afterAll, beforeAll, expect, test } from 'vitest'
import { operationOf } from '@/lib/operations/operations'
import { addDependency } from '@/lib/tasks/dependencies'
import { FINDING_KINDS } from '@/lib/tasks/finding-kinds'
import { listTasks, taskFilterSchema } from '@/lib/tasks/task-list'
import { moveTask } from '@/lib/tasks/transitions'
import { moveTaskSchema } from '@/lib/tasks/schema'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { toConfig } from '@/lib/views/lists'
import { listFindings } from './findings'
import { readHealth } from './health'

const TODAY = '2026-11-22'
let organization: TestOrganization
let project: Awaited<ReturnType<typeof makeProject>>
const as = <T>(work: (scope: Scope) => Promise<T>) => withTenant(organization.owner, work)
const move = (id: string, version: number, to: string, note = '') => as((scope) => moveTask(scope, moveTaskSchema.parse({ id, version, to, note })))

beforeAll(async () => {
  organization = await makeOrganization()
  project = await makeProject(organization.owner, { name: 'Ill' })
  const mine = { assignees: [organization.owner.userId], estimate: '1h' }
  await makeTask(organization.owner, project.id, { ...mine, title: 'Sound' })
  await makeTask(organization.owner, project.id, { ...mine, title: 'A day late', dueOn: '2026-11-21' })
  for (let n = 0; n < 4; n++) await makeTask(organization.owner, project.id, { ...mine, title: `Late ${n}`, dueOn: `2026-11-1${n}` })
  const held = await makeTask(organization.owner, project.id, { ...mine, title: 'Held' })
  await move(held.id, 1, 'in_progress')
  await move(held.id, 2, 'blocked', 'No crane')
  const [waiting, dropped] = [await makeTask(organization.owner, project.id, { ...mine, title: 'Waiting' }), await makeTask(organization.owner, project.id, { ...mine, title: 'Dropped', dueOn: '2026-11-01' })]
  await as((scope) => addDependency(scope, { taskId: waiting.id, dependsOnId: dropped.id }))
  await move(dropped.id, 1, 'cancelled')
  await makeTask(organization.owner, project.id, { title: 'Loose' })
  const still = await makeTask(organization.owner, project.id, { ...mine, title: 'Still' })
  await look('UPDATE tasks SET updated_at = $2 WHERE id = $1', [still.id, '2026-10-13T08:00:00Z'])
})
afterAll(closeConnections)

const now = new Date('2026-11-22T12:00:00Z')
const findings = () => as(async (scope) => listFindings(scope, project, (await readHealth(scope, [project.id], { today: TODAY, now })).get(project.id)!.counts, { today: TODAY, now }))

test('each kind has its count and its first tasks, with how long or why', async () => {
  const named = (await findings()).map(({ kind, count, tasks }) => [kind, count, tasks.map(({ title, days, reason }) => [title, days ?? reason])])
  expect(named).toEqual([
    ['overdue', 5, [['Late 0', 12], ['Late 1', 11], ['Late 2', 10]]],
    ['blocked', 1, [['Held', 'No crane']]],
    ['waiting_on_cancelled', 1, [['Waiting', `${project.key}-9 Dropped`]]],
    ['unassigned', 1, [['Loose', null]]],
    ['unestimated', 1, [['Loose', null]]],
    ['stale', 1, [['Still', 40]]],
  ])
})

test('the list filtered by a kind has as many tasks as the health counts', async () => {
  for (const { kind, count } of await findings()) {
    const { total } = await as((scope) => listTasks(scope, taskFilterSchema.parse({ finding: kind }), { projectId: project.id, today: TODAY }))
    expect([kind, total]).toEqual([kind, count])
    expect(toConfig('tasks', `finding=${kind}`)).toEqual({ finding: kind })
  }
  expect(taskFilterSchema.safeParse({ finding: 'ill' }).success).toBe(false)
})

test('programs read the findings, and list the tasks of a kind', async () => {
  const { health } = (await as((scope) => operationOf('get_health').perform(scope, { project: project.slug }))) as { health: { findings: { kind: string }[] } }
  expect(FINDING_KINDS.filter((kind) => !health.findings.some((one) => one.kind === kind))).toEqual([])
  expect(await as((scope) => operationOf('get_project').perform(scope, { project: project.slug }))).toMatchObject({ health: { findings: expect.arrayContaining([expect.objectContaining({ kind: 'blocked', tasks: [expect.objectContaining({ title: 'Held', reason: 'No crane' })] })]) } })
  expect(await as((scope) => operationOf('list_tasks').perform(scope, { project: project.slug, finding: 'waiting_on_cancelled' }))).toMatchObject({ tasks: [{ title: 'Waiting' }] })
})

test('a key that may not read tasks is told counts alone', async () => {
  const key = { id: '00000000-0000-7000-8000-000000000000', prefix: 'bk_test', scopes: ['projects:read' as const], containerId: null }
  const { health } = (await withTenant(organization.owner, (scope) => operationOf('get_health').perform(scope, { project: project.slug }), { key })) as { health: object }
  expect(health).toMatchObject({ counts: { overdue: 5 } })
  expect(health).not.toHaveProperty('findings')
})

test('another organization finds no such project', async () => {
  const other = await makeOrganization()
  await expect(withTenant(other.owner, (scope) => operationOf('get_health').perform(scope, { project: project.id }))).rejects.toMatchObject({ status: 404 })
})
