import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startJobRunner } from '@/lib/jobs/runner'
import { closePlatformClient } from '@/lib/platform/client'
import { closeConnections } from '@/lib/testing/connections'
import { asSetup } from '@/lib/testing/make-person'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { withEnv } from '@/lib/testing/with-env'
import { closeTenantClient } from '@/lib/tenancy/client'
import { failingParts } from './readiness'

const AWAY = 'postgresql://app_tenant:x@127.0.0.1:1/away'
let database: Awaited<ReturnType<typeof useOwnDatabase>>
let runner: ReturnType<typeof startJobRunner>
beforeAll(async () => {
  database = await useOwnDatabase()
  runner = startJobRunner()
})
afterAll(async () => {
  await runner.stop()
  await database.close()
})

test('with its databases, every migration and the job runner it is ready', async () => expect(await failingParts()).toEqual([]))

test('each database that is away is named, within two seconds', async () => {
  await closeConnections()
  const began = Date.now()
  await withEnv({ TENANT_DATABASE_URL: AWAY }, async () => {
    expect(await failingParts()).toEqual(['database'])
    await closeTenantClient()
  })
  await closePlatformClient()
  await withEnv({ PLATFORM_DATABASE_URL: AWAY.replace('app_tenant', 'app_platform') }, async () => {
    expect(await failingParts()).toEqual(['platform_database'])
    await closePlatformClient()
  })
  expect(Date.now() - began).toBeLessThan(4_000)
  expect(await failingParts()).toEqual([])
})

test('a migration of this release that the database has not had is one part; one that a later release made is none', async () => {
  const [last] = await asSetup<{ name: string }>('SELECT max(migration_name) AS name FROM _prisma_migrations')
  await asSetup('UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1', [last!.name])
  expect(await failingParts()).toEqual(['migrations'])
  await asSetup('UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = $1', [last!.name])
  await asSetup(`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES (gen_random_uuid(), '', now(), '29990101000000_later')`)
  expect(await failingParts()).toEqual([])
})

test('a job runner that hears nothing of its queue is named', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 })
  try {
    expect(await failingParts()).toEqual(['jobs'])
  } finally {
    vi.useRealTimers()
  }
  await vi.waitFor(async () => expect(await failingParts()).toEqual([]), 5_000)
})

test('one that is going down says so, whatever else holds', async () => {
  const key = Symbol.for('bulkhead.stopping')
  Object.assign(globalThis, { [key]: true })
  expect(await failingParts()).toEqual(['stopping'])
  Object.assign(globalThis, { [key]: false })
  expect(await failingParts()).toEqual([])
})
