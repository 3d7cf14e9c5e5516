import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REST } from '@/lib/api/rest-table'
import { can, type Permission } from '@/lib/authorization/permissions'
import { Refusal } from '@/lib/errors'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { type KeyFacts, withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { operationOf, OPERATIONS } from './operations'

type Place = Record<'project' | 'workstream' | 'goal' | 'task' | 'other' | 'waiting' | 'idea' | 'validated' | 'delegation' | 'template' | 'suggestion' | 'projectKey' | 'deleted' | 'trashed' | 'target', string>

// What each operation is asked with. `free`: nothing in it names a record.
const SAMPLES: Record<string, { input: (place: Place) => Record<string, unknown>; free?: true }> = {
  whoami: { input: () => ({}), free: true },
  search: { input: () => ({ query: 'zebra' }), free: true },
  list_projects: { input: () => ({}), free: true },
  get_project: { input: ({ project }) => ({ project }) },
  get_health: { input: ({ project }) => ({ project }) },
  create_project: { input: () => ({ name: 'Another' }), free: true },
  update_project: { input: ({ project }) => ({ project, version: 1, description: 'Changed', status: 'paused' }) },
  delete_project: { input: ({ project, projectKey }) => ({ project, confirm: projectKey }) },
  list_deleted_projects: { input: () => ({}), free: true },
  restore_project: { input: ({ deleted }) => ({ project: deleted }) },
  list_workstreams: { input: ({ project }) => ({ project }) },
  create_workstream: { input: ({ project }) => ({ project, name: 'Cellar' }) },
  update_workstream: { input: ({ workstream }) => ({ workstream, version: 1, status: 'paused' }) },
  list_goals: { input: ({ project }) => ({ project }) },
  create_goal: { input: ({ project }) => ({ project, title: 'Dry cellar', target_on: '2027-01-31' }) },
  update_goal: { input: ({ goal }) => ({ goal, version: 1, title: 'Drier cellar' }) },
  list_tasks: { input: ({ project }) => ({ project, due_before: '2100-01-01', status: ['open'] }) },
  get_task: { input: ({ task }) => ({ task, with_context: true }) },
  next_task: { input: ({ project }) => ({ project }) },
  create_task: { input: ({ project, other, workstream, goal }) => ({ project, title: 'Dig', workstream, goal, depends_on: [other], assignees: ['me'], estimate: '2h' }) },
  add_subtask: { input: ({ task }) => ({ task, title: 'Dig deeper' }) },
  update_task: { input: ({ task }) => ({ task, version: 1, due_on: '2027-02-01' }) },
  move_task: { input: ({ task }) => ({ task, to: 'in_progress' }) },
  block_task: { input: ({ other }) => ({ task: other, reason: 'Rain' }) },
  complete_task: { input: ({ task }) => ({ task, summary: 'Dug.' }) },
  report_progress: { input: ({ task }) => ({ task, body: 'Half way', percent: 50 }) },
  list_progress: { input: ({ task }) => ({ task }) },
  assign_task: { input: ({ task }) => ({ task, add: ['me'] }) },
  list_dependencies: { input: ({ task }) => ({ task }) },
  add_dependency: { input: ({ task, other }) => ({ task: other, depends_on: task }) },
  remove_dependency: { input: ({ waiting, task }) => ({ task: waiting, depends_on: task }) },
  list_deleted_tasks: { input: () => ({}), free: true },
  restore_task: { input: ({ trashed }) => ({ task: trashed }) },
  move_task_to_project: { input: ({ task, target }) => ({ task, project: target }) },
  delete_task: { input: ({ task }) => ({ task }) },
  get_context: { input: ({ task }) => ({ level: 'task', id: task }) },
  resolve_context: { input: ({ workstream }) => ({ level: 'workstream', id: workstream }) },
  set_context: { input: ({ project }) => ({ level: 'project', id: project, section: 'ground', data: { kind: 'clay', camelCase: { Kept: 1 } } }) },
  add_insight: { input: ({ task }) => ({ task, text: 'The ground is wet.' }) },
  delegate_context: { input: ({ task }) => ({ from: { level: 'task', id: task }, to: 'project', section: 'ground', data: { kind: 'clay' }, reason: 'Holds everywhere' }) },
  list_delegations: { input: ({ project }) => ({ project }) },
  decide_delegation: { input: ({ delegation }) => ({ delegation, decision: 'approved' }) },
  list_ideas: { input: () => ({}), free: true },
  get_idea: { input: ({ idea }) => ({ idea }) },
  create_idea: { input: ({ project }) => ({ project, title: 'A pump' }) },
  refine_idea: { input: ({ idea }) => ({ idea, version: 1, answers: ['Us', 'Dry by 2027', '4h', 'Rain'] }) },
  convert_idea: { input: ({ validated, project }) => ({ idea: validated, version: 1, project, tasks: ['Buy a pump', 'Run it'] }) },
  list_templates: { input: () => ({}), free: true },
  create_template: { input: ({ project }) => ({ kind: 'task', name: `Cage ${uuidv7()}`, outline: 'Build it !high ~2h\n- Lock it', project }) },
  use_template: { input: ({ template, project }) => ({ template, project }) },
  list_suggestions: { input: ({ project }) => ({ project }) },
  suggest_plan: { input: ({ project }) => ({ project }) },
  accept_suggestion: { input: ({ suggestion }) => ({ suggestion, title: 'Feed them twice' }) },
  reject_suggestion: { input: ({ suggestion }) => ({ suggestion }) },
  rate_suggestion: { input: ({ suggestion }) => ({ suggestion, rating: 4 }) },
}

let organization: TestOrganization, keeper: Member, colleague: Member, stranger: Member, viewer: Member
/** One that nobody changes. */
let still: Place
beforeAll(async () => {
  organization = await makeOrganization()
  keeper = await organization.add('manager')
  colleague = await organization.add('admin')
  viewer = await organization.add('viewer')
  stranger = (await makeOrganization()).owner
  still = await makePlace()
})
afterAll(closeConnections)

const key = (scopes: string[], containerId: string | null = null): KeyFacts => ({ id: uuidv7(), prefix: 'bh_AAAAAAAA', scopes, containerId })
const perform = (member: Member, name: string, input: unknown, withKey?: KeyFacts) => withTenant(member, (scope) => operationOf(name).perform(scope, input), { key: withKey }) as Promise<Record<string, unknown>>
const outcome = (member: Member, name: string, input: unknown) =>
  perform(member, name, input).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
    return { status: error.status, code: error.code, message: error.message, detail: error.detail }
  })

/** What of a place an operation is asked with. */
function namesOf(input: (place: Place) => unknown): string[] {
  const names = new Set<string>()
  input(new Proxy({} as Place, { get: (_, name) => (names.add(String(name)), 'named') }))
  return [...names]
}

/** A project, and of what can be in it those that are named; all, if none is. */
async function makePlace(names = Object.values(SAMPLES).flatMap(({ input }) => namesOf(input))): Promise<Place> {
  const when = async (wanted: string[], make: () => Promise<string>) => (names.some((name) => wanted.includes(name)) ? make() : uuidv7())
  const { id: project, key: projectKey } = await makeProject(keeper, { name: 'Zebra house', visibility: 'private' })
  const idea = async (title: string) => ((await perform(keeper, 'create_idea', { project, title })).idea as { id: string }).id
  const task = await when(['task', 'other', 'waiting', 'delegation'], async () => (await makeTask(keeper, project, { title: 'Zebra door' })).id)
  const other = await when(['task', 'other', 'waiting'], async () => {
    const { id } = await makeTask(keeper, project, { title: 'Zebra roof' })
    await perform(keeper, 'move_task', { task: id, to: 'in_progress' })
    return id
  })
  const place = {
    project, projectKey, task, other,
    deleted: await when(['deleted'], async () => {
      const gone = await makeProject(keeper, { name: 'Zebra barn', visibility: 'private' })
      await perform(keeper, 'delete_project', { project: gone.id, confirm: gone.key })
      return gone.id
    }),
    waiting: await when(['waiting'], async () => {
      const { id } = await makeTask(keeper, project, { title: 'Zebra key' })
      await perform(keeper, 'add_dependency', { task: id, depends_on: task })
      return id
    }),
    workstream: await when(['workstream'], async () => ((await perform(keeper, 'create_workstream', { project, name: 'Zebra walls' })).workstream as { id: string }).id),
    goal: await when(['goal'], async () => ((await perform(keeper, 'create_goal', { project, title: 'Zebra home' })).goal as { id: string }).id),
    trashed: await when(['trashed'], async () => {
      const { id } = await makeTask(keeper, project, { title: 'Zebra hay' })
      await perform(keeper, 'delete_task', { task: id })
      return id
    }),
    target: await when(['target'], async () => (await makeProject(keeper, { name: 'Zebra field', visibility: 'private' })).id),
    delegation: await when(['delegation'], async () => ((await perform(keeper, 'delegate_context', { from: { level: 'task', id: task }, to: 'project', section: 'zebra', data: { food: 'zebra hay' }, reason: 'For all' })).delegation as { id: string }).id),
    idea: await when(['idea'], () => idea('Zebra fence')),
    validated: await when(['validated'], async () => {
      const id = await idea('Zebra pump')
      await look(`UPDATE ideas SET status = 'validated', owner_user_id = NULL WHERE id = $1`, [id])
      return id
    }),
    template: await when(['template'], async () => ((await perform(keeper, 'create_template', { kind: 'task', name: `Zebra ${uuidv7()}`, outline: 'Zebra feed', project })).template as { id: string }).id),
    suggestion: await when(['suggestion'], async () => {
      await look(`UPDATE projects SET description = '1. Feed the zebra' WHERE id = $1`, [project])
      return ((await perform(keeper, 'suggest_plan', { project })).pending as { id: string }[])[0]!.id
    }),
  }
  await look(`UPDATE projects SET description = '1. Comb the zebra', version = 1 WHERE id = $1`, [project])
  await look('UPDATE tasks SET version = 1 WHERE project_id = $1', [project])
  return place
}

const counted = ['projects', 'workstreams', 'goals', 'tasks', 'task_assignees', 'task_dependencies', 'task_progress', 'task_status_changes', 'ideas', 'idea_answers', 'idea_tasks', 'context_entries', 'context_delegations', 'task_templates', 'suggestions', 'audit_events', 'search_documents']
const standing = () => look(`SELECT ${counted.map((table) => `(SELECT count(*) || '/' || coalesce(max(created_at)::text, '') FROM (SELECT to_jsonb(x) ->> 'created_at' AS created_at FROM ${table} x WHERE tenant_id = $1) y) AS ${table}`).join(', ')}`, [organization.tenantId])

test('every operation has a sample here, and an address, or is a tool alone', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(OPERATIONS.map(({ name }) => name).sort())
  const addressed = new Set(REST.map(([, , name]) => name))
  expect([...addressed].filter((name) => !SAMPLES[name])).toEqual([])
  // Shorter words for a transition; the search of the pages has an address of its own.
  expect(OPERATIONS.map(({ name }) => name).filter((name) => !addressed.has(name))).toEqual(['search', 'block_task', 'complete_task'])
  for (const [method, , name] of REST) expect([name, operationOf(name).isWrite], `${method} ${name}`).toEqual([name, method !== 'GET'])
})

describe.each(Object.entries(SAMPLES))('%s', (name, { input, free }) => {
  const { permission, isWrite } = operationOf(name)

  test('does what it says for whoever may', async () => {
    const place = isWrite ? await makePlace(namesOf(input)) : still
    expect(await outcome(keeper, name, input(place))).not.toHaveProperty('code')
  })

  test('tells whoever does not see the project what it tells of nothing, and changes nothing', async () => {
    const nowhere = Object.fromEntries(Object.keys(still).map((one) => [one, uuidv7()])) as Place
    const before = await standing()
    for (const outsider of [colleague, stranger]) {
      const [here, there] = [await outcome(outsider, name, input(still)), await outcome(outsider, name, input(nowhere))]
      expect(JSON.stringify(here).toLowerCase()).not.toContain('zebra')
      if (!free) expect(here).toEqual(there)
      if (!free) expect([404, 422]).toContain((here as { status?: number }).status)
    }
    if (!free || !isWrite) expect(await standing()).toEqual(before)
  })

  test('a key without its permission, and a role without it, are refused', async () => {
    await expect(perform(keeper, name, input(still), key([]))).rejects.toMatchObject({ status: 403, code: 'scope_missing' })
    if (!can('viewer', permission)) await expect(perform(viewer, name, input(still), key([permission]))).rejects.toMatchObject({ status: 403 })
    else expect(isWrite).toBe(false)
  })

  test('a field that is none of its is refused by name', async () => {
    await expect(perform(keeper, name, { ...input(still), surprise: 1 })).rejects.toMatchObject({ status: 422, fields: { surprise: [expect.any(String)] } })
  })
})

test('a key for one project reads and writes no other', async () => {
  const [mine, other] = [await makePlace(), await makePlace()]
  const permissions = [...new Set(OPERATIONS.map(({ permission }) => permission))] as Permission[]
  const limited = key(permissions, mine.project)
  expect(((await perform(keeper, 'list_projects', {}, limited)).projects as { id: string }[]).map(({ id }) => id)).toEqual([mine.project])
  expect((await perform(keeper, 'whoami', {}, limited)).project_limit).toMatchObject({ id: mine.project })
  for (const [name, { input, free }] of Object.entries(SAMPLES)) if (!free) await expect(perform(keeper, name, input(other), limited), name).rejects.toMatchObject({ status: expect.toSatisfy((status: number) => [404, 422].includes(status)) as number })
})

test('the guide names every call and every tool with its permission', () => {
  const guide = readFileSync('docs/api.md', 'utf8')
  for (const [method, path, name] of REST) expect(guide).toContain(`| \`${method} ${path}\` | ${operationOf(name).permission} |`)
  for (const { name, permission } of OPERATIONS) expect(guide).toContain(`| \`${name}\` | ${permission} |`)
})

test('names of the answer are in snake_case, days are days, and data keeps its own names', async () => {
  const { project, task } = await makePlace()
  await perform(keeper, 'update_task', { task, version: 1, due_on: '2027-02-01', assignees: ['me'] })
  const { task: read } = await perform(keeper, 'get_task', { task })
  expect(read).toMatchObject({ due_on: '2027-02-01', project: { id: project }, assignees: [{ id: keeper.userId, name: 'The manager' }], allowed_next: ['in_progress', 'cancelled', 'done'], status: 'todo' })
  expect(JSON.stringify(read)).not.toMatch(/tenant|"[a-z]+[A-Z]/)
  const { entry } = await perform(keeper, 'set_context', SAMPLES.set_context!.input({ project } as Place))
  expect(entry).toMatchObject({ data: { kind: 'clay', camelCase: { Kept: 1 } } })
  expect((await perform(keeper, 'resolve_context', { level: 'task', id: task, section: 'ground' })).sections).toMatchObject([{ data: { camelCase: { Kept: 1 } }, sources: [{ path: ['kind'], level: 'project' }, { path: ['camelCase', 'Kept'], level: 'project' }] }])
})

test('a section that is written again keeps whether the levels above show through', async () => {
  const { project } = await makePlace()
  const set = async (more: object) => (await perform(keeper, 'set_context', { level: 'project', id: project, section: 'own', data: { a: 1 }, ...more }) as { entry: { inherits: boolean; version: number } }).entry
  expect(await set({ version: (await set({ inherits: false })).version })).toMatchObject({ inherits: false })
})

test('what is refused is named as the input names it', async () => {
  const { project, task } = await makePlace()
  await expect(perform(keeper, 'create_task', { project, title: '' })).rejects.toMatchObject({ fields: { title: [expect.any(String)] } })
  await expect(perform(keeper, 'create_task', { project, title: 'x', due_on: '2027-02-31' })).rejects.toMatchObject({ fields: { due_on: [expect.any(String)] } })
  await expect(perform(keeper, 'create_task', { project, title: 'x', estimate: 'soon' })).rejects.toMatchObject({ fields: { estimate: [expect.stringContaining('2h')] } })
  await expect(perform(keeper, 'create_task', { project, title: 'x', workstream: uuidv7() })).rejects.toMatchObject({ status: 422, fields: { workstream: [expect.any(String)] } })
  await expect(perform(keeper, 'create_task', { project: uuidv7(), title: 'x' })).rejects.toMatchObject({ status: 422, code: 'not_found', fields: { project: [expect.any(String)] } })
  await expect(perform(keeper, 'move_task', { task, to: 'review' })).rejects.toMatchObject({ status: 409, code: 'transition_not_allowed', detail: { allowed: ['in_progress', 'cancelled', 'done'] } })
  await expect(perform(keeper, 'update_task', { task, version: 7, title: 'y' })).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere' })
  await expect(perform(keeper, 'set_context', { level: 'project', id: project, section: 'a/b', data: {} })).rejects.toMatchObject({ fields: { section: [expect.any(String)] } })
  await expect(perform(keeper, 'set_context', { level: 'project', id: project, section: 'a', data: '[1]' })).rejects.toMatchObject({ fields: { data: [expect.any(String)] } })
})

test('a task goes into the trash and comes back by its key; moved, it says what it left behind, and its old key leads on', async () => {
  const { project, target, task, other, workstream } = await makePlace()
  const { key } = (await perform(keeper, 'get_task', { task })).task as { key: string }
  await perform(keeper, 'add_subtask', { task, title: 'Zebra hinge' })
  expect(await perform(keeper, 'delete_task', { task: key })).toEqual({ deleted: 2 })
  expect((await perform(keeper, 'list_deleted_tasks', {})).tasks).toContainEqual(expect.objectContaining({ id: task, key, title: 'Zebra door' }))
  await expect(perform(keeper, 'get_task', { task })).rejects.toMatchObject({ status: 404 })
  expect(await perform(keeper, 'restore_task', { task: key })).toMatchObject({ restored: 2, task: { id: task, key } })
  await expect(perform(keeper, 'restore_task', { task: key })).rejects.toMatchObject({ status: 404 })
  const { version } = (await perform(keeper, 'get_task', { task })).task as { version: number }
  await perform(keeper, 'update_task', { task, version, workstream })
  await perform(keeper, 'add_dependency', { task, depends_on: other })
  const moved = await perform(keeper, 'move_task_to_project', { task, project: target })
  expect(moved).toMatchObject({ task: { id: task, project: { id: target } }, left_behind: { workstreams: ['Zebra walls'], dependencies: expect.arrayContaining(['Zebra roof']), subtask_count: 1 } })
  expect(await perform(keeper, 'get_task', { task: key })).toMatchObject({ task: { id: task } })
  await expect(perform(keeper, 'move_task_to_project', { task, project: target })).rejects.toMatchObject({ status: 409, code: 'same_project' })
  expect(project).not.toBe(target)
})
