import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGoal } from '@/lib/goals/goals'
import { createGoalSchema } from '@/lib/goals/schema'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { daysOfMonth, monthFrom, readCalendar } from './calendar'
import { listTasks, taskFilterSchema } from './task-list'

const TODAY = '2026-11-22'
let organization: TestOrganization
let colleague: Member
let project: { id: string; slug: string }
beforeAll(async () => {
  organization = await makeOrganization()
  colleague = await organization.add('manager')
  project = await makeProject(organization.owner)
  for (let n = 0; n < 6; n++) await makeTask(organization.owner, project.id, { title: `Task ${n}`, dueOn: '2026-11-25', priority: n === 5 ? 'critical' : 'low' })
  await makeTask(organization.owner, project.id, { title: 'Before', dueOn: '2026-10-26' })
  await makeTask(organization.owner, project.id, { title: 'Too early', dueOn: '2026-10-25' })
  const gone = await makeTask(organization.owner, project.id, { title: 'Gone', dueOn: '2026-11-25' })
  await look(`UPDATE tasks SET status = 'cancelled', status_rank = 6 WHERE id = $1`, [gone.id])
  await look(`UPDATE projects SET target_on = '2026-11-30' WHERE id = $1`, [project.id])
  await withTenant(organization.owner, (scope) => createGoal(scope, createGoalSchema.parse({ projectId: project.id, title: 'A full cellar', targetOn: '2026-11-26' })))
})
afterAll(closeConnections)

const read = (by: Member, filter: object = {}, projectId?: string) => withTenant(by, (scope) => readCalendar(scope, taskFilterSchema.parse(filter), { month: '2026-11-01', today: TODAY, projectId }), { readOnly: true })
const filled = async (...of: Parameters<typeof read>) => (await read(...of)).filter(({ total, milestones }) => total + milestones.length > 0).map(({ day, total, tasks, milestones }) => [day, total, tasks.length, milestones.map(({ title }) => title)])

test('a month is whole weeks, with what is due, the most pressing first, and target days', async () => {
  expect([daysOfMonth('2026-11-01').length, daysOfMonth('2026-11-01')[0], daysOfMonth('2026-11-01').at(-1)]).toEqual([42, '2026-10-26', '2026-12-06'])
  expect(daysOfMonth('2027-02-01')).toHaveLength(28)
  expect(await filled(organization.owner)).toEqual([['2026-10-26', 1, 1, []], ['2026-11-25', 6, 4, []], ['2026-11-26', 0, 0, ['A full cellar']], ['2026-11-30', 0, 0, ['Test project']]])
  expect((await read(organization.owner, {}, project.id)).find(({ day }) => day === '2026-11-25')!.tasks[0]!.title).toBe('Task 5')
  expect(await filled(organization.owner, { priority: 'critical' })).toContainEqual(['2026-11-25', 1, 1, []])
})

test('the list of a day holds as many as its number says', async () => {
  const list = await withTenant(organization.owner, (scope) => listTasks(scope, taskFilterSchema.parse({ due: '2026-11-25', status: 'todo,in_progress,blocked,review,testing,done' }), { today: TODAY }), { readOnly: true })
  expect(list.total).toBe(6)
})

test('a private project of somebody else adds nothing, neither a task nor a target; another organization sees nothing', async () => {
  const before = await filled(organization.owner)
  const hidden = await makeProject(colleague, { visibility: 'private' })
  await makeTask(colleague, hidden.id, { dueOn: '2026-11-25' })
  await withTenant(colleague, (scope) => createGoal(scope, createGoalSchema.parse({ projectId: hidden.id, title: 'Secret', targetOn: '2026-11-26' })))
  await look(`UPDATE projects SET target_on = '2026-11-30' WHERE id = $1`, [hidden.id])
  expect(await filled(organization.owner)).toEqual(before)
  expect(await filled(organization.owner, {}, hidden.id)).toEqual([])
  expect((await filled(colleague)).map(([, total]) => total)).toEqual([1, 7, 0, 0])
  expect(await filled((await makeOrganization()).owner, {}, project.id)).toEqual([])
})

test('of more than a thousand in a month each day has its first and its number', async () => {
  const { owner, tenantId } = await makeOrganization()
  const { id } = await makeProject(owner)
  const sample = await makeTask(owner, id, { title: 'Sample', dueOn: '2026-11-03' })
  await look(`INSERT INTO tasks (tenant_id, project_id, id, number, position, title, description, status, status_rank, priority, priority_rank, due_on, updated_at)
    SELECT $1, $2, gen_random_uuid(), 1000 + n, n, 'Task', '', 'todo', 0, 'medium', 3, CASE WHEN n <= 1100 THEN date '2026-11-04' ELSE date '2026-11-28' END, now() FROM generate_series(1, 1106) n`, [tenantId, sample.projectId])
  expect(await filled(owner)).toEqual([['2026-11-03', 1, 1, []], ['2026-11-04', 1100, 4, []], ['2026-11-28', 6, 4, []]])
})

test.each([['2026-12', '2026-12-01'], ['2026-13', '2026-11-01'], [undefined, '2026-11-01'], [['2026-12'], '2026-11-01']])('the month of %s is %s', (text, first) => {
  expect(monthFrom(text, TODAY)).toBe(first)
})
