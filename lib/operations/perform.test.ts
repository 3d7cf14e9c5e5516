import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createIdea } from '@/lib/ideas/ideas'
import { createIdeaSchema } from '@/lib/ideas/schema'
import { shareProjectSchema } from '@/lib/projects/schema'
import { shareProject } from '@/lib/projects/sharing'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { operationOf } from './operations'
import { performFor } from './perform'

let later: Promise<unknown>[] = []
vi.mock('@/lib/actions/afterwards', () => ({ afterwards: (work: () => Promise<unknown>) => void later.push(work()) }))

let organization: TestOrganization, keeper: Member, colleague: Member
let project: { id: string; slug: string; key: string }, task: { id: string; number: number }, workstream: { id: string }
beforeEach(async () => {
  later = []
  organization = await makeOrganization()
  ;[keeper, colleague] = [await organization.add('manager'), await organization.add('member')]
  project = await makeProject(keeper, { name: 'Vault', visibility: 'private' })
  task = await makeTask(keeper, project.id, { title: 'Count the silver' })
  workstream = await withTenant(keeper, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId: project.id, name: 'Silver' })))
  await withTenant(keeper, async (scope) => {
    const { version } = await scope.tx.container.findFirstOrThrow({ where: { id: project.id } })
    await shareProject(scope, shareProjectSchema.parse({ id: project.id, version, visibility: 'private', defaultAccess: 'edit', logReads: 'true' }))
  })
})
afterAll(closeConnections)

/** A suggestion and a wish of the project. */
const hidden = () => withTenant(keeper, async (scope) => {
  await operationOf('suggest_plan').perform(scope, { project: project.id })
  await operationOf('delegate_context').perform(scope, { from: { level: 'task', id: task.id }, to: 'project', section: 'silver', data: { a: 1 }, reason: 'So' })
  return { suggestion: (await scope.tx.suggestion.findFirstOrThrow({ where: { projectId: project.id } })).id, delegation: (await scope.tx.contextDelegation.findFirstOrThrow({ where: { projectId: project.id } })).id }
})
const perform = (by: Member, name: string, input: Record<string, unknown>) => performFor({ member: by }, operationOf(name), input)
const reads = () => look(`SELECT action, entity_id FROM audit_events WHERE tenant_id = $1 AND action LIKE '%.read' ORDER BY at, action`, [organization.tenantId])
const refusals = () => look('SELECT project_id, task_id, what FROM refused_attempts WHERE tenant_id = $1', [organization.tenantId])

describe('what is read of a project that keeps a record of reading', () => {
  test.each(['get_task', 'list_progress', 'list_dependencies'])('%s is kept as the reading of its task', async (name) => {
    await perform(keeper, name, { task: `${project.key}-${task.number}` })
    expect(await reads()).toEqual([{ action: 'task.read', entity_id: task.id }])
  })

  test('the notebook of a task as that of the task, of a workstream as that of the project; next_task as what it answers', async () => {
    await perform(keeper, 'resolve_context', { level: 'workstream', id: workstream.id })
    expect(await reads()).toEqual([{ action: 'project.read', entity_id: project.id }])
    await perform(keeper, 'get_context', { level: 'task', id: task.id })
    await perform(keeper, 'next_task', { project: project.id })
    expect(await reads()).toEqual([{ action: 'project.read', entity_id: project.id }, { action: 'task.read', entity_id: task.id }])
  })

  test('lists are not, nor what is read of other projects', async () => {
    const other = await makeProject(keeper, { name: 'Open' })
    await perform(keeper, 'list_tasks', { project: project.id })
    await perform(keeper, 'get_project', { project: other.id })
    expect(await reads()).toEqual([])
  })

  test('a draft is kept for its author alone', async () => {
    const { id } = await withTenant(keeper, (scope) => createIdea(scope, createIdeaSchema.parse({ title: 'Sell the silver', projectId: project.id })))
    await perform(keeper, 'get_idea', { idea: id })
    const [detail] = await look(`SELECT d.owner_user_id, d.label FROM audit_details d JOIN audit_events e ON e.tenant_id = d.tenant_id AND e.id = d.event_id WHERE e.tenant_id = $1 AND e.action = 'idea.read'`, [organization.tenantId])
    expect(detail).toEqual({ owner_user_id: keeper.userId, label: 'Sell the silver' })
  })
})

describe('what is refused', () => {
  test.each<[string, (place: { project: string; task: string; key: string; workstream: string; suggestion: string; delegation: string }) => Record<string, unknown>, string]>([
    ['list_dependencies', ({ key }) => ({ task: key }), 'task'], ['get_project', ({ project }) => ({ project }), 'project'], ['resolve_context', ({ key }) => ({ level: 'task', id: key }), 'task'],
    ['get_context', ({ task }) => ({ level: 'task', id: task }), 'task'], ['delegate_context', ({ task }) => ({ from: { level: 'task', id: task }, to: 'project', section: 'x', data: {}, reason: 'y' }), 'task'],
    ['resolve_context', ({ workstream }) => ({ level: 'workstream', id: workstream }), 'project'], ['update_workstream', ({ workstream }) => ({ workstream, version: 1 }), 'project'],
    ['reject_suggestion', ({ suggestion }) => ({ suggestion }), 'project'], ['decide_delegation', ({ delegation }) => ({ delegation, decision: 'approved' }), 'project'],
  ])('%s is noted, by whatever names it', async (name, input, about) => {
    const { suggestion, delegation } = await hidden()
    await expect(perform(colleague, name, input({ project: project.slug, task: task.id, key: `${project.key}-${task.number}`, workstream: workstream.id, suggestion, delegation }))).rejects.toMatchObject({ status: 404 })
    await Promise.all(later)
    expect(await refusals()).toEqual([{ project_id: project.id, task_id: about === 'task' ? task.id : null, what: operationOf(name).isWrite ? 'change' : 'open' }])
  })
})
