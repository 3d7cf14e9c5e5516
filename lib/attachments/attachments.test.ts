import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { fileStore } from '@/lib/files/store'
import { closeConnections } from '@/lib/testing/connections'
import { withFile } from '@/lib/testing/make-file'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { attachToTask, deleteAttachment, getAttachment, listAttachments, restoreAttachment } from './attachments'
import { fileNameSchema } from './schema'

const directory = mkdtempSync(join(tmpdir(), 'bulkhead-attach-'))
let organization: TestOrganization
let colleague: Member
let stranger: Member
let taskId: string
beforeAll(async () => {
  Object.assign(env(), { FILES_DIRECTORY: directory })
  organization = await makeOrganization()
  colleague = await organization.add('member')
  stranger = (await makeOrganization()).owner
  taskId = (await makeTask(organization.owner, (await makeProject(organization.owner)).id)).id
})
afterAll(async () => {
  await closeConnections()
  rmSync(directory, { recursive: true, force: true })
})

const attach = (member: Member, fileName = 'notes.txt', task = taskId) => withFile(`content of ${fileName}`, (file) => attachToTask(member, { taskId: task, fileName, file }, {}))
const names = (member: Member, task = taskId) => withTenant(member, async (scope) => (await listAttachments(scope, 'task', task)).map(({ fileName }) => fileName))
const get = (member: Member, id: string) => withTenant(member, (scope) => getAttachment(scope, id))
const files = async () => { const keys: string[] = []; for await (const { key } of fileStore().list()) keys.push(key); return keys.length }

describe('attachToTask', () => {
  test('a member who may edit the task adds a file; everybody who sees the task reads it', async () => {
    const { id } = await attach(colleague, 'plan.txt')
    expect(await names(organization.owner)).toContain('plan.txt')
    const { storageKey, mime } = await get(await organization.add('viewer'), id)
    expect(mime).toBe('text/plain')
    expect(storageKey.startsWith(`${organization.tenantId}/`)).toBe(true)
    expect(await text((await fileStore().read(storageKey))!)).toBe('content of plan.txt')
  })

  test('a viewer may not, nor somebody who only sees the project, nor a field member who is not assigned; nothing of it is kept', async () => {
    const seen = (await makeTask(organization.owner, (await makeProject(organization.owner, { defaultAccess: 'view' })).id)).id
    const before = await files()
    await expect(attach(await organization.add('viewer'))).rejects.toMatchObject({ status: 403 })
    await expect(attach(colleague, 'x.txt', seen)).rejects.toMatchObject({ status: 403 })
    await expect(attach(await organization.add('field'))).rejects.toMatchObject({ status: 404 })
    expect(await files()).toBe(before)
    await attach(organization.owner, 'x.txt', seen)
  })

  test('while Projects is switched off no file is given out or taken in; on again, all are there', async () => {
    const { id } = await attach(colleague, 'locked up.txt')
    const off = { ...colleague, organization: { ...colleague.organization, modules: colleague.organization.modules.filter((module) => module !== 'projects') } }
    const before = await files()
    await expect(attach(off)).rejects.toMatchObject({ status: 404, code: 'module_off' })
    await expect(get(off, id)).rejects.toMatchObject({ status: 404 })
    await expect(withTenant(off, (scope) => deleteAttachment(scope, id))).rejects.toMatchObject({ code: 'module_off' })
    expect([await names(off), await files()]).toEqual([[], before])
    expect(await names(colleague)).toContain('locked up.txt')
  })

  test('repeated, there are two', async () => {
    await attach(colleague, 'twice.txt')
    await attach(colleague, 'twice.txt')
    expect((await names(colleague)).filter((name) => name === 'twice.txt')).toHaveLength(2)
  })

  test('another organization neither adds nor reads; neither does a colleague in a private project', async () => {
    const hidden = (await makeTask(colleague, (await makeProject(colleague, { visibility: 'private' })).id)).id
    const { id } = await attach(colleague, 'private.txt', hidden)
    for (const [member, task] of [[stranger, taskId], [organization.owner, hidden]] as const) {
      await expect(attach(member, 'x.txt', task)).rejects.toMatchObject({ status: 404 })
      await expect(get(member, id)).rejects.toMatchObject({ status: 404 })
      expect(await names(member, hidden)).toEqual([])
    }
  })

  test('a row cannot name a file of another organization', async () => {
    const { storageKey } = await get(colleague, (await attach(colleague)).id)
    const project = await makeProject(stranger)
    const theirs = await makeTask(stranger, project.id)
    await expect(withTenant(stranger, ({ tx }) => tx.attachment.createMany({ data: [{ entityKind: 'task', entityId: theirs.id, containerId: project.id, fileName: 'x', mime: 'text/plain', sizeBytes: 1, sha256: Buffer.alloc(32), storageKey }] }))).rejects.toThrow(/check/)
  })
})

describe('deleteAttachment and restoreAttachment', () => {
  test('one’s own, or any for a manager; undone it is back; repeated or by others it is not there', async () => {
    const { id } = await attach(organization.owner, 'to go.txt')
    const remove = (member: Member) => withTenant(member, (scope) => deleteAttachment(scope, id))
    const restore = (member: Member) => withTenant(member, (scope) => restoreAttachment(scope, id))
    await expect(remove(colleague)).rejects.toMatchObject({ status: 403 })
    await expect(remove(stranger)).rejects.toMatchObject({ status: 404 })
    await remove(await organization.add('manager'))
    await expect(remove(organization.owner)).rejects.toMatchObject({ status: 404 })
    await expect(get(organization.owner, id)).rejects.toMatchObject({ status: 404 })
    await restore(organization.owner)
    await expect(restore(organization.owner)).rejects.toMatchObject({ status: 404 })
    expect(await names(colleague)).toContain('to go.txt')
  })
})

test.each([['C:\\fakepath\\a.txt', 'a.txt'], ['../../etc/passwd', 'passwd'], ['a\u0000b', null], ['/', 'file'], [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(196)}.pdf`]])('the name %j becomes %j', (given, name) => {
  const parsed = fileNameSchema.safeParse(given)
  expect(parsed.success ? parsed.data : null).toBe(name)
})
