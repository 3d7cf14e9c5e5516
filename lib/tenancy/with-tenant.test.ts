import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { UnavailableError } from '@/lib/errors'
import { closeConnections, withConnection } from '@/lib/testing/connections'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import { v7 as uuidv7 } from '@/lib/uuid'
import { tenantClient } from './client'
import { tenantContext } from './context'
import { CommitRolledBackError, MissingTenantError } from './pool'
import { NestedTenantError, withTenant } from './with-tenant'

let [a, b]: Twin[] = []
beforeAll(async () => void ([a, b] = await makeTwins()))
afterAll(closeConnections)

const contextOf = (twin: Twin) => ({ tenantId: twin.tenantId, userId: twin.owner.userId, role: twin.owner.role, readOnly: false })
const insertLabel = (twin: Twin, nameLc: string) => withTenant(twin.owner, ({ tx }) => tx.label.createMany({ data: [{ name: 'x', nameLc, colour: '#000000' }] }))

test('rule 1: 50 scopes of alternating tenants opened in one tick each see their own rows and no other', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, async (_, index) => {
    const [mine, foreign] = index % 2 ? [b!, a!] : [a!, b!]
    return withTenant(mine.owner, async ({ tx }) => {
      const unique = (tenantId: string, id: string) => tx.task.findUnique({ where: { tenantId_id: { tenantId, id } } })
      const [own, other, first, count] = await Promise.all([unique(mine.tenantId, mine.taskId), unique(foreign.tenantId, foreign.taskId), tx.task.findFirst({ where: { id: foreign.taskId } }), tx.task.count()])
      return { own: own?.tenantId === mine.tenantId, other, first, count }
    })
  }))
  expect(answers).toEqual(Array(50).fill({ own: true, other: null, first: null, count: a!.taskCount }))
})

describe('rule 1: there is no other way in', () => {
  test('an array of queries is refused, inside a context and outside', async () => {
    const { client } = tenantClient()
    // eslint-disable-next-line no-restricted-syntax -- what the linter refuses is shown to be refused by the client too
    const batch = () => client.$transaction([client.task.findMany(), client.task.count()])
    await expect(batch()).rejects.toThrow(/array/)
    await expect(tenantContext.run(contextOf(a!), async () => await batch())).rejects.toThrow(/array/)
  })

  test('the pool answers no query, and gives no connection without a context', async () => {
    const { pool } = tenantClient()
    expect(() => pool.query()).toThrow(MissingTenantError)
    await expect(pool.connect()).rejects.toThrow(MissingTenantError)
  })

  test('a connection in a context answers nothing before BEGIN, and nothing after its release', async () => {
    const connection = await tenantContext.run(contextOf(a!), async () => await tenantClient().pool.connect())
    await expect(connection.query({ text: 'SELECT 1' } as never)).rejects.toThrow(MissingTenantError)
    connection.release()
    await expect(connection.query({ text: 'SELECT 1' } as never)).rejects.toThrow(MissingTenantError)
  })

  test('a malformed tenant never becomes text', async () => {
    const forged = { ...contextOf(a!), tenantId: `${a!.tenantId}'); SELECT ('` }
    await expect(tenantContext.run(forged, async () => await tenantClient().client.$transaction(async (tx) => tx.task.count()))).rejects.toThrow(MissingTenantError)
  })
})

test('rule 2: a promise carried out of its scope fails and returns nothing', async () => {
  const carried = await withTenant(a!.owner, async ({ tx }) => ({ lazy: tx.task.findMany() }))
  await expect(carried.lazy).rejects.toThrow()
})

test('rule 6: a swallowed error is reported, nothing is stored, and no connection is lost', async () => {
  for (let time = 0; time < 15; time++) {
    const nameLc = `swallowed ${time} ${uuidv7()}`
    const swallowing = withTenant(a!.owner, async ({ tx }) => {
      await tx.label.createMany({ data: [{ name: 'x', nameLc, colour: '#000000' }] })
      await tx.label.createMany({ data: [{ name: 'x', nameLc, colour: '#000000' }] }).catch(() => undefined)
      return 'stored'
    })
    await expect(swallowing).rejects.toThrow(CommitRolledBackError)
    expect(await withTenant(a!.owner, ({ tx }) => tx.label.count({ where: { nameLc } }))).toBe(0)
  }
  expect(tenantClient().pool.idleCount).toBe(tenantClient().pool.totalCount)
})

test('rule 8: withTenant inside withTenant throws, also for the same tenant', async () => {
  for (const inner of [b!, a!]) await expect(withTenant(a!.owner, () => withTenant(inner.owner, async () => 1))).rejects.toThrow(NestedTenantError)
})

test('a read-only scope refuses to write and reads', async () => {
  await expect(withTenant(a!.owner, ({ tx }) => tx.label.deleteMany(), { readOnly: true })).rejects.toThrow(/read-only/)
  expect(await withTenant(a!.owner, ({ tx }) => tx.label.count(), { readOnly: true })).toBeGreaterThan(0)
})

describe('rule 7, lesson 53: a connection in doubt is destroyed', () => {
  const borrow = async () => tenantContext.run(contextOf(a!), async () => await tenantClient().pool.connect())
  const pidOf = async (connection: pg.PoolClient) => ((await connection.query({ text: 'SELECT pg_backend_pid() AS pid' })) as pg.QueryResult<{ pid: number }>).rows[0]!.pid
  const isAlive = (pid: number) => withConnection('DATABASE_URL', async (client) => (await client.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).rowCount === 1)

  test.each(['with an open transaction', 'with a query in flight'])('released %s', async (how) => {
    const connection = await borrow()
    await connection.query({ text: 'BEGIN' })
    const pid = await pidOf(connection)
    if (how.includes('flight')) void connection.query({ text: 'SELECT pg_sleep(5)' }).catch(() => undefined)
    connection.release()
    if (how.includes('flight')) await withConnection('DATABASE_URL', (client) => client.query('SELECT pg_terminate_backend($1)', [pid]))
    await vi.waitFor(async () => expect(await isAlive(pid)).toBe(false), 5_000)
    expect(await withTenant(b!.owner, ({ tx }) => tx.task.count())).toBe(b!.taskCount)
  })

  test('positive control: one released after COMMIT is used again', async () => {
    const connection = await borrow()
    await connection.query({ text: 'BEGIN' })
    const pid = await pidOf(connection)
    await connection.query({ text: 'COMMIT' })
    connection.release()
    expect(await isAlive(pid)).toBe(true)
  })
})

test('the backend is killed in the middle: UnavailableError, nothing stored, and the next scope works', async () => {
  const nameLc = `killed ${uuidv7()}`
  const killed = withTenant(a!.owner, async ({ tx }) => {
    await tx.label.createMany({ data: [{ name: 'x', nameLc, colour: '#000000' }] })
    const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
    await withConnection('DATABASE_URL', (client) => client.query('SELECT pg_terminate_backend($1)', [row!.pid]))
    return tx.label.count()
  })
  await expect(killed).rejects.toThrow(UnavailableError)
  expect(await withTenant(a!.owner, ({ tx }) => tx.label.count({ where: { nameLc } }))).toBe(0)
})

test('a statement that takes too long ends in an error and leaves the pool whole', async () => {
  const slow = withTenant(a!.owner, async ({ tx }) => {
    await tx.$executeRaw`SET LOCAL statement_timeout = '50ms'`
    await tx.$queryRaw`SELECT pg_sleep(5)::text`
  })
  await expect(slow).rejects.toMatchObject({ name: 'UnavailableError', cause: { message: expect.stringContaining('statement timeout') as string } })
  await insertLabel(a!, `after ${Date.now()}`)
})

test('locks one after the other are waited for two seconds in all; a chunk of a job waits for each as long as its role may', async () => {
  // One is given free soon, the other one never.
  const meanwhile = (work: () => Promise<unknown>) => withConnection('DATABASE_URL', async (first) => withConnection('DATABASE_URL', async (second) => {
    await first.query('SELECT pg_advisory_lock(7701)')
    await second.query('SELECT pg_advisory_lock(7702)')
    const freed = new Promise((resolve) => setTimeout(resolve, 1_300)).then(() => first.query('SELECT pg_advisory_unlock(7701)'))
    const began = performance.now()
    const tookMs = work().then(() => Infinity, (error: unknown) => (expect(error).toBeInstanceOf(UnavailableError), performance.now() - began))
    await freed
    return tookMs
  }))
  const both = (options: { seconds?: number }) => () => withTenant(a!.owner, async ({ tx }) => {
    for (const key of [7701, 7702]) await tx.$queryRaw`SELECT pg_advisory_xact_lock(${key}::bigint)::text`
  }, options)
  expect(await meanwhile(both({}))).toBeLessThan(2_200)
  expect(await meanwhile(both({ seconds: 30 }))).toBeGreaterThan(2_600)
})
