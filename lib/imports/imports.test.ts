import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { env } from '@/lib/env'
import { readSmallExport } from '@/lib/exports/exports'
import { write } from '@/lib/exports/formats'
import { createLabel, listLabels } from '@/lib/labels/labels'
import { importSteps } from '@/lib/testing/bring-in'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { makeProject } from '@/lib/testing/make-project'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { searchRecords } from '@/lib/search/search'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { buffer } from 'node:stream/consumers'
import { listFailedRows } from './batches'
import { readErrorFile } from './error-file'
import { applyImport, checkImport } from './imports'

const directory = mkdtempSync(join(tmpdir(), 'bulkhead-imports-'))
let database: Awaited<ReturnType<typeof useOwnDatabase>>
let organization: TestOrganization
let member: Member
let stranger: Member
let projectId: string
beforeAll(async () => {
  database = await useOwnDatabase()
  Object.assign(env(), { FILES_DIRECTORY: directory })
  vi.spyOn(console, 'info').mockImplementation(() => {})
  organization = await makeOrganization()
  member = await organization.add('member')
  // One by the name, one by the address.
  CSV = fileFor(`Owner; ${member.userId}@example.test`)
  stranger = (await makeOrganization()).owner
})
beforeEach(async () => {
  projectId = (await makeProject(organization.owner)).id
})
afterAll(async () => {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
})

let CSV: string
const fileFor = (people: string) => `Title,Description,State,Importance,Due date,Effort,Assigned to,Tags,Id,Secret column
Check the plows,Before the snow,open,High,2026-12-01,2h,${people},winter; urgent,40,x
Order salt,,doing,normal,,,,winter,41,x
Broken day,,open,low,31.31.2026,,,,42,x
Closed one,,closed,low,,,,,43,x
Nobody's,,open,low,,,Someone Else,,44,x
`
const tables = ['tasks', 'task_assignees', 'labels', 'record_labels', 'search_documents', 'search_tokens', 'audit_events', 'audit_details', 'projects', 'import_id_map']
const sums = async (tenantId = organization.tenantId) => Object.fromEntries(await Promise.all(tables.map(async (table) => [
  table,
  (await asSetup(`SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) AS sum FROM public."${table}" t WHERE tenant_id = $1`, [tenantId]))[0]!.sum,
] as const)))
const titles = (by: Member = member) => withTenant(by, async ({ tx }) => (await tx.task.findMany({ where: { projectId }, orderBy: { number: 'asc' } })).map(({ title }) => title))

async function bringIn(content: string | Buffer = CSV, by = member, name = 'list.csv') {
  const steps = importSteps(by)
  const uploaded = await steps.upload(content, { into: projectId, name })
  await steps.check(uploaded.id, uploaded.mapping)
  const job = await steps.apply(uploaded.id)
  return { ...steps, id: uploaded.id, job }
}

describe('bringing tasks into a project', () => {
  test('columns and values are suggested; the dry run tells each row and changes nothing at all', async () => {
    const { upload, check, read } = importSteps(member)
    const { id, mapping, preview } = await upload(CSV, { into: projectId })
    expect(mapping.fields).toEqual({ title: 0, description: 1, status: 2, priority: 3, due: 4, estimate: 5, assignees: 6, labels: 7, sourceId: 8 })
    expect(mapping.values.status).toEqual({ closed: 'done', doing: 'in_progress', open: 'todo' })
    expect(preview.rowCount).toBe(5)
    const before = await sums()
    expect(await check(id, mapping)).toMatchObject({ status: 'succeeded', done: 5, result: { created: 3, failed: 2, made: { labels: 2 } } })
    expect(await sums()).toEqual(before)
    expect((await read(id)).counts).toEqual({ total: 5, created: 3, failed: 2 })
    expect((await withTenant(member, (scope) => listFailedRows(scope, id))).map(({ line, message }) => [line, message])).toEqual([[4, 'This day cannot be read: 31.31.2026.'], [6, 'Nobody active here is called Someone Else.']])
  })

  test('applied, the good rows are there with all that belongs to them, found, and each says where it is from', async () => {
    const { id, job } = await bringIn()
    expect(job).toMatchObject({ status: 'succeeded', result: { created: 3, failed: 2 } })
    const tasks = await withTenant(member, ({ tx }) => tx.task.findMany({ where: { projectId }, include: { assignees: true, labels: true }, orderBy: { number: 'asc' } }))
    expect(tasks.map(({ number, title, status, priority, estimateMinutes, dueOn, assignees, labels }) => [number, title, status, priority, estimateMinutes, dueOn?.toISOString().slice(0, 10), assignees.length, labels.length])).toEqual([
      [1, 'Check the plows', 'todo', 'high', 120, '2026-12-01', 2, 2], [2, 'Order salt', 'in_progress', 'medium', null, undefined, 0, 1], [3, 'Closed one', 'done', 'low', null, undefined, 0, 0],
    ])
    expect((await withTenant(member, (scope) => searchRecords(scope, 'plows snow'))).map(({ entityId }) => entityId)).toContain(tasks[0]!.id)
    const events = await asSetup<{ action: string; n: number }>(
      `SELECT action, count(*)::int AS n FROM audit_events WHERE tenant_id = $1 AND (entity_id = $2 OR entity_id = ANY ($3)) GROUP BY action ORDER BY action`,
      [organization.tenantId, id, tasks.map((task) => task.id)],
    )
    expect(events).toEqual([{ action: 'import.applied', n: 1 }, { action: 'task.imported', n: 3 }])
    expect(await asSetup(`SELECT d.changes FROM audit_events e JOIN audit_details d ON d.tenant_id = e.tenant_id AND d.event_id = e.id WHERE e.entity_id = $1`, [tasks[1]!.id])).toEqual([{ changes: { from: [null, 'list.csv, line 3'] } }])
    expect((await asSetup(`SELECT source_id FROM import_id_map WHERE import_batch_id = $1 ORDER BY 1`, [id])).map((row) => row.source_id)).toEqual(['40', '41', '43'])
  })

  test('a viewer, a field member and whoever only sees the project may not; nothing of it is kept', async () => {
    const seen = (await makeProject(organization.owner, { defaultAccess: 'view' })).id
    await expect(importSteps(await organization.add('viewer')).upload(CSV, { into: projectId })).rejects.toMatchObject({ status: 403 })
    await expect(importSteps(await organization.add('field')).upload(CSV, { into: projectId })).rejects.toMatchObject({ status: 403 })
    await expect(importSteps(member).upload(CSV, { into: seen })).rejects.toMatchObject({ status: 403 })
    await expect(importSteps(member).upload(CSV)).rejects.toMatchObject({ status: 422 })
    expect(await importSteps(organization.owner).upload(CSV, { into: seen })).toMatchObject({ format: 'csv' })
  })

  test('another organization, and a colleague of a private project, reach neither project nor batch; twins stay as they were', async () => {
    const before = await sums(stranger.tenantId)
    const hidden = (await makeProject(member, { visibility: 'private' })).id
    const { upload, check, apply } = importSteps(member)
    const { id, mapping } = await upload(CSV, { into: hidden })
    await check(id, mapping)
    await apply(id)
    for (const other of [stranger, organization.owner]) {
      await expect(importSteps(other).upload(CSV, { into: hidden })).rejects.toMatchObject({ status: 404 })
      for (const act of [() => importSteps(other).read(id), () => importSteps(other).check(id, mapping), () => importSteps(other).apply(id), () => importSteps(other).undo(id)]) await expect(act()).rejects.toMatchObject({ status: 404 })
      expect(await withTenant(other, (scope) => listFailedRows(scope, id))).toEqual([])
    }
    expect(await sums(stranger.tenantId)).toEqual(before)
  })

  test('the same file again is refused with its day, unless there is a reason; after undoing it comes in again', async () => {
    const first = await bringIn()
    const { upload, check } = importSteps(member)
    const again = await upload(CSV, { into: projectId })
    await expect(check(again.id, again.mapping)).rejects.toMatchObject({ status: 409, code: 'imported_before' })
    expect(await check(again.id, again.mapping, 'Twice as much work')).toMatchObject({ status: 'succeeded' })
    await first.undo(first.id)
    const third = await upload(CSV, { into: projectId })
    expect(await check(third.id, third.mapping)).toMatchObject({ status: 'succeeded' })
  })

  test('only what was checked is applied: not without, not another mapping, not after a day, not twice', async () => {
    const { upload, check, apply } = importSteps(member)
    const { id, mapping } = await upload(CSV, { into: projectId })
    await expect(apply(id)).rejects.toMatchObject({ code: 'not_checked' })
    await check(id, mapping)
    await expect(apply(id, 'all_or_nothing')).rejects.toMatchObject({ code: 'rows_fail' })
    await asSetup(`UPDATE import_batches SET mapping = jsonb_set(mapping, '{fields,title}', '1') WHERE id = $1`, [id])
    await expect(apply(id)).rejects.toMatchObject({ code: 'not_checked' })
    await check(id, mapping)
    await asSetup(`UPDATE import_batches SET checked_at = now() - interval '25 hours' WHERE id = $1`, [id])
    await expect(apply(id)).rejects.toMatchObject({ code: 'not_checked' })
    await check(id, mapping)
    const both = await Promise.allSettled([withTenant(member, (scope) => applyImport(scope, { id, mode: 'skip_failed' })), withTenant(member, (scope) => applyImport(scope, { id, mode: 'skip_failed' }))])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(check(id, mapping)).rejects.toMatchObject({ code: 'applied' })
  })

  test('somebody else’s file is not brought in for them; a project that closed meanwhile takes nothing', async () => {
    const { upload, check, apply } = importSteps(member)
    const { id, mapping } = await upload(CSV, { into: projectId })
    await expect(withTenant(organization.owner, (scope) => checkImport(scope, { id, mapping, reason: '' }))).rejects.toMatchObject({ status: 403 })
    await check(id, mapping)
    await asSetup(`UPDATE projects SET status = 'paused' WHERE id = $1`, [projectId])
    expect(await apply(id)).toMatchObject({ status: 'failed', error: 'This project is paused and takes no new tasks.' })
    expect(await titles()).toEqual([])
  })

  test('columns of the database are no targets, and SQL is text', async () => {
    const hostile = "Title,tenant_id,id,created_by\n\"x'); DROP TABLE tasks; --\",018f0000-0000-7000-8000-000000000001,7,018f0000-0000-7000-8000-000000000001\n"
    const { upload, check } = importSteps(member)
    const { id, mapping } = await upload(hostile, { into: projectId })
    expect(mapping.fields).toEqual({ title: 0, sourceId: 2 })
    await expect(check(id, { ...mapping, fields: { ...mapping.fields, tenant_id: 1 } })).rejects.toMatchObject({ status: 422 })
    await bringIn(hostile)
    expect(await titles()).toEqual(["x'); DROP TABLE tasks; --"])
  })

  test('columns are remembered for the next file of the same kind, for whoever mapped them', async () => {
    const { upload, check } = importSteps(await organization.add('member'))
    const content = (n: number) => `Was zu tun ist,Wer\nSalz ${n},\n`
    const { id, mapping } = await upload(content(1), { into: projectId })
    expect(mapping.fields).toEqual({})
    await check(id, { ...mapping, fields: { title: 0 } })
    expect(await upload(content(2), { into: projectId })).toMatchObject({ isRemembered: true, mapping: { fields: { title: 0 } } })
    expect(await importSteps(member).upload(content(3), { into: projectId })).toMatchObject({ isRemembered: false })
  })
})

test('labels come in too: a name that exists fails with its reason, and undoing keeps those that are in use', async () => {
  const { upload, check, apply, undo } = importSteps(organization.owner)
  await withTenant(organization.owner, (scope) => createLabel(scope, { name: 'Known', colour: '#475569', isPersonal: false }))
  const { id, mapping } = await upload('Name,Color\nknown,Red\nFresh,Blue\nUsed,\n', { target: 'labels' })
  expect(await check(id, mapping)).toMatchObject({ result: { created: 2, failed: 1 } })
  await apply(id)
  const used = (await withTenant(organization.owner, (scope) => listLabels(scope))).find(({ name }) => name === 'Used')!
  await asSetup(`INSERT INTO tasks (tenant_id, id, project_id, number, title) VALUES ($1, $2, $3, 99, 'x')`, [organization.tenantId, used.id, projectId])
  await asSetup(`INSERT INTO record_labels (tenant_id, id, label_id, entity_kind, entity_id, container_id) VALUES ($1, gen_random_uuid(), $2, 'task', $2, $3)`, [organization.tenantId, used.id, projectId])
  expect(await undo(id)).toMatchObject({ result: { reversed: 1, keptInUse: 1 } })
})

test('the rows that failed come as a file to be corrected, in which nothing is a formula; corrected and sent, only they are created', async () => {
  const { id, read } = await bringIn('Title,Due date\nGood,2026-01-01\n=cmd|calc,2026-99-99\n')
  const file = async (kind: 'reasons' | 'rows') => {
    const batch = await read(id)
    const { columns, rows } = await withTenant(member, (scope) => readErrorFile(scope, batch, kind))
    return (await buffer(write('csv', columns, (async function* () { yield rows })(), 'x'))).toString()
  }
  expect(await file('reasons')).toBe('\ufeffLine,Column,Value,Reason\r\n3,Due,2026-99-99,This day cannot be read: 2026-99-99.\r\n')
  const rows = await file('rows')
  expect(rows).toBe("\ufeffTitle,Due date,Reason\r\n'=cmd|calc,2026-99-99,This day cannot be read: 2026-99-99.\r\n")
  await bringIn(rows.replace('2026-99-99', '2026-12-12'), member, 'corrected.csv')
  expect(await titles()).toEqual(['Good', '=cmd|calc'])
})

test.each(['csv', 'xlsx', 'json'] as const)('what is exported as %s comes back the same', async (format) => {
  await bringIn(fileFor('Owner'))
  const lists = await import('@/lib/exports/lists')
  const read = (project: string) => withTenant(member, async (scope) => (await readSmallExport(scope, 'tasks', { project, sort: 'created' }))!.rows.map(({ number: _, project: __, created: ___, updated: ____, ...row }) => row))
  const before = await read(projectId)
  const rows = await withTenant(member, async (scope) => (await readSmallExport(scope, 'tasks', { project: projectId, sort: 'created' }))!.rows)
  const content = await buffer(write(format, lists.EXPORT_LISTS.tasks.columns, (async function* () { yield [...rows].reverse() })(), 'Tasks'))
  projectId = (await makeProject(organization.owner)).id
  const { job } = await bringIn(content, member, `tasks.${format}`)
  expect(job).toMatchObject({ result: { created: 3, failed: 0 } })
  expect(await read(projectId)).toEqual(before)
})
