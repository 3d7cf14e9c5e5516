import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { listAuditEvents, auditFilterSchema } from '@/lib/audit/audit-list'
import { readSmallExport } from '@/lib/exports/exports'
import { listProjects } from '@/lib/projects/projects'
import { searchRecords } from '@/lib/search/search'
import { listTasks, taskFilterSchema } from '@/lib/tasks/task-list'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member, Role } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { listMemberRows } from './member-list'
import { readHoldings, removeMember } from './offboarding'
import { memberFilterSchema } from './schema'

const TODAY = '2026-11-22'
const ROLES: Role[] = ['admin', 'manager', 'member', 'field', 'viewer']
let organization: TestOrganization
let other: TestOrganization
let people: Member[]
let projectId: string
let placeholderId: string
beforeAll(async () => {
  other = await makeOrganization()
})
beforeEach(async () => {
  organization = await makeOrganization()
  people = [organization.owner, ...(await Promise.all(ROLES.map(organization.add)))]
  // As an import leaves them: in a private project of somebody who stands for nobody, and is no member.
  const placeholder = await organization.add('member')
  placeholderId = (await asSetup<{ id: string }>('SELECT id FROM memberships WHERE tenant_id = $1 AND user_id = $2', [organization.tenantId, placeholder.userId]))[0]!.id
  projectId = (await makeProject(placeholder, { name: 'Zanzibar', visibility: 'private' })).id
  for (let n = 1; n <= 12; n++) await makeTask(placeholder, projectId, { title: `Zanzibar ${n}`, dueOn: TODAY })
  await asSetup(`UPDATE users SET kind = 'system' WHERE id = $1`, [placeholder.userId])
  await asSetup(`UPDATE memberships SET status = 'removed' WHERE id = $1`, [placeholderId])
})
afterAll(closeConnections)

const seenBy = (person: Member) =>
  withTenant(person, async (scope) => ({
    listed: (await listTasks(scope, taskFilterSchema.parse({}), { today: TODAY })).total,
    counted: await scope.tx.task.count(), due: (await listTasks(scope, taskFilterSchema.parse({ due: 'today', assignee: 'nobody' }), { today: TODAY })).total,
    found: (await searchRecords(scope, 'zanzibar')).length,
    projects: (await listProjects(scope, { today: TODAY })).length,
    taken: (await readSmallExport(scope, 'tasks', {}))!.rows.length,
  }))
const NOTHING = { listed: 0, counted: 0, due: 0, found: 0, projects: 0, taken: 0 }
const ALL = { listed: 12, counted: 12, due: 12, found: 13, projects: 1, taken: 12 }

const assign = (by: Member, to: Member) => withTenant(by, (scope) => removeMember(scope, { id: placeholderId, projectsTo: null, privateTo: to.userId, tasksTo: null }))

test('imported tasks of nobody are seen by nobody, in whatever role; owners and admins learn how many projects wait, and no name', async () => {
  for (const person of [...people, other.owner]) expect([person.role, await seenBy(person)]).toEqual([person.role, NOTHING])
  const { members, holderCount } = await withTenant(organization.owner, (scope) => listMemberRows(scope, memberFilterSchema.parse({ status: 'holding' })))
  expect([holderCount, members.map(({ holds }) => holds)]).toEqual([1, [{ projectCount: 1, taskCount: 0, trashCount: 0 }]])
  expect((await withTenant(organization.owner, (scope) => readHoldings(scope, placeholderId))).holdings).toMatchObject({ projects: [], privateCount: 1 })
  expect(JSON.stringify(await withTenant(organization.owner, (scope) => listAuditEvents(scope, auditFilterSchema.parse({}))))).not.toContain('Zanzibar')
})

test('assigned to somebody, they are theirs to see, and nobody else’s', async () => {
  const receiver = people.find(({ role }) => role === 'member')!
  await assign(organization.owner, receiver)
  for (const person of [...people, other.owner]) expect([person.role, await seenBy(person)]).toEqual([person.role, person === receiver ? ALL : NOTHING])
  // There is nothing more to hand over.
  await expect(assign(organization.owner, receiver)).rejects.toMatchObject({ status: 404 })
})

test('only an owner or admin assigns them, to somebody active here; another organization neither finds nor gets them', async () => {
  const receiver = people.find(({ role }) => role === 'member')!
  for (const person of people.filter(({ role }) => !['owner', 'admin'].includes(role))) await expect(assign(person, receiver), person.role).rejects.toMatchObject({ status: expect.toSatisfy((status: number) => status === 403 || status === 404) as number })
  await expect(assign(other.owner, receiver)).rejects.toMatchObject({ status: 404 })
  await expect(assign(organization.owner, other.owner)).rejects.toMatchObject({ status: 422 })
  expect(await seenBy(receiver)).toEqual(NOTHING)
  await assign(people.find(({ role }) => role === 'admin')!, receiver)
  expect(await seenBy(receiver)).toEqual(ALL)
})
