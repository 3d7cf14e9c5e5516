import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditFilterSchema, listAuditEvents, listHistory } from '@/lib/audit/audit-list'
import { listComments } from '@/lib/comments/comments'
import { listLabels } from '@/lib/labels/labels'
import { listMembers } from '@/lib/members/members'
import { getProject, listProjectChoices, listProjects } from '@/lib/projects/projects'
import { listShares } from '@/lib/projects/sharing'
import { searchRecords } from '@/lib/search/search'
import { listTasks, SORTS, taskFilterSchema } from '@/lib/tasks/task-list'
import { getTask } from '@/lib/tasks/tasks'
import { listTrash } from '@/lib/tasks/trash'
import { listTeams } from '@/lib/teams/teams'
import { closeConnections, withConnection } from '@/lib/testing/connections'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import { captureSql, referencesWithoutTenant } from '@/lib/testing/sql-references'
import { listMyWork } from '@/lib/work/work'
import { tenantClient } from './client'
import { withTenantFilter, type Models } from './tenant-filter'
import { withTenant, type Scope } from './with-tenant'

const filter = withTenantFilter((tenantClient().client as unknown as { _runtimeDataModel: { models: Models } })._runtimeDataModel.models, 'T')
afterAll(closeConnections)

describe('the tenant is named in every reference', () => {
  test('at the top, over whatever the caller says', () => expect(filter('Task', 'findMany', { where: { tenantId: 'other' } }).where).toEqual({ tenantId: 'T' }))
  test('in relation filters of any depth', () =>
    expect(filter('Task', 'count', { where: { OR: [{ assignees: { some: { member: { is: { role: 'x' } } } } }] } }).where).toEqual({
      tenantId: 'T', OR: [{ assignees: { some: { tenantId: 'T', member: { is: { role: 'x', tenantId: 'T' } } } } }],
    }))
  test('in _count and in included lists that have a filter', () => {
    const { include } = filter('Project', 'findMany', { include: { _count: { select: { tasks: true } }, tasks: { where: { number: 1 } } } }) as { include: unknown }
    expect(include).toEqual({ _count: { select: { tasks: { where: { tenantId: 'T' } } } }, tasks: { where: { number: 1, tenantId: 'T' } } })
  })
  test('in rows that are made', () => expect(filter('Label', 'createMany', { data: [{ name: 'x', tenantId: 'other' }] }).data).toEqual([{ name: 'x', tenantId: 'T' }]))
  test.each([
    ['ordering by a relation', 'findMany', { orderBy: { project: { slug: 'asc' } } }],
    ['cursor', 'findMany', { cursor: { id: 'x' } }],
    ['writing through a relation', 'create', { data: { project: { create: {} } } }],
    ['an update through a relation', 'update', { where: {}, data: { project: { disconnect: true } } }],
    ['_count of everything', 'findMany', { include: { _count: true } }],
    ['an operation nobody thought of', 'findRaw', {}],
  ])('refuses %s', (_, operation, args) => expect(() => filter('Task', operation, args)).toThrow(/does not allow/))

  // What Prisma leaves out of a filter asks for everything: taking somebody off once asked for nobody, or everybody, that way.
  test.each([
    [{ id: undefined }], [{ createdBy: { not: undefined } }], [{ OR: [{ id: 'a' }, { createdBy: undefined }] }], [{ project: { slug: undefined } }], [{ assignees: { some: { userId: undefined } } }],
  ])('refuses a condition without a value: %j', (where) => expect(() => filter('Task', 'findMany', { where })).toThrow(/would match everything/))
})

describe('rule 25: every statement names the tenant of every tenant table as a parameter', () => {
  let twin: Twin
  let tables: string[]
  beforeAll(async () => {
    ;[twin] = await makeTwins()
    tables = await withConnection('DATABASE_URL', async (client) => (await client.query<{ name: string }>(`SELECT table_name AS name FROM kernel.tables WHERE family <> 'global'`)).rows.map(({ name }) => name))
  })
  const today = '2026-06-15'
  const tasks = (more: object) => (scope: Scope) => listTasks(scope, taskFilterSchema.parse(more), { today })
  const READS: [string, (scope: Scope) => Promise<unknown>][] = [
    ...SORTS.map((sort): [string, (scope: Scope) => Promise<unknown>] => [`listTasks by ${sort}`, tasks({ sort })]),
    ['listTasks, searched', tasks({ q: 'check the plo' })],
    ['listTasks of mine, due this week', tasks({ assignee: 'me', due: 'week', status: 'open' })],
    ['listTasks of nobody', tasks({ assignee: 'nobody', priority: 'high' })],
    ['listProjects', (scope) => listProjects(scope, { today })],
    ['listProjectChoices', listProjectChoices],
    ['getProject', (scope) => getProject(scope, twin.projectSlug)],
    ['getTask', (scope) => getTask(scope, twin.projectSlug, 1)],
    ['listTrash', listTrash],
    ['listShares', (scope) => listShares(scope, twin.projectId)],
    ['listComments', (scope) => listComments(scope, 'task', twin.taskId)],
    ['listHistory', (scope) => listHistory(scope, 'task', twin.taskId)],
    ['listAuditEvents', (scope) => listAuditEvents(scope, auditFilterSchema.parse({}))],
    ['listLabels', listLabels],
    ['listMembers', listMembers],
    ['listTeams', listTeams],
    ['listMyWork', (scope) => listMyWork(scope, today)],
    ['searchRecords', (scope) => searchRecords(scope, 'plow oil')],
  ]
  test.each(READS)('%s', async (_, read) => {
    const statements = (await captureSql(() => withTenant(twin.owner, read))).filter((text) => tables.some((table) => new RegExp(`\\b${table}\\b`).test(text)))
    expect(statements.length).toBeGreaterThan(0)
    for (const text of statements) expect({ text, wanting: referencesWithoutTenant(text, tables) }).toEqual({ text, wanting: [] })
  })

  test.each([
    'SELECT "public"."tasks"."id" FROM "public"."tasks" WHERE "public"."tasks"."id" = $1',
    'SELECT t.id FROM tasks t JOIN projects p ON p.id = t.project_id WHERE t.tenant_id = $1',
    'SELECT id FROM tasks WHERE tenant_id = $1 AND EXISTS (SELECT FROM comments c WHERE c.entity_id = id)',
    'INSERT INTO "public"."labels" ("id","name") VALUES ($1,$2)',
  ])('the check itself turns red on: %s', (text) => expect(referencesWithoutTenant(text, tables)).toHaveLength(1))
})
