import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { look } from '@/lib/testing/make-joiner'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { operationOf } from './operations'

let owner: Member, project: { id: string }, task: { id: string }
beforeAll(async () => {
  owner = (await makeOrganization()).owner
  project = await makeProject(owner, { name: 'Zoo' })
  task = await makeTask(owner, project.id, { title: 'Fence of the lions' })
  await perform('set_context', { level: 'project', id: project.id, section: 'lions', data: { note: 'zanzibar' } })
  await perform('create_workstream', { project: project.id, name: 'Zanzibar walls' })
  await perform('create_goal', { project: project.id, title: 'Zanzibar opened' })
  await look(`UPDATE projects SET description = 'Goal: quiet lions\n1. Feed the lions' WHERE id = $1`, [project.id])
  await perform('suggest_plan', { project: project.id })
})
afterAll(closeConnections)

const perform = (name: string, input: Record<string, unknown>, scopes?: string[]) =>
  withTenant(owner, (scope) => operationOf(name).perform(scope, input), { key: scopes && { id: uuidv7(), prefix: 'bh_AAAAAAAA', scopes, containerId: null } }) as Promise<Record<string, unknown>>
const kindsFound = async (query: string, scopes: string[], kinds?: string[]) => [...new Set(((await perform('search', { query, kinds }, scopes)).hits as { kind: string }[]).map(({ kind }) => kind))].sort()

test('a key finds what it may read, and is told of no other words', async () => {
  const all = ['tasks:read', 'contexts:read', 'workstreams:read', 'goals:read']
  expect(await kindsFound('zanzibar', all)).toEqual(['context', 'goal', 'workstream'])
  expect(await kindsFound('zanzibar', all, ['goal', 'task'])).toEqual(['goal'])
  expect(await kindsFound('zanzibar', ['tasks:read'])).toEqual([])
  expect(await kindsFound('lions', ['tasks:read'])).toEqual(['task'])
  expect(await kindsFound('lions', ['tasks:read'], ['context'])).toEqual([])
  expect(await perform('search', { query: 'zanzibr' }, ['tasks:read'])).toEqual({ hits: [], instead: [] })
  expect(await perform('search', { query: 'zanzibr' }, all)).toMatchObject({ instead: ['zanzibar'] })
  expect(await perform('search', { query: 'lionz' }, ['tasks:read'])).toMatchObject({ hits: [{ kind: 'task' }] })
})

test('the notebook of a task is read with contexts:read', async () => {
  await expect(perform('get_task', { task: task.id, with_context: true }, ['tasks:read'])).rejects.toMatchObject({ status: 403, code: 'scope_missing' })
  expect(await perform('get_task', { task: task.id }, ['tasks:read'])).not.toHaveProperty('context')
  expect(await perform('get_task', { task: task.id, with_context: true }, ['tasks:read', 'contexts:read'])).toMatchObject({ context: [{ section: 'lions' }] })
})

test('of a project, goals, workstreams and what is proposed are for keys that may read them', async () => {
  const given = async (name: string, scopes: string[]) => JSON.stringify(await perform(name, { project: project.id }, ['projects:read', ...scopes]))
  expect(await given('get_project', [])).not.toContain('Zanzibar')
  expect(await given('get_project', ['goals:read'])).toContain('Zanzibar opened')
  expect(await given('get_project', ['workstreams:read'])).toContain('Zanzibar walls')
  expect(await perform('list_suggestions', { project: project.id }, ['projects:read'])).toEqual({ pending: [], decided: [] })
  expect(await given('list_suggestions', ['tasks:read', 'goals:read'])).toContain('Feed the lions')
})

const DEEP = JSON.parse(`${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`) as Record<string, unknown>
test.each<[string, string, () => Record<string, unknown>]>([
  ['NUL in an id', 'get_task', () => ({ task: 'A\0-1' })], ['half a pair in an id', 'get_project', () => ({ project: 'a\ud800' })],
  ['NUL in a text', 'list_tasks', () => ({ q: 'a\0b' })],
  ['NUL in a list', 'create_task', () => ({ project: project.id, title: 'x', assignees: ['a\0'] })],
  ['NUL in a list of commas', 'create_task', () => ({ project: project.id, title: 'x', labels: 'a,b\0' })], ['data that lies too deep', 'set_context', () => ({ level: 'project', id: project.id, section: 'deep', data: DEEP })],
  ['51 with commas', 'create_task', () => ({ project: project.id, title: 'x', assignees: Array.from({ length: 51 }, () => 'me').join(',') })], ['none of the list, with commas', 'list_tasks', () => ({ status: 'todo,nonsense' })],
])('%s is refused with 422', async (_, name, input) => {
  await expect(perform(name, input())).rejects.toMatchObject({ status: 422 })
})

test('a text with commas is a list', async () => {
  expect(await perform('list_tasks', { project: project.id, status: 'todo, in_progress' })).toMatchObject({ total: 1 })
})

test('a key for one project makes none and decides nothing that belongs to all', async () => {
  const { delegation } = await perform('delegate_context', { from: { level: 'project', id: project.id }, to: 'organization', section: 'lions', data: { note: 'zanzibar' }, reason: 'For all' })
  const limited = (name: string, input: Record<string, unknown>) => withTenant(owner, (scope) => operationOf(name).perform(scope, input), { key: {
    id: uuidv7(), prefix: 'bh_AAAAAAAA', scopes: ['projects:create', 'contexts:approve', 'contexts:approve_any'], containerId: project.id,
  } })
  const refused = { status: 403, message: 'This API key was given for one project.' }
  await expect(limited('create_project', { name: 'Another' })).rejects.toMatchObject(refused)
  await expect(limited('decide_delegation', { delegation: (delegation as { id: string }).id, decision: 'approved' })).rejects.toMatchObject(refused)
})
