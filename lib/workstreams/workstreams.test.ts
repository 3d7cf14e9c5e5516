import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { changeProjectStatus } from '@/lib/projects/projects'
import { moveTask } from '@/lib/tasks/transitions'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createWorkstreamSchema, updateWorkstreamSchema } from './schema'
import { createWorkstream, deleteWorkstream, listWorkstreams, placeWorkstream, updateWorkstream } from './workstreams'

let organization: TestOrganization, other: TestOrganization
let colleague: Member, viewer: Member, field: Member
let project: { id: string }
beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  ;[colleague, viewer, field] = [await organization.add('member'), await organization.add('viewer'), await organization.add('field')]
  project = await makeProject(organization.owner)
})
afterAll(closeConnections)

const make = (by: Member, name: string, input: Record<string, unknown> = {}, projectId = project.id) => withTenant(by, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId, name, ...input })))
const list = (by: Member, projectId = project.id) => withTenant(by, (scope) => listWorkstreams(scope, projectId))
const edit = (by: Member, id: string, version: number, input: Record<string, unknown> = {}) => withTenant(by, (scope) => updateWorkstream(scope, updateWorkstreamSchema.parse({ id, version, name: 'Edited', status: 'active', ...input })))
const remove = (by: Member, id: string) => withTenant(by, (scope) => deleteWorkstream(scope, id))
const privateOne = async () => {
  const { id } = await makeProject(colleague, { visibility: 'private' })
  return { id, stream: await make(colleague, 'Hidden', {}, id) }
}

describe('createWorkstream', () => {
  test('a colleague makes one, which everybody who sees the project sees', async () => {
    const { id } = await make(colleague, 'Backend', { gitBranch: 'feature/backend' })
    expect(await list(viewer)).toContainEqual(expect.objectContaining({ id, name: 'Backend', gitBranch: 'feature/backend', totalCount: 0 }))
  })

  test('a viewer and somebody of the field may not; nor anybody where they only look', async () => {
    await expect(make(viewer, 'No')).rejects.toMatchObject({ status: 403 })
    await expect(make(field, 'No')).rejects.toMatchObject({ status: 403 })
    const seen = await makeProject(organization.owner, { defaultAccess: 'view' })
    await expect(make(colleague, 'No', {}, seen.id)).rejects.toMatchObject({ status: 403 })
  })

  test('the name is free once per project, whatever its letters', async () => {
    await make(colleague, 'Twice')
    await expect(make(colleague, ' tWICE ')).rejects.toMatchObject({ status: 409, code: 'name_taken' })
    await make(colleague, 'Twice', {}, (await makeProject(colleague)).id)
  })

  test('a private project and one of another organization are unknown; a closed one takes none', async () => {
    const { id } = await privateOne()
    await expect(make(organization.owner, 'No', {}, id)).rejects.toMatchObject({ status: 404 })
    await expect(make(other.owner, 'No')).rejects.toMatchObject({ status: 404 })
    expect(await list(other.owner)).toEqual([])
    const closed = await makeProject(colleague)
    await withTenant(colleague, (scope) => changeProjectStatus(scope, { id: closed.id, version: 1, status: 'completed' }))
    await expect(make(colleague, 'No', {}, closed.id)).rejects.toMatchObject({ code: 'project_closed' })
  })

  test.each(['', 'a'.repeat(121)])('the name %j is refused', (name) => expect(createWorkstreamSchema.safeParse({ projectId: project.id, name }).success).toBe(false))
  test.each(['with space', '-a', 'a..b', 'a/', 'x.lock', 'a~1', 'a:b', 'a'.repeat(201)])('%j is no branch', (gitBranch) => expect(createWorkstreamSchema.safeParse({ projectId: project.id, name: 'x', gitBranch }).success).toBe(false))
})

describe('updateWorkstream', () => {
  test('is changed once per version, by those who may', async () => {
    const { id } = await make(colleague, 'Before')
    await edit(organization.owner, id, 1, { name: 'After', status: 'paused' })
    expect(await list(viewer)).toContainEqual(expect.objectContaining({ id, name: 'After', status: 'paused', version: 2 }))
    await expect(edit(colleague, id, 1, { name: 'Late' })).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere', detail: { current: expect.objectContaining({ name: 'After' }) } })
    await expect(edit(viewer, id, 2)).rejects.toMatchObject({ status: 403 })
    await expect(edit(other.owner, id, 2)).rejects.toMatchObject({ status: 404 })
    const { stream } = await privateOne()
    await expect(edit(organization.owner, stream.id, 1)).rejects.toMatchObject({ status: 404 })
  })

  test('the name of a sister is taken', async () => {
    await make(colleague, 'Sister')
    const { id } = await make(colleague, 'Brother')
    await expect(edit(colleague, id, 1, { name: 'sister' })).rejects.toMatchObject({ code: 'name_taken' })
  })
})

test('the order is changed one place at a time, and stops at the ends', async () => {
  const { id } = await makeProject(colleague)
  const streams: { id: string }[] = []
  for (const name of ['One', 'Two', 'Three']) streams.push(await make(colleague, name, {}, id))
  const move = (by: Member, at: number, places: number) => withTenant(by, (scope) => placeWorkstream(scope, { id: streams[at]!.id, by: places }))
  const names = async () => (await list(colleague, id)).map(({ name }) => name)
  await move(colleague, 2, -1)
  expect(await names()).toEqual(['One', 'Three', 'Two'])
  await move(colleague, 2, -1)
  await move(colleague, 2, -1)
  expect(await names()).toEqual(['Three', 'One', 'Two'])
  await Promise.all([move(colleague, 0, 1), move(organization.owner, 2, 1)])
  expect((await names()).toSorted()).toEqual(['One', 'Three', 'Two'])
  await expect(move(viewer, 0, 1)).rejects.toMatchObject({ status: 403 })
  await expect(move(other.owner, 0, 1)).rejects.toMatchObject({ status: 404 })
})

describe('tasks of a workstream', () => {
  test('are counted, without cancelled ones; parts go with the whole', async () => {
    const { id } = await make(colleague, 'Counted')
    const whole = await makeTask(colleague, project.id, { workstreamId: id })
    const part = await makeTask(colleague, project.id, { parentId: whole.id })
    expect(part.workstreamId).toBe(id)
    const gone = await makeTask(colleague, project.id, { workstreamId: id })
    const move = (task: { id: string }, to: 'cancelled' | 'done') => withTenant(colleague, (scope) => moveTask(scope, { id: task.id, version: 1, to, note: '', summary: 'Did it', cancelSubtasks: false }))
    await move(gone, 'cancelled')
    await move(part, 'done')
    expect(await list(colleague)).toContainEqual(expect.objectContaining({ id, totalCount: 2, doneCount: 1, openCount: 1, blockedCount: 0 }))
  })

  test('a workstream of another project, of a private one or of nobody is refused alike', async () => {
    const elsewhere = await make(colleague, 'Elsewhere', {}, (await makeProject(colleague)).id)
    const { stream } = await privateOne()
    for (const workstreamId of [elsewhere.id, stream.id, '018f0000-0000-7000-8000-00000000ffff'])
      await expect(makeTask(organization.owner, project.id, { workstreamId })).rejects.toMatchObject({ status: 422, message: 'Choose a workstream of this project.' })
  })

  test('one with tasks is not deleted, one without is; others may not', async () => {
    const { id } = await make(colleague, 'Held')
    await makeTask(colleague, project.id, { workstreamId: id })
    await expect(remove(colleague, id)).rejects.toMatchObject({ status: 409, code: 'workstream_in_use' })
    const empty = await make(colleague, 'Empty')
    await expect(remove(viewer, empty.id)).rejects.toMatchObject({ status: 403 })
    await expect(remove(other.owner, empty.id)).rejects.toMatchObject({ status: 404 })
    await remove(colleague, empty.id)
    await expect(remove(colleague, empty.id)).rejects.toMatchObject({ status: 404 })
  })
})
