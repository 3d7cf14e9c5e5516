import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from '@/lib/env'
import { PrismaClient } from '@/lib/generated/prisma/client'

const ACQUIRE_TIMEOUT_MS = 1_500

function makeClient() {
  const { PLATFORM_DATABASE_URL, PLATFORM_POOL_SIZE } = env()
  const pool = new pg.Pool({
    connectionString: PLATFORM_DATABASE_URL,
    max: PLATFORM_POOL_SIZE,
    connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  })
  pool.on('error', () => {})
  return { client: new PrismaClient({ adapter: new PrismaPg(pool) }), pool }
}

const shared = globalThis as unknown as { bulkheadPlatformClient?: ReturnType<typeof makeClient> }

/** Identity and the directory of organizations. Its role has no grant on any tenant table. Used by lib/platform only. */
export function platformClient() {
  return (shared.bulkheadPlatformClient ??= makeClient()).client
}

/** The same connections for one statement a call: a prepared query in a single round trip, without Prisma's engine. */
export function platformPool(): pg.Pool {
  return (shared.bulkheadPlatformClient ??= makeClient()).pool
}

export async function closePlatformClient(): Promise<void> {
  const open = shared.bulkheadPlatformClient
  shared.bulkheadPlatformClient = undefined
  await open?.client.$disconnect()
  await open?.pool.end()
}
