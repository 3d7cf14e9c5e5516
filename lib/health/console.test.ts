import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { enqueueJob } from '@/lib/jobs/jobs'
import { JOB_KINDS } from '@/lib/jobs/kinds'
import { runDueJob } from '@/lib/jobs/runner'
import { Refusal } from '@/lib/errors'
import { sweep } from '@/lib/housekeeping/sweep'
import { tellLoad } from '@/lib/limits/budget'
import { platformPool } from '@/lib/platform/client'
import { count, takeUnsaid } from '@/lib/telemetry/load'
import { keep, takeSlow } from '@/lib/telemetry/slow'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { listBusiest, listJobsOfAll, listStorage, steerJob } from './console'
import { listLastBackups, readDatabase, readMachine } from './machine'
import { readMetrics } from './metrics'
import { listSlowStatements, tellSlow } from './slow-statements'

let database: Awaited<ReturnType<typeof useOwnDatabase>>
let organization: TestOrganization, sam: SuperAdmin, nobody: SuperAdmin
beforeAll(async () => {
  database = await useOwnDatabase()
  ;[organization, sam, nobody] = [await makeOrganization(), await makeSuperAdmin(), await makeSuperAdmin()]
  await asSetup('UPDATE users SET is_super_admin = false WHERE id = $1', [nobody.userId])
  for (const level of ['info', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {})
})
afterAll(() => database.close())

const all = (token: string) => listJobsOfAll(token, { status: null, kind: null, before: null, size: 10 })
const enqueue = () => withTenant(organization.owner, (scope) => enqueueJob(scope, 'test_console', { label: 'Confidential payload' }))
const job = (id: string) => ({ organization: organization.tenantId, id })

test('a failed job is seen without what it is about, begins again for a super-admin alone, and both histories say so', async () => {
  JOB_KINDS.test_console = () => Promise.resolve(() => Promise.reject(new Refusal(409, 'x', 'The file Confidential.csv has no rows.')))
  const id = await enqueue()
  await runDueJob()
  const [seen] = await all(sam.token)
  expect(seen).toMatchObject({ id, kind: 'test_console', status: 'failed', errorClass: 'refused', attempts: 1, organizationId: organization.tenantId })
  expect(JSON.stringify(seen)).not.toContain('Confidential')
  expect(await all(nobody.token)).toEqual([])
  await expect(steerJob(nobody.token, job(id), 'retry')).rejects.toMatchObject({ status: 404 })
  await expect(steerJob(sam.token, job(id), 'cancel')).rejects.toMatchObject({ status: 409 })

  await steerJob(sam.token, job(id), 'retry')
  await expect(steerJob(sam.token, job(id), 'retry')).rejects.toMatchObject({ status: 409 })
  expect((await all(sam.token))[0]).toMatchObject({ status: 'queued', errorClass: null })
  await steerJob(sam.token, job(id), 'cancel')
  expect((await all(sam.token))[0]).toMatchObject({ status: 'cancelled' })
  expect(await asSetup('SELECT actor_kind, action FROM audit_events WHERE entity_id = $1 ORDER BY at', [id])).toEqual([{ actor_kind: 'system', action: 'job.retried' }, { actor_kind: 'system', action: 'job.cancelled' }])
  expect(await asSetup('SELECT action, user_id FROM platform_audit_events WHERE subject = $1 ORDER BY at', [id])).toEqual([{ action: 'job.retried', user_id: sam.userId }, { action: 'job.cancelled', user_id: sam.userId }])
  await expect(steerJob(sam.token, { ...job(id), organization: (await makeOrganization()).tenantId }, 'cancel')).rejects.toMatchObject({ status: 404 })
})

test('load and storage are for super-admins alone', async () => {
  takeUnsaid()
  count(organization.tenantId, { requests: 7, statementMs: 900, refused: 2 })
  await tellLoad()
  expect((await listBusiest(sam.token, { minutes: 5, size: 10 })).rows).toContainEqual(expect.objectContaining({ organizationId: organization.tenantId, requests: 7, refused: 2, statementMs: 900, busiestMinute: 7 }))
  expect((await listBusiest(nobody.token, { minutes: 5, size: 10 })).rows).toEqual([])
  expect((await listStorage(sam.token, { size: 10 })).rows.map(({ organizationId }) => organizationId)).toContain(organization.tenantId)
  expect((await listStorage(nobody.token, { size: 10 })).rows).toEqual([])
})

test('load and storage go on page by page to the last organization, and a part is one of all', async () => {
  const five = await Promise.all(Array.from({ length: 5 }, () => makeOrganization()))
  await asSetup('DELETE FROM organization_load')
  const minute = new Date()
  // Two are equal: their order is that of their ids, and none is left out or told twice.
  for (const [at, { tenantId }] of five.entries()) await asSetup(`INSERT INTO organization_load (organization_id, minute, requests, statement_ms) VALUES ($1, date_trunc('minute', $2::timestamptz), 1, $3)`, [tenantId, minute, [500, 300, 300, 200, 100][at]])
  await asSetup(`INSERT INTO organization_load (organization_id, minute, statement_ms) VALUES (gen_random_uuid(), date_trunc('minute', $1::timestamptz), 600)`, [minute])
  const pages: { ids: string[]; allMs: number }[] = []
  for (let after: string | undefined, isOver = false; !isOver; ) {
    const { rows, next, allMs } = await listBusiest(sam.token, { minutes: 5, after, size: 2 })
    pages.push({ ids: rows.map(({ organizationId }) => organizationId), allMs })
    ;[after, isOver] = [next ?? undefined, next === null]
  }
  expect(pages.map(({ ids, allMs }) => [ids.length, allMs])).toEqual([[2, 2_000], [2, 2_000], [1, 2_000]])
  expect(pages.flatMap(({ ids }) => ids).toSorted()).toEqual(five.map(({ tenantId }) => tenantId).toSorted())

  const seen: string[] = []
  for (let after: string | undefined, isOver = false; !isOver; ) {
    const { rows, next } = await listStorage(sam.token, { after, size: 2 })
    seen.push(...rows.map(({ organizationId }) => organizationId))
    ;[after, isOver] = [next ?? undefined, next === null]
  }
  expect(seen.toSorted()).toEqual((await asSetup<{ id: string }>('SELECT id FROM organizations')).map(({ id }) => id).toSorted())
})

test('load older than two days goes in portions, the rest stays', async () => {
  await asSetup(`INSERT INTO organization_load (organization_id, minute) SELECT $1, date_trunc('minute', now()) - interval '49 hours' - n * interval '1 minute' FROM generate_series(1, 5001) n`, [organization.tenantId])
  await asSetup(`INSERT INTO organization_load (organization_id, minute) VALUES ($1, date_trunc('minute', now()) - interval '47 hours')`, [organization.tenantId])
  const statements = vi.spyOn(platformPool(), 'query')
  await sweep()
  expect(statements.mock.calls.filter(([query]) => JSON.stringify(query).includes('sweep_load('))).toHaveLength(2)
  expect(await asSetup('SELECT count(*)::int AS count, max(minute) < now() - interval \'46 hours\' AS old FROM organization_load WHERE organization_id = $1', [organization.tenantId])).toEqual([{ count: 1, old: true }])
  statements.mockRestore()
})

test('a day and longer is counted by the hour, of every minute once, with the busiest; a month later it goes', async () => {
  for (const table of ['organization_load', 'organization_load_hours']) await asSetup(`DELETE FROM ${table}`)
  takeUnsaid()
  const noon = new Date(`${new Date().toISOString().slice(0, 11)}12:00:00Z`)
  const at = (minutes: number) => new Date(noon.getTime() + minutes * 60_000)
  for (const [minutes, requests] of [[-1_300, 9], [-70, 2], [-70, 3], [-50, 4], [-1, 1]] as const) {
    count(organization.tenantId, { requests, statementMs: requests * 10, refused: 1 })
    await tellLoad(at(minutes))
  }
  const asked = async (minutes: number) => (await listBusiest(sam.token, { minutes, size: 10 }, noon)).rows[0]
  expect(await asked(60)).toMatchObject({ requests: 5, statementMs: 50, busiestMinute: 4 })
  expect(await asked(1_440)).toMatchObject({ requests: 19, statementMs: 190, refused: 5, busiestMinute: 9 })
  expect(await asked(300)).toMatchObject({ requests: 10, busiestMinute: 5 })
  expect(await asked(43_200)).toMatchObject({ requests: 19 })
  await sweep(at(30 * 1_440))
  expect(await asSetup('SELECT count(*)::int AS count FROM organization_load_hours')).toEqual([{ count: 3 }])
  await sweep(at(32 * 1_440))
  expect(await asSetup('SELECT count(*)::int AS count FROM organization_load_hours')).toEqual([{ count: 0 }])
})

test('the last backup is told to super-admins alone', async () => {
  await asSetup(`INSERT INTO backup_runs (id, kind, success, started_at, finished_at, size_bytes, note) VALUES (gen_random_uuid(), 'backup', true, now() - interval '9 seconds', now(), 5000, 'Kept.')`)
  expect(await listLastBackups(sam.token)).toMatchObject([{ kind: 'backup', success: true, sizeBytes: 5000, note: 'Kept.' }])
  expect(await listLastBackups(nobody.token)).toEqual([])
})

test('machine and database are measured in parts of what there is', async () => {
  const { cpu, memory, disk } = await readMachine()
  for (const part of [cpu, memory, disk!]) expect(part).toBeGreaterThanOrEqual(0)
  for (const part of [cpu, memory, disk!]) expect(part).toBeLessThanOrEqual(1)
  expect(await readDatabase()).toMatchObject({ version: expect.stringMatching(/^\d+/), connectionsMax: expect.any(Number) })
})

test('metrics name routes, states and ids, and nothing that anybody wrote', async () => {
  await enqueue()
  await withTenant(organization.owner, ({ tx }) => tx.$queryRaw`SELECT pg_sleep(0.12)::text, ${'Confidential value'}::text`)
  const { text } = await readMetrics()
  expect(text).toMatch(/bulkhead_jobs\{kind="test_console",status="queued"\} 1/)
  expect(text).toMatch(new RegExp(`bulkhead_organization_requests\\{organization="${organization.tenantId}"\\}`))
  expect(text).toMatch(/bulkhead_statement_seconds_count\{pool="tenant"\} \d+/)
  expect(text).toContain('process_cpu_seconds_total')
  expect(text).not.toContain('Confidential')
})

test('slow statements of every process are told together, worst first, without their values, to super-admins alone', async () => {
  takeSlow()
  const at = new Date()
  for (const seconds of [0.12, 0.2]) await withTenant(organization.owner, ({ tx }) => tx.$queryRaw`SELECT pg_sleep(${seconds}::float)::text, ${'Confidential value'}::text`)
  await tellSlow(at)
  // Another process, which saw the same one, and a fast one that is called often.
  const [same] = await listSlowStatements(sam.token, { hours: 1, order: 'slowest' }, at)
  keep({ ...same!, calls: 3, totalMs: 900, maxMs: 500 })
  keep({ text: 'SELECT often', calls: 100, totalMs: 11_000, maxMs: 120, lastAt: at })
  await tellSlow(at)
  await tellSlow(at)
  const bySlowest = await listSlowStatements(sam.token, { hours: 1, order: 'slowest' }, at)
  expect(bySlowest[0]).toMatchObject({ calls: 5, maxMs: 500, totalMs: expect.closeTo(1_220, -2) as number })
  expect(bySlowest[0]!.text).toContain('pg_sleep')
  expect(JSON.stringify(bySlowest)).not.toMatch(/Confidential|'[0-9a-f-]{36}'/)
  expect((await listSlowStatements(sam.token, { hours: 1, order: 'total' }, at))[0]).toMatchObject({ text: 'SELECT often', calls: 100 })
  expect(await listSlowStatements(sam.token, { hours: 1, order: 'total' }, new Date(at.getTime() + 3 * 3_600_000))).toEqual([])
  await expect(listSlowStatements(nobody.token, { hours: 1, order: 'slowest' }, at)).rejects.toMatchObject({ status: 404 })
})

test('a slow statement that cannot be told is told later; after a week it goes', async () => {
  await asSetup('DELETE FROM slow_statements')
  keep({ text: 'SELECT kept', calls: 1, totalMs: 150, maxMs: 150, lastAt: new Date() })
  const away = vi.spyOn(platformPool(), 'query').mockRejectedValueOnce(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }) as never)
  await expect(tellSlow()).rejects.toThrow()
  away.mockRestore()
  await tellSlow()
  expect(await asSetup('SELECT text, calls FROM slow_statements')).toEqual([{ text: 'SELECT kept', calls: 1 }])
  await sweep(new Date(Date.now() + 6 * 86_400_000))
  expect(await asSetup('SELECT text FROM slow_statements')).toHaveLength(1)
  await sweep(new Date(Date.now() + 8 * 86_400_000))
  expect(await asSetup('SELECT text FROM slow_statements')).toEqual([])
})
