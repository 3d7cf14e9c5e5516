import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { createLabel } from '@/lib/labels/labels'
import { createLabelSchema } from '@/lib/labels/schema'
import { searchRecords } from '@/lib/search/search'
import { assignedTo, peopleOn } from './assignees'
import { bulkEditTasks } from './bulk'
import { bulkEditSchema, patchTaskSchema } from './schema'
import { listTasks, taskFilterSchema } from './task-list'
import { patchTask } from './tasks'

let organization: TestOrganization, other: TestOrganization
let colleague: Member, viewer: Member
let project: { id: string }
beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  ;[colleague, viewer] = [await organization.add('member'), await organization.add('viewer')]
  project = await makeProject(organization.owner)
})
afterAll(closeConnections)

const read = (id: string) => withTenant(organization.owner, async (scope) => ({ ...(await scope.tx.task.findFirstOrThrow({ where: { id } })), people: ((await assignedTo(scope, [id])).get(id) ?? []).map(({ userId }) => userId) }))

describe('one field from the row of a list', () => {
  const patch = (by: Member, id: string, was: string, input: object) => withTenant(by, (scope) => patchTask(scope, patchTaskSchema.parse({ id, was, ...input })))
  const make = () => makeTask(organization.owner, project.id, { title: 'Whole', description: 'Stays', estimate: '2h', dueOn: '2026-11-30', assignees: [organization.owner.userId] })

  test('a member changes it, and everything else stays', async () => {
    const { id } = await make()
    await patch(colleague, id, 'medium', { priority: 'critical' })
    await patch(colleague, id, '2026-11-30', { dueOn: '' })
    await patch(colleague, id, organization.owner.userId, { assignee: colleague.userId })
    expect(await read(id)).toMatchObject({ title: 'Whole', description: 'Stays', estimateMinutes: 120, priority: 'critical', priorityRank: 0, dueOn: null, people: [colleague.userId], version: 4 })
    await patch(colleague, id, colleague.userId, { assignee: 'nobody' })
    await patch(colleague, id, '', { dueOn: '2026-12-24' })
    expect(await read(id)).toMatchObject({ people: [], dueOn: new Date('2026-12-24') })
  })

  test('who reviews it is changed like whose it is: one in place of whoever it was, told when there is something to review', async () => {
    const { id } = await make()
    const reviewing = async () => withTenant(organization.owner, async (scope) => (await peopleOn(scope, [id])).reviewer.get(id)?.map(({ userId }) => userId) ?? [])
    await patch(colleague, id, '', { reviewer: organization.owner.userId })
    expect([await reviewing(), (await read(id)).people]).toEqual([[organization.owner.userId], [organization.owner.userId]])
    await expect(patch(organization.owner, id, '', { reviewer: colleague.userId })).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere' })
    await patch(organization.owner, id, organization.owner.userId, { reviewer: colleague.userId })
    expect(await reviewing()).toEqual([colleague.userId])
    await expect(patch(viewer, id, colleague.userId, { reviewer: 'nobody' })).rejects.toMatchObject({ status: 403 })
    await expect(patch(organization.owner, id, colleague.userId, { reviewer: other.owner.userId })).rejects.toMatchObject({ status: 422 })
    await expect(patch(other.owner, id, colleague.userId, { reviewer: 'nobody' })).rejects.toMatchObject({ status: 404 })
    const { tasks } = await withTenant(organization.owner, (scope) => listTasks(scope, taskFilterSchema.parse({ reviewer: colleague.userId }), { today: '2026-11-22' }))
    expect(tasks.map(({ id: listed, reviewers, assignees }) => [listed, reviewers.map(({ userId }) => userId), assignees.map(({ userId }) => userId)])).toEqual([[id, [colleague.userId], [organization.owner.userId]]])
    await patch(organization.owner, id, colleague.userId, { reviewer: 'nobody' })
    expect(await reviewing()).toEqual([])
  })

  test('a viewer may not, nor a member where they only see', async () => {
    const { id } = await make()
    await expect(patch(viewer, id, 'medium', { priority: 'low' })).rejects.toMatchObject({ status: 403 })
    const shown = await makeProject(organization.owner, { defaultAccess: 'view' })
    await expect(patch(colleague, (await makeTask(organization.owner, shown.id)).id, 'medium', { priority: 'low' })).rejects.toMatchObject({ status: 403 })
    expect(await read(id)).toMatchObject({ priority: 'medium', version: 1 })
  })

  test('when somebody has changed that field since, it is refused; when they changed another, both stay', async () => {
    const { id } = await make()
    await patch(colleague, id, 'medium', { priority: 'high' })
    await expect(patch(organization.owner, id, 'medium', { priority: 'low' })).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere' })
    await patch(organization.owner, id, '2026-11-30', { dueOn: '2026-12-24' })
    expect(await read(id)).toMatchObject({ priority: 'high', dueOn: new Date('2026-12-24') })
  })

  test('of ten at once, one changes it', async () => {
    const { id } = await make()
    const answers = await Promise.allSettled(Array.from({ length: 10 }, (_, at) => patch(at % 2 ? colleague : organization.owner, id, 'medium', { priority: at % 2 ? 'low' : 'high' })))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))).toEqual(Array(9).fill(expect.objectContaining({ code: 'changed_elsewhere' })))
  })

  test('of another organization, or of a private project, it is unknown; a foreign person is none', async () => {
    const { id } = await make()
    await expect(patch(other.owner, id, 'medium', { priority: 'low' })).rejects.toMatchObject({ status: 404 })
    const hidden = await makeProject(colleague, { visibility: 'private' })
    await expect(patch(organization.owner, (await makeTask(colleague, hidden.id)).id, 'medium', { priority: 'low' })).rejects.toMatchObject({ status: 404 })
    await expect(patch(colleague, id, organization.owner.userId, { assignee: other.owner.userId })).rejects.toMatchObject({ status: 422 })
    expect(await read(id)).toMatchObject({ version: 1 })
  })
})

describe('a workstream for many', () => {
  const stream = (projectId: string) => withTenant(organization.owner, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId, name: `Stream ${uuidv7()}` })))
  const bulk = (by: Member, ids: string[], workstream: string) => withTenant(by, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids, workstream })))

  test('is set and taken away, also again; a task of another project is named', async () => {
    const { id } = await stream(project.id)
    const [one, two] = [await makeTask(colleague, project.id), await makeTask(colleague, project.id)]
    const away = await makeTask(organization.owner, (await makeProject(organization.owner)).id, { title: 'Elsewhere' })
    expect(await bulk(colleague, [one.id, two.id, away.id], id)).toMatchObject({ changed: 2, refused: [{ title: 'Elsewhere', reason: 'The workstream is of another project.' }] })
    expect(await bulk(colleague, [one.id], id)).toMatchObject({ changed: 1 })
    expect([(await read(one.id)).workstreamId, (await read(two.id)).workstreamId, (await read(away.id)).workstreamId]).toEqual([id, id, null])
    await bulk(colleague, [one.id], 'none')
    expect((await read(one.id)).workstreamId).toBeNull()
  })

  test('not by a viewer; one of another organization, or of a project that I do not see, is none', async () => {
    const { id } = await stream(project.id)
    const task = await makeTask(colleague, project.id)
    await expect(bulk(viewer, [task.id], id)).rejects.toMatchObject({ status: 403 })
    await expect(bulk(other.owner, [task.id], id)).rejects.toMatchObject({ status: 404 })
    const hidden = await makeProject(organization.owner, { visibility: 'private' })
    await expect(bulk(colleague, [task.id], (await stream(hidden.id)).id)).rejects.toMatchObject({ status: 422 })
    await expect(bulk(colleague, [task.id], uuidv7())).rejects.toMatchObject({ status: 422 })
    expect((await read(task.id)).workstreamId).toBeNull()
  })
})

test('a label that many are given is found, and no more once it is taken off', async () => {
  const word = `Zinc${uuidv7().slice(-8)}`
  const label = await withTenant(colleague, (scope) => createLabel(scope, createLabelSchema.parse({ name: word })))
  const [one, two] = [await makeTask(colleague, project.id), await makeTask(colleague, project.id)]
  const find = () => withTenant(colleague, async (scope) => (await searchRecords(scope, word, { kinds: ['task'] })).map(({ entityId }) => entityId).sort())
  const bulk = (value: string) => withTenant(colleague, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids: [one.id, two.id], label: value })))
  await bulk(label.id)
  expect(await find()).toEqual([one.id, two.id].sort())
  await bulk('none')
  expect(await find()).toEqual([])
})
