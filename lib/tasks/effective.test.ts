import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHealth } from '@/lib/projects/health'
import { listHeld } from '@/lib/reports/attention'
import { reportFilterSchema } from '@/lib/reports/filter'
import { readMyWork } from '@/lib/reports/my-work'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { readGroups } from './grouped'
import { nextTask } from './next-task'
import { listTasks, taskFilterSchema } from './task-list'
import { readWorkload } from './workload'

const TODAY = '2026-11-22'
let organization: TestOrganization, me: Member, colleague: Member
let project: { id: string }
const by = <T>(work: (scope: Scope) => Promise<T>) => withTenant(me, work)

beforeAll(async () => {
  organization = await makeOrganization()
  ;[me, colleague] = [await organization.add('member'), await organization.add('member')]
  project = await makeProject(me)
  const mine = await makeTask(me, project.id, { title: 'Mine', assignees: [me.userId], dueOn: '2026-11-01' })
  await makeTask(me, project.id, { title: 'Mine by its whole', parentId: mine.id, dueOn: '2026-11-01' })
  await makeTask(me, project.id, { title: 'Theirs', parentId: mine.id, assignees: [colleague.userId] })
  const free = await makeTask(me, project.id, { title: 'Free' })
  await makeTask(me, project.id, { title: 'Free part', parentId: free.id })
})
afterAll(closeConnections)

test.each([['me', ['Mine', 'Mine by its whole']], ['nobody', ['Free', 'Free part']]])('a list of %s holds subtasks without people as its parent is held', async (assignee, titles) => {
  const { tasks } = await by((scope) => listTasks(scope, taskFilterSchema.parse({ assignee }), { projectId: project.id, today: TODAY }))
  expect(tasks.map(({ title }) => title).sort()).toEqual(titles)
})

test('groups, workload, health and reports count as the lists do', async () => {
  const { groups } = await by((scope) => readGroups(scope, { ...taskFilterSchema.parse({}), group: 'assignee' }, { projectId: project.id, today: TODAY }))
  expect(groups.map(({ total }) => total).sort()).toEqual([1, 2, 2])
  const { people } = await by((scope) => readWorkload(scope, TODAY))
  expect(Object.fromEntries(people.map(({ userId, open }) => [userId ?? 'nobody', open]))).toEqual({ [me.userId]: 2, [colleague.userId]: 1, nobody: 2 })
  expect((await by((scope) => readHealth(scope, [project.id], { today: TODAY }))).get(project.id)!.counts.unassigned).toBe(2)
  const filter = reportFilterSchema.parse({ project: project.id })
  const now = new Date(`${TODAY}T12:00:00Z`)
  expect((await by((scope) => readMyWork(scope, filter, now))).reduce((sum, { total }) => sum + total, 0)).toBe(2)
  expect(new Set((await by((scope) => listHeld(scope, filter, { now }))).held.map(({ people: names }) => names === 'Nobody'))).toEqual(new Set([false]))
})

test('why nothing is next counts them alike', async () => {
  const skip = await by(async ({ tx }) => (await tx.task.findMany({ where: { projectId: project.id } })).map(({ id }) => id))
  expect(await by((scope) => nextTask(scope, { person: me.userId, projectId: project.id, skip }, TODAY))).toMatchObject({ why: { open: 5, waiting: 4, others: 1 } })
})
