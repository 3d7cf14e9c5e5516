import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createTaskComment, deleteComment, listComments, updateComment } from './comments'

let organization: TestOrganization
let colleague: Member
let stranger: Member
let taskId: string
beforeAll(async () => {
  organization = await makeOrganization()
  colleague = await organization.add('member')
  stranger = (await makeOrganization()).owner
  taskId = (await makeTask(organization.owner, (await makeProject(organization.owner, { defaultAccess: 'view' })).id)).id
})
afterAll(closeConnections)

const write = (member: Member, body = 'A remark') => withTenant(member, (scope) => createTaskComment(scope, { taskId, body }))
const edit = (member: Member, id: string) => withTenant(member, (scope) => updateComment(scope, { id, body: 'Changed' }))
const bodies = (member: Member) => withTenant(member, async (scope) => (await listComments(scope, 'task', taskId)).map(({ body }) => body))

describe('createTaskComment', () => {
  test('seeing the task is enough', async () => {
    await write(colleague, 'Seen and said')
    expect(await bodies(organization.owner)).toContain('Seen and said')
  })
  test('a viewer may not', async () => {
    await expect(write(await organization.add('viewer'))).rejects.toMatchObject({ status: 403 })
  })
  test('repeated, there are two', async () => {
    await write(colleague, 'Twice')
    await write(colleague, 'Twice')
    expect((await bodies(colleague)).filter((body) => body === 'Twice')).toHaveLength(2)
  })
  test('another organization neither writes nor reads', async () => {
    await expect(write(stranger)).rejects.toMatchObject({ status: 404 })
    expect(await bodies(stranger)).toEqual([])
  })
})

describe('updateComment and deleteComment', () => {
  test('the author only; deleted is gone', async () => {
    const { id } = await write(colleague, 'Mine')
    await edit(colleague, id)
    await expect(edit(organization.owner, id)).rejects.toMatchObject({ status: 403 })
    await expect(edit(stranger, id)).rejects.toMatchObject({ status: 404 })
    await expect(withTenant(organization.owner, (scope) => deleteComment(scope, id))).rejects.toMatchObject({ status: 403 })
    await withTenant(colleague, (scope) => deleteComment(scope, id))
    await expect(edit(colleague, id)).rejects.toMatchObject({ status: 404 })
    await expect(withTenant(stranger, (scope) => deleteComment(scope, id))).rejects.toMatchObject({ status: 404 })
  })
})
