import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from '@/lib/env'
import { PrismaClient } from '@/lib/generated/prisma/client'
import { measurePool } from '@/lib/telemetry/measure-pool'

const ACQUIRE_TIMEOUT_MS = 1_500

function makeClient() {
  const { PLATFORM_DATABASE_URL, PLATFORM_POOL_SIZE } = env()
  const pool = new pg.Pool({
    connectionString: PLATFORM_DATABASE_URL,
    max: PLATFORM_POOL_SIZE,
    connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 1_800,
    keepAlive: true,
  })
  pool.on('error', () => {})
  measurePool('platform', pool)
  return { client: new PrismaClient({ adapter: new PrismaPg(pool), omit: HIDDEN }), pool }
}

// Not granted to the platform role: what a token or password is checked against is compared inside the database.
const HIDDEN = { user: { passwordHash: true }, session: { tokenHash: true }, refreshToken: { tokenHash: true }, oneTimeToken: { tokenHash: true } } as const

const shared = globalThis as unknown as { bulkheadPlatformClient?: ReturnType<typeof makeClient> }

/** Identity and the directory of organizations. Its role has no grant on any tenant table. A person's own matters: withPerson. */
export function platformClient() {
  return (shared.bulkheadPlatformClient ??= makeClient()).client
}

/** The same connections for one statement a call: a prepared query in a single round trip, without Prisma's engine. */
export function platformPool(): pg.Pool {
  return (shared.bulkheadPlatformClient ??= makeClient()).pool
}

/** @throws when the database does not answer */
export async function pingPlatform(): Promise<void> {
  await platformPool().query('SELECT 1')
}

export async function closePlatformClient(): Promise<void> {
  const open = shared.bulkheadPlatformClient
  shared.bulkheadPlatformClient = undefined
  await open?.client.$disconnect()
  await open?.pool.end()
}
