import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { addDependency } from './dependencies'
import { taskFilterSchema } from './task-list'
import { readTimeline, type Zoom } from './timeline'

const TODAY = '2026-11-22'
let organization: TestOrganization
let project: { id: string }
const timeline = (by: Member, filter: object = {}, zoom: Zoom = 'week', projectId = project.id) => withTenant(by, (scope) => readTimeline(scope, taskFilterSchema.parse(filter), { projectId, today: TODAY, zoom }), { readOnly: true })
const begin = (id: string, created: string, more = 'started_at = NULL') => look(`UPDATE tasks SET created_at = $2, ${more} WHERE id = $1`, [id, created])

beforeAll(async () => {
  organization = await makeOrganization()
  project = await makeProject(organization.owner)
  const { owner } = organization
  const stream = await withTenant(owner, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId: project.id, name: 'Orchard' })))
  const pick = await makeTask(owner, project.id, { title: 'Pick', dueOn: '2026-11-20', workstreamId: stream.id })
  const press = await makeTask(owner, project.id, { title: 'Press', dueOn: '2026-11-28' })
  const done = await makeTask(owner, project.id, { title: 'Plant' })
  const early = await makeTask(owner, project.id, { title: 'Late from the first', dueOn: '2026-11-01' })
  const far = await makeTask(owner, project.id, { title: 'Far', dueOn: '2028-01-01' })
  await makeTask(owner, project.id, { title: 'Some day' })
  const gone = await makeTask(owner, project.id, { title: 'Gone', dueOn: '2026-11-21' })
  await begin(pick.id, '2026-11-02T10:00:00Z')
  await begin(press.id, '2026-11-03T10:00:00Z', `started_at = '2026-11-15T23:30:00Z', status = 'in_progress', status_rank = 1`)
  await begin(done.id, '2026-11-04T10:00:00Z', `status = 'done', status_rank = 5, completion_summary = 'x', completed_at = '2026-11-10T10:00:00Z'`)
  await begin(early.id, '2026-11-05T10:00:00Z')
  await begin(far.id, '2027-12-20T10:00:00Z')
  await begin(gone.id, '2026-11-05T10:00:00Z', `status = 'cancelled', status_rank = 6`)
  await withTenant(owner, (scope) => addDependency(scope, { taskId: press.id, dependsOnId: pick.id }))
})
afterAll(closeConnections)

test('bars reach from started or made to completed or due, by workstream; the rest is named', async () => {
  const { groups, dependencies, undated, undatedCount, outsideCount, from, to } = await timeline(organization.owner)
  expect(groups.map(({ name, bars }) => [name, bars.map(({ title, startsOn, endsOn, isLate, waitsFor }) => [title, startsOn, endsOn, isLate, waitsFor])])).toEqual([
    ['Orchard', [['Pick', '2026-11-02', '2026-11-20', true, []]]],
    [null, [['Late from the first', '2026-11-01', '2026-11-01', true, []], ['Plant', '2026-11-04', '2026-11-10', false, []], ['Press', '2026-11-15', '2026-11-28', false, [1]]]],
  ])
  expect([dependencies.length, undated.map(({ title }) => title), undatedCount, outsideCount]).toEqual([1, ['Some day'], 1, 1])
  expect([from, to]).toEqual(['2026-10-26', '2026-12-19'])
  expect((await timeline(organization.owner, {}, 'quarter')).outsideCount).toBe(0)
})

test('the filters of the list are its filters', async () => {
  const titles = async (filter: object) => (await timeline(organization.owner, filter)).groups.flatMap(({ bars }) => bars.map(({ title }) => title))
  expect(await titles({ status: 'cancelled' })).toEqual(['Gone'])
  expect(await titles({ q: 'press' })).toEqual(['Press'])
  expect(await titles({ q: 'nothing like it' })).toEqual([])
  expect((await timeline(organization.owner, { due: 'overdue' })).dependencies).toEqual([])
})

test('of a private project a colleague gets nothing, of another organization nobody anything', async () => {
  const colleague = await organization.add('member')
  const hidden = await makeProject(colleague, { visibility: 'private' })
  await makeTask(colleague, hidden.id, { dueOn: '2026-11-25' })
  const count = ({ groups, undatedCount, leftOutCount, outsideCount }: Awaited<ReturnType<typeof timeline>>) => groups.length + undatedCount + leftOutCount + outsideCount
  expect(count(await timeline(colleague, {}, 'week', hidden.id))).toBe(1)
  expect(count(await timeline(organization.owner, {}, 'week', hidden.id))).toBe(0)
  expect(count(await timeline((await makeOrganization()).owner))).toBe(0)
})

test('what lies long before takes no place of what is near', async () => {
  const { owner } = organization
  const large = await makeProject(owner)
  const made = await makeTask(owner, large.id, { title: 'Near', dueOn: TODAY })
  await begin(made.id, '2026-11-02T10:00:00Z')
  await look(`INSERT INTO tasks (tenant_id, id, project_id, number, title, created_at, due_on) SELECT tenant_id, gen_random_uuid(), project_id, 1000 + n, 'Old', '2020-01-01Z', '2020-01-02' FROM tasks, generate_series(1, 310) n WHERE id = $1`, [made.id])
  const { groups, outsideCount, leftOutCount } = await timeline(owner, {}, 'week', large.id)
  expect([groups.flatMap(({ bars }) => bars.map(({ title }) => title)), outsideCount, leftOutCount]).toEqual([['Near'], 310, 0])
})
