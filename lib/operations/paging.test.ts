import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { operationOf } from './operations'

let owner: Member, stranger: Member, project: { id: string }, task: { id: string }
const perform = (name: string, input: object, by = owner) => withTenant(by, (scope) => operationOf(name).perform(scope, input)) as Promise<Record<string, unknown>>

beforeAll(async () => {
  ;[owner, stranger] = [(await makeOrganization()).owner, (await makeOrganization()).owner]
  project = await makeProject(owner, { name: 'Same name' })
  for (const name of ['Same name', 'Ärger', 'same name', '🦓 zoo', 'Aardvark', 'Same name']) await makeProject(owner, { name })
  task = await makeTask(owner, project.id)
  for (let n = 0; n < 7; n++) {
    await perform('create_idea', { title: `Idea ${n}` })
    await perform('report_progress', { task: task.id, body: `Step ${n}` })
    const { delegation } = (await perform('delegate_context', { from: { level: 'task', id: task.id }, to: 'project', section: `s${n}`, data: { n }, reason: 'Because' })) as { delegation: { id: string } }
    if (n % 2) await perform('decide_delegation', { delegation: delegation.id, decision: 'approved' })
  }
  await look(`UPDATE context_delegations SET decided_at = '2026-11-20T08:00:00Z' WHERE project_id = $1 AND decided_at IS NOT NULL`, [project.id])
})
afterAll(closeConnections)

test.each([['list_projects', 'projects'], ['list_ideas', 'ideas'], ['list_delegations', 'delegations'], ['list_progress', 'progress'], ['list_tasks', 'tasks']])('%s: its pages meet without gap or double', async (name, field) => {
  const input = { list_delegations: { project: project.id }, list_progress: { task: task.id } }[name] ?? {}
  const whole = (await perform(name, { ...input, limit: 100 }))[field] as { id: string }[]
  expect(whole.length).toBe(name === 'list_tasks' ? 1 : 7)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const answer = await perform(name, { ...input, limit: 2, ...(cursor && { cursor }) })
    expect((answer[field] as unknown[]).length).toBeLessThanOrEqual(2)
    seen.push(...(answer[field] as { id: string }[]).map(({ id }) => id))
    cursor = (answer.next_cursor as string | null) ?? undefined
  } while (cursor)
  expect(seen).toEqual(whole.map(({ id }) => id))
  const forged = ['nonsense', `["\\u0000","${project.id}"]`, '["2026-11-20T08:00:00Z",1]', ...(name === 'list_delegations' ? [`["0000-01-01T00:00:00Z","${project.id}"]`] : [])]
  for (const text of forged) expect((await perform(name, { ...input, cursor: Buffer.from(text).toString('base64url') }))[field]).toHaveLength(whole.length)
})

test('only projects of the state asked for are on its pages', async () => {
  const { id } = await makeProject(owner, { name: 'Paused' })
  await perform('update_project', { project: id, version: 1, status: 'paused' })
  expect(await perform('list_projects', { status: 'paused', limit: 1 })).toMatchObject({ projects: [{ id }], next_cursor: null })
})

test('a cursor of another organization shows nothing of it', async () => {
  const { next_cursor: cursor } = await perform('list_projects', { limit: 1 })
  expect(await perform('list_projects', { cursor }, stranger)).toMatchObject({ projects: [], next_cursor: null })
})

test('what waits for a task goes on page by page past the first hundred, each once', async () => {
  const place = await makeProject(owner, { name: 'Bottleneck' })
  const awaited = await makeTask(owner, place.id)
  await look(`WITH made AS (INSERT INTO tasks (tenant_id, id, project_id, number, title) SELECT $1, gen_random_uuid(), $2, 1000 + n, 'Waits ' || n FROM generate_series(1, 130) n RETURNING id)
    INSERT INTO task_dependencies (tenant_id, id, project_id, task_id, depends_on_id, created_by) SELECT $1, gen_random_uuid(), $2, m.id, $3, $4 FROM made m`, [owner.tenantId, place.id, awaited.id, owner.userId])
  type Answer = { dependencies: { depends_on: unknown[]; dependents: { id: string }[] }; next_cursor: string | null }
  const first = (await perform('list_dependencies', { task: awaited.id, limit: 100 })) as Answer
  const second = (await perform('list_dependencies', { task: awaited.id, limit: 100, cursor: first.next_cursor })) as Answer
  expect([first.dependencies.dependents.length, second.dependencies.dependents.length, second.next_cursor]).toEqual([100, 30, null])
  expect(new Set([first, second].flatMap(({ dependencies: { dependents } }) => dependents.map(({ id }) => id))).size).toBe(130)
  expect(((await perform('list_dependencies', { task: awaited.id, cursor: 'nonsense' })) as Answer).dependencies.dependents).toHaveLength(50)
})
