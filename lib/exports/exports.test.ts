import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { env } from '@/lib/env'
import { fileStore } from '@/lib/files/store'
import { createIdea } from '@/lib/ideas/ideas'
import { getJob } from '@/lib/jobs/jobs'
import { runDueJob } from '@/lib/jobs/runner'
import { createTemplateSchema } from '@/lib/templates/schema'
import { createTemplate } from '@/lib/templates/templates'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { useOwnDatabase } from '@/lib/testing/own-database'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { sweepFiles } from '@/lib/files/sweep-files'
import { getExport, listExports, readSmallExport, recordExport, startExport } from './exports'
import { EXPORT_LISTS, type ExportKey } from './lists'

const directory = mkdtempSync(join(tmpdir(), 'bulkhead-exports-'))
let database: Awaited<ReturnType<typeof useOwnDatabase>>
let organization: TestOrganization
let colleague: Member
let stranger: Member
let projectId: string
// A database of its own: the runner takes every job there is.
beforeAll(async () => {
  database = await useOwnDatabase()
  Object.assign(env(), { FILES_DIRECTORY: directory })
  vi.spyOn(console, 'info').mockImplementation(() => {})
  organization = await makeOrganization()
  colleague = await organization.add('member')
  stranger = (await makeOrganization()).owner
  projectId = (await makeProject(organization.owner, { name: 'Open' })).id
  await makeTask(organization.owner, projectId, { title: 'Seen by all', priority: 'high' })
  await makeTask(organization.owner, projectId, { title: 'Low', priority: 'low' })
  await withTenant(organization.owner, (scope) => createIdea(scope, { title: 'Seen by its author', body: '', projectId: null }))
  await withTenant(organization.owner, (scope) => createTemplate(scope, createTemplateSchema.parse({ kind: 'checklist', name: 'Again', outline: 'One' })))
  const hidden = await makeProject(colleague, { name: 'Hidden', visibility: 'private' })
  await makeTask(colleague, hidden.id, { title: 'Private word' })
})
afterAll(async () => {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
})

const take = (member: Member, key: string, query: Record<string, string> = {}) =>
  withTenant(member, async (scope) => {
    const small = (await readSmallExport(scope, key, query))!
    await recordExport(scope, key, 'csv', { rowCount: small.rows.length, filters: small.filters })
    return small.rows
  })
const titles = async (member: Member, query: Record<string, string> = {}) => (await take(member, 'tasks', query)).map(({ title }) => title).sort()

describe('a list taken away', () => {
  test.each(Object.keys(EXPORT_LISTS) as ExportKey[])('%s: rows of their own columns, for whoever may see the list, and an event', async (key) => {
    const rows = await take(organization.owner, key, key === 'access' ? { project: projectId } : {})
    if (!['labels', 'trash', 'held', 'completed'].includes(key)) expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(EXPORT_LISTS[key].columns.map((column) => column.key).sort())
    const [event] = await asSetup<{ changes: object }>(
      `SELECT d.changes FROM audit_events e JOIN audit_details d ON d.tenant_id = e.tenant_id AND d.event_id = e.id WHERE e.tenant_id = $1 AND e.action = 'export.created' ORDER BY e.id DESC LIMIT 1`,
      [organization.tenantId],
    )
    expect(event!.changes).toMatchObject({ list: [null, key], format: [null, 'csv'], rows: [null, rows.length] })
  })

  test('holds exactly the rows its asker sees, with the filters of the page', async () => {
    expect(await titles(organization.owner)).toEqual(['Low', 'Seen by all'])
    expect(await titles(colleague)).toEqual(['Low', 'Private word', 'Seen by all'])
    expect(await titles(colleague, { priority: 'high', page: 'ignored' })).toEqual(['Seen by all'])
    expect(await titles(await organization.add('viewer'), { project: projectId })).toEqual(['Low', 'Seen by all'])
    expect(await titles(await organization.add('field'))).toEqual([])
    expect(await titles(stranger)).toEqual([])
    expect(await titles(stranger, { project: projectId })).toEqual([])
  })

  test('the audit log only for who may read it; no such list and wrong filters are refused', async () => {
    await expect(take(colleague, 'audit')).rejects.toMatchObject({ status: 403 })
    await expect(take(colleague, 'passwords')).rejects.toMatchObject({ status: 404 })
    await expect(take(colleague, '__proto__')).rejects.toMatchObject({ status: 404 })
    await expect(take(colleague, 'tasks', { status: 'nonsense' })).rejects.toMatchObject({ status: 422 })
    await expect(take(colleague, 'tasks', { q: 'a\0b' })).rejects.toMatchObject({ status: 422 })
  })
})

describe('more than a thousand rows', () => {
  const run = async (member: Member, query: Record<string, string> = {}) => {
    const id = await withTenant(member, (scope) => startExport(scope, 'tasks', 'csv', query))
    await runDueJob()
    return withTenant(member, (scope) => getJob(scope, id))
  }
  let big: TestOrganization
  beforeAll(async () => {
    big = await makeOrganization()
    const project = await makeProject(big.owner)
    await asSetup(`INSERT INTO tasks (tenant_id, id, project_id, number, title) SELECT $1, gen_random_uuid(), $2, n, 'Task ' || n FROM generate_series(1, 2500) n`, [big.tenantId, project.id])
  })

  test('are a job whose file is its requester’s alone, for seven days, each row once', async () => {
    expect(await withTenant(big.owner, (scope) => readSmallExport(scope, 'tasks', {}))).toBeNull()
    const job = await run(big.owner)
    expect(job).toMatchObject({ status: 'succeeded', done: 2500, total: 2500, result: { rowCount: 2500 } })
    const id = String(job.result!.exportId)
    expect(await asSetup('SELECT title, link FROM notifications WHERE tenant_id = $1 AND owner_user_id = $2', [big.tenantId, big.owner.userId])).toEqual([{ title: 'Your export is done', link: '/settings/data' }])
    const file = await withTenant(big.owner, (scope) => getExport(scope, id))
    const lines = (await text((await fileStore().read(file.storageKey))!)).trim().split('\r\n')
    expect(lines).toHaveLength(2501)
    expect(new Set(lines).size).toBe(2501)
    const admin = await big.add('admin')
    for (const member of [admin, stranger]) await expect(withTenant(member, (scope) => getExport(scope, id))).rejects.toMatchObject({ status: 404 })
    expect(await withTenant(admin, (scope) => listExports(scope))).toEqual([])

    expect((await sweepFiles(new Date(Date.now() + 6 * 86_400_000))).deleted).toBe(0)
    expect((await sweepFiles(new Date(Date.now() + 7.1 * 86_400_000))).deleted).toBe(1)
    await expect(withTenant(big.owner, (scope) => getExport(scope, id))).rejects.toMatchObject({ status: 404 })
    expect(await fileStore().read(file.storageKey)).toBeNull()
  })

  test('asked for in the role they had, refused with the role they have', async () => {
    const admin = await big.add('admin')
    const id = await withTenant(admin, (scope) => startExport(scope, 'audit', 'csv', {}))
    await asSetup(`UPDATE memberships SET role = 'member' WHERE tenant_id = $1 AND user_id = $2`, [big.tenantId, admin.userId])
    await runDueJob()
    expect(await withTenant(admin, (scope) => getJob(scope, id))).toMatchObject({ status: 'failed', error: expect.stringContaining('may not read audit') as string })
  })
})
