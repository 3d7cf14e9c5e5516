import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { createLabel } from '@/lib/labels/labels'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { totalText } from './filter-url'
import { listTasks, SORTS, taskFilterSchema } from './task-list'

const TODAY = '2026-11-22'
let organization: TestOrganization
let projectId: string

beforeAll(async () => {
  organization = await makeOrganization()
  projectId = (await makeProject(organization.owner)).id
  const days = ['2026-11-20', '2026-11-22', '2026-11-22', '2026-11-25', '']
  for (let n = 0; n < 23; n++) await makeTask(organization.owner, projectId, { title: `Task ${n} ${n % 2 ? 'apple' : 'pear'}`, dueOn: days[n % 5], priority: ['critical', 'high', 'low'][n % 3], assignees: n % 4 ? [] : [organization.owner.userId] })
})
afterAll(closeConnections)

const page = (filter: Record<string, string>, pageSize = 5) => withTenant(organization.owner, (scope) => listTasks(scope, taskFilterSchema.parse(filter), { projectId, today: TODAY, pageSize }), { readOnly: true })

test.each(SORTS)('by %s: pages meet without gap or double, in order', async (sort) => {
  const seen: string[] = []
  let after = ''
  do {
    const { tasks, nextCursor, total } = await page({ sort, after })
    expect(total).toBe(23)
    seen.push(...tasks.map(({ id }) => id))
    after = nextCursor ?? ''
  } while (after)
  expect(seen).toHaveLength(23)
  expect(new Set(seen).size).toBe(23)
  expect(seen).toEqual((await page({ sort }, 100)).tasks.map(({ id }) => id))
})

test.each([
  [{ due: 'overdue' }, 5], [{ due: 'today' }, 10], [{ due: 'week' }, 14], [{ due: 'none' }, 4], [{ due: '2026-11-25' }, 4],
  [{ due: '2026-11-20..2026-11-22' }, 15], [{ due: '2026-11-26..2026-11-22' }, 0], [{ estimate: 'none' }, 23], [{ assignee: 'me' }, 6],
  [{ assignee: 'nobody' }, 17],
  [{ priority: 'critical,high' }, 16], [{ q: 'apple' }, 11], [{ q: 'appl' }, 11], [{ q: 'task apple' }, 11], [{ q: 'apple pear' }, 0],
  [{ status: 'open' }, 23], [{ status: 'done' }, 0], [{ after: 'nonsense' }, 23],
  [{ after: Buffer.from('["-271821-04-20T00:00:00.000Z","01a20218-1057-7482-abff-1f71b90f1fd9"]').toString('base64url') }, 23],
] as [Record<string, string>, number][])('%o finds %i', async (filter, count) => {
  const { tasks, total } = await page(filter, 100)
  expect([tasks.length, total]).toEqual([count, count])
})

test('by a label all that carry it are found, however many; of words that fit too many it is said', async () => {
  const place = await makeOrganization()
  const project = (await makeProject(place.owner)).id
  const { id } = await withTenant(place.owner, (scope) => createLabel(scope, { name: 'Many', colour: '#475569', isPersonal: false }))
  const values = [place.tenantId, project]
  await look(`INSERT INTO tasks (tenant_id, id, project_id, number, title) SELECT $1, gen_random_uuid(), $2, n, 'Bulk ' || n FROM generate_series(1, 1100) n`, values)
  await look(`INSERT INTO record_labels (tenant_id, id, label_id, entity_kind, entity_id, container_id) SELECT tenant_id, gen_random_uuid(), $3, 'task', id, project_id FROM tasks WHERE tenant_id = $1 AND project_id = $2`, [...values, id])
  const list = (filter: object) => withTenant(place.owner, (scope) => listTasks(scope, taskFilterSchema.parse(filter), { today: TODAY, pageSize: 400 }), { readOnly: true })
  const seen = new Set<string>()
  let after = ''
  do {
    const found = await list({ label: id, sort: 'created', after })
    found.tasks.forEach((task) => seen.add(task.id))
    after = found.nextCursor ?? ''
  } while (after)
  expect(seen.size).toBe(1_100)
  expect(await list({ label: id })).toMatchObject({ total: 1_000, totalIsCapped: true, searchIsCapped: false })
  await look(`INSERT INTO search_documents (tenant_id, id, entity_kind, entity_id, title, container_id) SELECT tenant_id, gen_random_uuid(), 'task', id, title, project_id FROM tasks WHERE tenant_id = $1 AND project_id = $2`, values)
  await look(
    `INSERT INTO search_tokens (tenant_id, id, document_id, token, weight, container_id) SELECT tenant_id, gen_random_uuid(), id, 'bulk', 1, container_id FROM search_documents WHERE tenant_id = $1 AND container_id = $2 AND title LIKE 'Bulk %'`,
    values,
  )
  expect(totalText(await list({ q: 'bulk' }))).toBe('1,000 of the first 1,000 tasks with these words; add a word to see others')
  const other = await makeOrganization()
  expect(await withTenant(other.owner, (scope) => listTasks(scope, taskFilterSchema.parse({ label: id }), { today: TODAY }))).toMatchObject({ tasks: [], total: 0 })
})

test.each(['2026-02-31', '2026-11-22..', 'someday', '2026-11-22..2026-13-01'])('%s is no due day', (due) => {
  expect(taskFilterSchema.safeParse({ due }).success).toBe(false)
})

test('another organization finds nothing by the same filter', async () => {
  const other = await makeOrganization()
  expect(await withTenant(other.owner, (scope) => listTasks(scope, taskFilterSchema.parse({ q: 'apple' }), { today: TODAY }))).toMatchObject({ tasks: [], total: 0 })
})
