import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLabel, deleteLabel } from '@/lib/labels/labels'
import { createProject } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { createTaskSchema } from '@/lib/tasks/schema'
import { replaceAssignees } from '@/lib/tasks/assignees'
import { replaceLabels } from '@/lib/tasks/task-labels'
import { createTask } from '@/lib/tasks/tasks'
import { closeConnections, failureOf, rolledBack, withConnection } from '@/lib/testing/connections'
import { makeOrganization } from '@/lib/testing/make-organization'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'

// A colleague who knows every id of a private project and writes SQL of their own, in their own true context.
let keeper: Member, colleague: Member
let hidden: { project: string; task: string; event: string; document: string; label: string }
let shared: string
let own: { project: string; task: string; other: string }

async function makePlace(member: Member, visibility: 'private' | 'organization') {
  return withTenant(member, async (scope) => {
    const project = await createProject(scope, createProjectSchema.parse({ name: 'Merger', visibility }))
    const task = await createTask(scope, createTaskSchema.parse({ projectId: project.id, title: 'Terms' }))
    return { project: project.id, slug: project.slug, key: project.key, task: task.id }
  })
}

beforeAll(async () => {
  const organization = await makeOrganization()
  keeper = await organization.add('member')
  colleague = await organization.add('admin')
  const place = await makePlace(keeper, 'private')
  const label = await withTenant(keeper, (scope) => createLabel(scope, { name: 'Secret', colour: '#2563eb', isPersonal: true }))
  const { event, document } = await withTenant(keeper, async ({ tx }) => ({
    event: (await tx.auditEvent.findFirstOrThrow({ where: { entityId: place.task } })).id,
    document: (await tx.searchDocument.findFirstOrThrow({ where: { entityId: place.task } })).id,
  }))
  shared = (await withTenant(colleague, (scope) => createLabel(scope, { name: 'Known', colour: '#2563eb', isPersonal: false }))).id
  await withTenant(keeper, (scope) => replaceAssignees(scope, { id: place.task, projectId: place.project }, [keeper.userId], []))
  await withTenant(keeper, (scope) => replaceLabels(scope, { id: place.task, projectId: place.project }, [shared]))
  hidden = { ...place, label: label.id, event, document }
  const mine = await makePlace(colleague, 'organization')
  own = { ...mine, other: (await makePlace(colleague, 'organization')).project }
})
afterAll(closeConnections)

const refused = (sql: string, values: unknown[]): Promise<string | null> =>
  withConnection('TENANT_DATABASE_URL', (client) => rolledBack(client, colleague, () => failureOf(client, sql, values)))

const COMMENT = 'INSERT INTO comments (id, entity_kind, entity_id, container_id, author_user_id, body) VALUES ($1, $2, $3, $4, $5, $6)'
const LABEL = `INSERT INTO record_labels (id, label_id, entity_kind, entity_id, container_id, owner_user_id) VALUES ($1, $2, 'task', $3, $4, $5)`
const DOCUMENT = `INSERT INTO search_documents (id, entity_kind, entity_id, title, container_id) VALUES ($1, $2, $3, 'Forged', $4)`
const TOKEN = `INSERT INTO search_tokens (id, document_id, token, weight, container_id) VALUES ($1, $2, 'forged', 1, $3)`
const DETAIL = `INSERT INTO audit_details (id, event_id, label, container_id) VALUES ($1, $2, 'Forged', $3)`
const EVENT = `INSERT INTO audit_events (id, actor_user_id, action, entity_kind, entity_id, container_id) VALUES ($1, $2, 'task.deleted', 'task', $3, $4)`

describe('forged guards', () => {
  test('positive control: the same statements on what is mine are accepted', async () => {
    expect(await refused(COMMENT, [uuidv7(), 'task', own.task, own.project, colleague.userId, 'Hello'])).toBeNull()
    expect(await refused(EVENT, [uuidv7(), colleague.userId, own.task, own.project])).toBeNull()
    expect(await refused('UPDATE containers SET name = name WHERE id = $1 AND $2::uuid IS NOT NULL', [own.project, own.other])).toBeNull()
  })

  test.each([
    ['under a project of mine', (): string | null => own.project, '23503'],
    ['without a guard', (): string | null => null, '23514'],
    ['under its own project', (): string | null => hidden.project, '42501'],
  ] as const)('a comment on a hidden task %s', async (_, container, code) => {
    expect(await refused(COMMENT, [uuidv7(), 'task', hidden.task, container(), colleague.userId, 'Hello'])).toBe(code)
  })

  test('a comment on a kind of record that has no declared guard', async () => {
    expect(await refused(COMMENT, [uuidv7(), 'ledger', own.task, null, colleague.userId, 'Hello'])).toBe('23514')
  })

  test('a search document takes the place of a hidden one', async () => {
    for (const task of [hidden.task, uuidv7()]) expect(await refused(DOCUMENT, [uuidv7(), 'task', task, own.project])).toBe('23503')
    expect(await refused(DOCUMENT, [uuidv7(), 'task', hidden.task, null])).toBe('23514')
    expect(await refused(DOCUMENT, [uuidv7(), 'task', hidden.task, hidden.project])).toBe('42501')
    expect(await refused(DOCUMENT, [uuidv7(), 'project', hidden.project, own.project])).toBe('23514')
  })

  test('lesson 57: a search word hung on a hidden document, told apart from a random one', async () => {
    expect(await refused(TOKEN, [uuidv7(), hidden.document, own.project])).toBe('23503')
    expect(await refused(TOKEN, [uuidv7(), uuidv7(), own.project])).toBe('23503')
    expect(await refused(TOKEN, [uuidv7(), hidden.document, null])).toBe('23514')
  })

  test('somebody else’s personal label, shown to all or said to be mine', async () => {
    for (const owner of [null, colleague.userId]) expect(await refused(LABEL, [uuidv7(), hidden.label, own.task, own.project, owner])).toBe('23503')
    expect(await refused(LABEL, [uuidv7(), hidden.label, own.task, own.project, keeper.userId])).toBe('42501')
  })

  test('lesson 57: who is assigned to a hidden task, or how it is labelled, tried out by taken places', async () => {
    const assign = 'INSERT INTO task_assignees (id, project_id, task_id, user_id) VALUES ($1, $2, $3, $4)'
    for (const task of [hidden.task, uuidv7()]) {
      expect(await refused(assign, [uuidv7(), own.project, task, keeper.userId])).toBe('23503')
      expect(await refused(LABEL, [uuidv7(), shared, task, own.project, null])).toBe('23503')
    }
  })

  test('history of a hidden project: no event into it, no second story to an event', async () => {
    expect(await refused(EVENT, [uuidv7(), colleague.userId, hidden.task, hidden.project])).toBe('42501')
    expect(await refused(EVENT, [uuidv7(), keeper.userId, own.task, own.project])).toBe('42501')
    expect(await refused(DETAIL, [uuidv7(), hidden.event, own.project])).toBe('23505')
  })

  test('a container hung under a hidden one, at first or later, or under itself', async () => {
    const insert = `INSERT INTO containers (id, kind, name, visibility, default_access, owner_user_id, parent_id) VALUES ($1, 'project', 'x', 'private', 'edit', $2, $3)`
    expect(await refused(insert, [uuidv7(), colleague.userId, hidden.project])).toBe('42501')
    expect(await refused('UPDATE containers SET parent_id = $2 WHERE id = $1', [own.project, hidden.project])).toBe('42501')
    expect(await refused('UPDATE containers SET parent_id = id WHERE id = $1', [own.project])).toBe('23514')
  })

  test('rows with guards cannot be left behind: a task with words about it stays in its project', async () => {
    expect(await refused('UPDATE tasks SET project_id = $2, number = 99 WHERE id = $1', [own.task, own.other])).toBe('23503')
    expect(await refused('UPDATE tasks SET project_id = $2 WHERE id = $1', [own.task, hidden.project])).toBe('42501')
  })
})

describe('personal records', () => {
  test('a personal label is seen, changed and removed by its owner alone, the organization’s admin included', async () => {
    const count = (member: Member) => withTenant(member, ({ tx }) => tx.label.count({ where: { id: hidden.label } }))
    expect([await count(keeper), await count(colleague)]).toEqual([1, 0])
    const touched = await withTenant(colleague, async ({ tx }) => [await tx.label.updateMany({ where: { id: hidden.label }, data: { name: 'x' } }), await tx.label.deleteMany({ where: { id: hidden.label } })])
    expect(touched).toEqual([{ count: 0 }, { count: 0 }])
  })
})

describe('lesson 57: nothing tells of a hidden record', () => {
  test('a project of the same name gets the slug and key that it would get anyway', async () => {
    const organization = await makeOrganization()
    const [one, two] = [await organization.add('member'), await organization.add('member')]
    await makePlace(one, 'private')
    const place = await makePlace(two, 'organization')
    expect([place.slug, place.key]).toEqual(['merger', 'MERG'])
  })

  test('a label that a hidden task carries is deleted like any other', async () => {
    const label = await withTenant(colleague, (scope) => createLabel(scope, { name: 'Shared', colour: '#2563eb', isPersonal: false }))
    await withTenant(keeper, (scope) => createTask(scope, createTaskSchema.parse({ projectId: hidden.project, title: 'Labelled', labels: [label.id] })))
    await withTenant(colleague, (scope) => deleteLabel(scope, label.id))
    expect(await withTenant(keeper, ({ tx }) => tx.recordLabel.count({ where: { labelId: label.id } }))).toBe(0)
  })
})

describe('roles are the owners’ to give', () => {
  const membership = `UPDATE memberships SET role = $1 WHERE user_id = $2`
  /** The SQLSTATE of a refusal, else the number of rows. */
  const as = (person: { tenantId: string; userId: string; role: string }, sql: string, values: unknown[]) =>
    withConnection('TENANT_DATABASE_URL', (client) =>
      rolledBack(client, person, () => client.query(sql, values).then(({ rowCount }) => rowCount, (error: { code: string }) => error.code)),
    )

  test('an admin makes nobody an owner, not even themselves, and changes no owner; an owner does', async () => {
    const organization = await makeOrganization()
    const [admin, member] = [await organization.add('admin'), await organization.add('member')]
    expect(await as(organization.owner, membership, ['owner', member.userId])).toBe(1)
    expect(await as(admin, membership, ['manager', member.userId])).toBe(1)
    expect(await as(admin, membership, ['owner', member.userId])).toBe('42501')
    expect(await as(admin, membership, ['owner', admin.userId])).toBe('BH003')
    expect(await as(admin, membership, ['viewer', organization.owner.userId])).toBe(0)
  })

  test('a manager joins no team by themselves', async () => {
    const organization = await makeOrganization()
    const manager = await organization.add('manager')
    const insert = `INSERT INTO teams (id, name, name_lc) VALUES ($1, 'T', 't')`
    expect(await as(organization.owner, insert, [uuidv7()])).toBe(1)
    expect(await as(manager, insert, [uuidv7()])).toBe('42501')
  })
})
