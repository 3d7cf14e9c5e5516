import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { deleteTasks } from '@/lib/tasks/tasks'
import { closeConnections, failureOf, rolledBack, withConnection } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { findTasks } from './candidates'
import { linkTasks, listLinks, unlinkTasks } from './links'
import { linkTasksSchema } from './schema'

type Made = { id: string; projectId: string; number: number }
let organization: TestOrganization, other: TestOrganization
let keeper: Member, colleague: Member, viewer: Member
// `open`: a project that the colleague sees and does not edit; `own`: one that all edit; `hidden`: the keeper's alone.
let open: Made, own: Made, second: Made, hidden: Made
beforeEach(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[keeper, colleague, viewer] = [await organization.add('member'), await organization.add('member'), await organization.add('viewer')]
  const task = async (input: Parameters<typeof makeProject>[1]) => makeTask(keeper, (await makeProject(keeper, input)).id, { title: `Salt of ${input?.name}` })
  ;[open, own, hidden] = [await task({ name: 'Open', defaultAccess: 'view' }), await task({ name: 'Own', defaultAccess: 'edit' }), await task({ name: 'Hidden', visibility: 'private' })]
  second = await makeTask(keeper, own.projectId, { title: 'Second' })
})
afterAll(closeConnections)

const link = (by: Member, from: Made, to: Made, input: Record<string, unknown> = {}) => withTenant(by, (scope) => linkTasks(scope, linkTasksSchema.parse({ taskId: from.id, otherId: to.id, relation: 'follows', ...input })))
const drop = (by: Member, id: string) => withTenant(by, (scope) => unlinkTasks(scope, id))
const read = async (by: Member, task: Made) => (await withTenant(by, (scope) => listLinks(scope, task))).map(({ words, task: { title } }) => `${words} ${title}`)
const count = (by: Member) => withTenant(by, ({ tx }) => tx.recordLink.count())

describe('linkTasks', () => {
  test('whoever edits the first task and sees the second; it reads from both ends', async () => {
    await link(colleague, own, open)
    expect([await read(viewer, own), await read(viewer, open)]).toEqual([['Follows Salt of Open'], ['Followed by Salt of Own']])
    await link(colleague, second, own, { relation: 'duplicate_of', isReversed: 'true' })
    expect([await read(colleague, second), await read(colleague, own)]).toEqual([['Duplicated by Salt of Own'], ['Follows Salt of Open', 'Duplicate of Second']])
  })

  test('nobody who may not edit the first, nor a viewer, nor to or from a task that is not theirs to see', async () => {
    await expect(link(colleague, open, own)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(link(viewer, own, open)).rejects.toBeInstanceOf(ForbiddenError)
    for (const [from, to] of [[own, hidden], [hidden, own]] as const) await expect(link(colleague, from, to)).rejects.toBeInstanceOf(NotFoundError)
    await expect(link(organization.owner, own, hidden)).rejects.toBeInstanceOf(NotFoundError)
    await expect(link(keeper, own, own)).rejects.toBeInstanceOf(InvalidError)
    expect(await count(keeper)).toBe(0)
  })

  test('repeated, or turned around, it is refused; with another relation it is another link', async () => {
    await link(keeper, own, open)
    await expect(link(keeper, own, open)).rejects.toBeInstanceOf(ConflictError)
    await expect(link(keeper, open, own)).rejects.toBeInstanceOf(ConflictError)
    await link(keeper, own, open, { relation: 'caused_by' })
    expect(await count(keeper)).toBe(2)
  })

  test('another organization sees nothing of it and finds no end of it', async () => {
    await link(keeper, own, open)
    expect(await count(other.owner)).toBe(0)
    await expect(link(other.owner, own, open)).rejects.toBeInstanceOf(NotFoundError)
  })
})

describe('unlinkTasks', () => {
  test('whoever edits the first task, once; nobody else, and nobody elsewhere', async () => {
    const { id } = await link(keeper, open, own)
    await expect(drop(colleague, id)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(drop(viewer, id)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(drop(other.owner, id)).rejects.toBeInstanceOf(NotFoundError)
    expect((await withTenant(colleague, (scope) => listLinks(scope, own))).map(({ isEditable }) => isEditable)).toEqual([false])
    await drop(keeper, id)
    await expect(drop(keeper, id)).rejects.toBeInstanceOf(NotFoundError)
    expect(await count(keeper)).toBe(0)
  })
})

describe('a link with a hidden end', () => {
  test.each(['from it', 'to it'])('%s is absent for everybody who does not see both: no row, no count, no removal', async (way) => {
    const { id } = way === 'from it' ? await link(keeper, hidden, own) : await link(keeper, own, hidden)
    expect(await read(keeper, own)).toHaveLength(1)
    for (const person of [colleague, viewer, organization.owner]) {
      expect([await read(person, own), await count(person)]).toEqual([[], 0])
      expect(await withTenant(person, ({ tx }) => tx.recordLink.deleteMany({ where: { id } }))).toEqual({ count: 0 })
    }
    await expect(drop(colleague, id)).rejects.toBeInstanceOf(NotFoundError)
    // Nothing of the other end is written where people read who do not see it.
    const details = await withTenant(organization.owner, ({ tx }) => tx.auditDetail.findMany({ where: { containerId: own.projectId } }))
    expect(JSON.stringify(details)).not.toContain('Hidden')
    expect(await count(keeper)).toBe(1)
  })

  test('and by SQL of one’s own: forged guards are refused, whichever end they are of', async () => {
    const put = (from: Made, to: Made, fromProject = from.projectId, toProject = to.projectId) => withConnection('TENANT_DATABASE_URL', (client) => rolledBack(client, colleague, () => failureOf(client,
      `INSERT INTO record_links (id, relation, from_kind, from_id, from_container_id, to_kind, to_id, to_container_id) VALUES ($1, 'about', 'task', $2, $3, 'task', $4, $5)`, [uuidv7(), from.id, fromProject, to.id, toProject])))
    expect(await put(own, open)).toBeNull()
    expect([await put(own, hidden), await put(hidden, own), await put(open, own)]).toEqual(['42501', '42501', '42501'])
    expect([await put(own, hidden, own.projectId, own.projectId), await put(hidden, own, own.projectId), await put({ ...own, id: uuidv7() }, open)]).toEqual(['23503', '23503', '23503'])
    expect(await put(own, own)).toBe('23514')
  })

  test('a key that is limited to one project sees links within it alone', async () => {
    await link(keeper, own, open)
    await link(keeper, own, second)
    const within = (containerId: string) => withTenant(keeper, ({ tx }) => tx.recordLink.count(), { key: { prefix: 'bh_AAAAAAAA', id: uuidv7(), scopes: [], containerId } })
    expect([await within(own.projectId), await within(open.projectId)]).toEqual([1, 0])
  })
})

test('a task in the trash takes its links along', async () => {
  await link(keeper, own, second)
  await withTenant(keeper, (scope) => deleteTasks(scope, [second.id]))
  expect(await read(keeper, own)).toEqual([])
})

test('findTasks: by number, key or words, what I see alone', async () => {
  const found = async (by: Member, query: string) => (await withTenant(by, (scope) => findTasks(scope, query))).map(({ title }) => title).sort()
  expect(await found(colleague, 'salt')).toEqual(['Salt of Open', 'Salt of Own'])
  expect(await found(keeper, '#1')).toEqual(['Salt of Hidden', 'Salt of Open', 'Salt of Own'])
  expect(await found(colleague, '2')).toEqual(['Second'])
  const { key } = await withTenant(keeper, ({ tx }) => tx.project.findFirstOrThrow({ where: { id: own.projectId } }))
  expect(await found(colleague, `${key.toLowerCase()}-2`)).toEqual(['Second'])
  expect(await found(other.owner, 'salt')).toEqual([])
})
