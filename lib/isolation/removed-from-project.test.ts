import { afterAll, beforeEach, expect, test } from 'vitest'
import { listChanges } from '@/lib/live/changes'
import { operationOf } from '@/lib/operations/operations'
import { listProjects } from '@/lib/projects/projects'
import { shareProject } from '@/lib/projects/sharing'
import { searchRecords } from '@/lib/search/search'
import { listTasks, taskFilterSchema } from '@/lib/tasks/task-list'
import { getTask, updateTask } from '@/lib/tasks/tasks'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { type KeyFacts, type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'

const TODAY = '2026-11-22'
let organization: TestOrganization
let guest: Member
let keeper: Member
let project: { id: string; slug: string }
let task: { id: string; number: number }
beforeEach(async () => {
  organization = await makeOrganization()
  ;[guest, keeper] = [await organization.add('member'), await organization.add('member')]
  const { id } = await makeProject(keeper, { name: 'Lighthouse', visibility: 'private' })
  task = await makeTask(keeper, id, { title: 'Lighthouse lamp', assignees: [guest.userId] })
  project = await withTenant(keeper, ({ tx }) => tx.project.findFirstOrThrow({ where: { id }, select: { id: true, slug: true } }))
  await share([`user:${guest.userId}:edit`])
})
afterAll(closeConnections)

async function share(shares: string[]): Promise<void> {
  await withTenant(keeper, async (scope) => {
    const { version } = await scope.tx.container.findFirstOrThrow({ where: { id: project.id } })
    await shareProject(scope, { id: project.id, version, visibility: 'private', defaultAccess: 'edit', teamId: null, shares })
  })
}

// The tools that are open to it are those of before: the conversation goes on with the same key.
const key: KeyFacts = { id: uuidv7(), prefix: 'bh_AAAAAAAA', scopes: ['tasks:read', 'tasks:update', 'tasks:move', 'projects:read', 'organization:read', 'mcp:execute'], containerId: null }
const call = (name: string, input: unknown) => withTenant(guest, (scope) => operationOf(name).perform(scope, input), { key })
const save = (scope: Scope) => updateTask(scope, { id: task.id, version: 1, title: 'Typed in the open tab', description: '', priority: 'low', dueOn: null, estimate: null, assignees: [], labels: [] })
const shown = () => withTenant(guest, async (scope) => ({
  listed: (await listTasks(scope, taskFilterSchema.parse({ assignee: 'me' }), { today: TODAY })).total, found: (await searchRecords(scope, 'lighthouse')).length, projects: (await listProjects(scope, { today: TODAY })).length, live: Object.keys((await listChanges(scope)).projects).length,
}))

test('whoever is taken from a project has lost it with the next click, in an open tab, in what is told live, and in a running conversation by tools', async () => {
  expect(await withTenant(guest, (scope) => getTask(scope, project.slug, task.number))).toMatchObject({ title: 'Lighthouse lamp' })
  expect(await call('get_task', { task: task.id })).toMatchObject({ task: { id: task.id } })
  expect(await shown()).toEqual({ listed: 1, found: 2, projects: 1, live: 1 })

  await share([])
  const gone = { status: 404, code: 'not_found' }
  await expect(withTenant(guest, (scope) => getTask(scope, project.slug, task.number))).rejects.toMatchObject(gone)
  await expect(withTenant(guest, save)).rejects.toMatchObject(gone)
  for (const [name, input] of [['get_task', { task: task.id }], ['move_task', { task: task.id, to: 'in_progress' }], ['report_progress', { task: task.id, body: 'Still here' }], ['get_project', { project: project.slug }]] as const) await expect(call(name, input), name).rejects.toMatchObject({ status: 404 })
  expect(await call('next_task', {})).toMatchObject({ task: null })
  expect(await shown()).toEqual({ listed: 0, found: 0, projects: 0, live: 0 })
  expect(await withTenant(keeper, (scope) => getTask(scope, project.slug, task.number))).toMatchObject({ title: 'Lighthouse lamp', version: 1 })
})

test('whoever stays keeps it, and let in again it is theirs as before', async () => {
  await share([])
  expect(await withTenant(keeper, async (scope) => (await listTasks(scope, taskFilterSchema.parse({}), { today: TODAY })).total)).toBe(1)
  await share([`user:${guest.userId}:edit`])
  expect(await shown()).toEqual({ listed: 1, found: 2, projects: 1, live: 1 })
  // With less than before they see it and change nothing.
  await share([`user:${guest.userId}:view`])
  await expect(withTenant(guest, save)).rejects.toMatchObject({ status: 403 })
  await share([`user:${guest.userId}:edit`])
  await withTenant(guest, save)
})
