import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { enqueueJob } from '@/lib/jobs/jobs'
import { JOB_KINDS } from '@/lib/jobs/kinds'
import { runDueJob } from '@/lib/jobs/runner'
import { ask } from '@/lib/platform/ask'
import { busiestHere, count, takeUnsaid } from '@/lib/telemetry/load'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { takeRequest, takeRows, tellLoad } from './budget'

// In the middle of a minute that nobody else counts in.
const now = Date.UTC(2031, 4, 1, 12, 0, 20)
let one: Awaited<ReturnType<typeof makeOrganization>>, other: typeof one
beforeAll(async () => void ([one, other] = [await makeOrganization(), await makeOrganization()]))
beforeEach(() => void takeUnsaid())
afterAll(closeConnections)

const id = () => one.owner.tenantId
const limit = (key: string, value: number | null) => asSetup(`INSERT INTO organization_limits (tenant_id, id, key, value) VALUES ($1, gen_random_uuid(), $2, $3) ON CONFLICT (tenant_id, key) DO UPDATE SET value = $3`, [id(), key, value])
const tell = () => tellLoad(new Date(now))
const taken = () => {
  for (let times = 0; ; times++) {
    try {
      takeRequest(id(), now)
    } catch (error) {
      return { times, error }
    }
    if (times > 100) return { times, error: null }
  }
}

test('beyond its requests of a minute an organization is told how long to wait; another one is not', async () => {
  await limit('requests_per_minute', 10)
  takeRequest(id(), now)
  await tell()
  const { times, error } = taken()
  expect(times).toBe(9)
  expect(error).toMatchObject({ status: 429, waitS: 40 })
  takeRequest(other.owner.tenantId, now)
  // What is refused is counted apart, and the next minute is a new one.
  await tell()
  expect(await asSetup('SELECT requests, refused FROM organization_load WHERE organization_id = $1', [id()])).toEqual([{ requests: 10, refused: 1 }])
  expect(() => takeRequest(id(), now + 60_000)).not.toThrow()
})

test('every plan that comes with the product has limits, and they act where nothing else is said', async () => {
  expect(await asSetup(`SELECT key, requests_per_minute AS requests, statement_seconds_per_minute AS seconds, exported_rows_per_hour AS rows FROM plans WHERE key IN ('free', 'basic', 'professional', 'enterprise') ORDER BY position`)).toEqual([
    { key: 'free', requests: 1_200, seconds: 60, rows: 50_000 }, { key: 'basic', requests: 3_000, seconds: 120, rows: 200_000 }, { key: 'professional', requests: 12_000, seconds: 300, rows: 2_000_000 }, { key: 'enterprise', requests: 60_000, seconds: 1_200, rows: 20_000_000 },
  ])
  const free = (await makeOrganization()).owner.tenantId
  await asSetup(`UPDATE organizations SET plan_key = 'free' WHERE id = $1`, [free])
  takeRequest(free, now)
  await tell()
  for (let n = 1; n < 1_200; n++) takeRequest(free, now)
  expect(() => takeRequest(free, now)).toThrow(expect.objectContaining({ status: 429 }))
  expect(() => takeRows(free, 50_001)).toThrow(expect.objectContaining({ status: 429 }))
})

test('what other processes have counted counts', async () => {
  await limit('requests_per_minute', 30)
  await ask('add_load($1, $2)', [JSON.stringify([{ organization_id: id(), requests: 15, refused: 0, statement_ms: 0, exported_rows: 0 }]), new Date(now)])
  count(id(), { requests: 1 })
  await tell()
  expect(taken().times).toBe(30 - 10 - 15 - 1)
})

test('beyond its time in the database it is refused too, and a raised limit acts with the next telling', async () => {
  await limit('requests_per_minute', null)
  await limit('statement_seconds_per_minute', 2)
  count(id(), { statementMs: 1_900 })
  await tell()
  takeRequest(id(), now)
  count(id(), { statementMs: 200 })
  expect(() => takeRequest(id(), now)).toThrow(expect.objectContaining({ status: 429 }))
  await limit('statement_seconds_per_minute', null)
  await tell()
  expect(() => takeRequest(id(), now)).not.toThrow()
})

test('rows taken away are counted for an hour', async () => {
  await limit('exported_rows_per_hour', 1_000)
  takeRows(id(), 600)
  await tell()
  expect(() => takeRows(id(), 500)).toThrow(expect.objectContaining({ status: 429 }))
  expect(() => takeRows(id(), 400)).not.toThrow()
})

test('statements of a transaction are counted for its organization', async () => {
  await withTenant(one.owner, ({ tx }) => tx.$queryRaw`SELECT pg_sleep(0.05)::text`)
  expect(takeUnsaid().get(id())!.statementMs).toBeGreaterThan(50)
})

test('the list of the busiest is bounded, whoever asks how often', () => {
  for (let n = 0; n < 100; n++) count(`organization ${n}`, { requests: 1, statementMs: n * 1_000 })
  takeUnsaid()
  expect(busiestHere(20)).toHaveLength(20)
  expect(busiestHere(1)[0]!.organization).toBe('organization 99')
})

test('a job takes its time, which is counted, and keeps nobody of its organization from working; what they ask for themselves does', async () => {
  const { owner } = await makeOrganization()
  const busy = () => takeRequest(owner.tenantId, now)
  await asSetup(`INSERT INTO organization_limits (tenant_id, id, key, value) VALUES ($1, gen_random_uuid(), 'statement_seconds_per_minute', 1)`, [owner.tenantId])
  JOB_KINDS.test_slow = () => Promise.resolve((run) => run.chunk(async ({ tx }) => { await tx.$queryRaw`SELECT pg_sleep(1.2)::text`; return { value: {} } }))
  await withTenant(owner, (scope) => enqueueJob(scope, 'test_slow', {}))
  while (await runDueJob()) continue
  busy()
  await tell()
  busy()
  const [{ all, jobs }] = (await asSetup<{ all: string; jobs: string }>('SELECT statement_ms AS all, job_ms AS jobs FROM organization_load WHERE organization_id = $1', [owner.tenantId])) as [{ all: string; jobs: string }]
  expect(Number(jobs)).toBeGreaterThan(1_200)
  expect(Number(all)).toBeGreaterThanOrEqual(Number(jobs))
  count(owner.tenantId, { statementMs: 1_100 })
  expect(busy).toThrow(expect.objectContaining({ status: 429 }))
  await tell()
  expect(busy).toThrow(expect.objectContaining({ status: 429 }))
})
