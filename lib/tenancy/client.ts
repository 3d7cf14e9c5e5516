import 'server-only'
import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '@/lib/env'
import { PrismaClient } from '@/lib/generated/prisma/client'
import { countStatement } from '@/lib/telemetry/load'
import { measurePool } from '@/lib/telemetry/measure-pool'
import { tenantContext } from './context'
import { MissingTenantError, TenantPool } from './pool'
import { withTenantFilter, type Models } from './tenant-filter'

/** How long a request may wait for a connection before it is told that the database is not answering. */
export const ACQUIRE_TIMEOUT_MS = 1_500

// One statement per shape of SQL, but not per length of an IN list, which would fill the server's memory.
const PREPARED_PARAMETERS_MAX = 64

// Each costs every connection some 80 kB. The product's own lists have fewer shapes; filters in odd numbers must not add to them for ever.
const PREPARED_STATEMENTS_MAX = 400
const names = new Map<string, string>()

// pg takes an absent name as "do not keep this one"; the adapter's type does not say so.
type StatementName = NonNullable<NonNullable<ConstructorParameters<typeof PrismaPg>[1]>['statementNameGenerator']>
const statementName = (({ sql, args }) => {
  if (args.length > PREPARED_PARAMETERS_MAX) return undefined
  const known = names.get(sql)
  if (known || names.size >= PREPARED_STATEMENTS_MAX) return known
  const name = createHash('sha1').update(sql).digest('base64url')
  names.set(sql, name)
  return name
}) as StatementName

// Granted to no runtime role: a key is looked for by its digest inside the database.
const HIDDEN = { apiKey: { keyHash: true } } as const

function makeClient() {
  const { TENANT_DATABASE_URL, TENANT_POOL_SIZE, PREPARED_STATEMENTS } = env()
  const pool = new TenantPool({
    connectionString: TENANT_DATABASE_URL,
    max: TENANT_POOL_SIZE,
    connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 1_800,
    keepAlive: true,
  })
  // An idle connection that the server closed: the pool drops it, the process goes on.
  pool.on('error', () => {})
  measurePool('tenant', pool, (tookMs) => {
    const organization = tenantContext.getStore()?.tenantId
    if (organization) countStatement(organization, tookMs)
  })
  const adapter = new PrismaPg(pool, { statementNameGenerator: PREPARED_STATEMENTS === 'on' ? statementName : undefined })
  const plain = new PrismaClient({ adapter, omit: HIDDEN })
  const models = (plain as unknown as { _runtimeDataModel: { models: Models } })._runtimeDataModel.models
  const client = plain.$extends({
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          const context = tenantContext.getStore()
          if (!context) throw new MissingTenantError()
          return query(withTenantFilter(models, context.tenantId)(model, operation, args as Record<string, unknown>) as typeof args)
        },
      },
    },
  })
  return { client: interactiveOnly(client), pool }
}

// An array of queries may be sent from another request's tick, or without a transaction at all.
function interactiveOnly<C extends object>(client: C): C {
  return new Proxy(client, {
    get(target, property, receiver) {
      const value: unknown = Reflect.get(target, property, receiver)
      if (property !== '$transaction') return value
      return (work: unknown, ...rest: unknown[]) => {
        if (typeof work !== 'function') return Promise.reject(new Error('An array of queries is no tenant transaction: await each query inside withTenant.'))
        return (value as (...all: unknown[]) => unknown).call(target, work, ...rest)
      }
    },
  })
}

const shared = globalThis as unknown as { bulkheadTenantClient?: ReturnType<typeof makeClient> }

/** One client and pool for the process. Not exported beyond lib/tenancy: the way to it is `withTenant`. */
export function tenantClient() {
  return (shared.bulkheadTenantClient ??= makeClient())
}

/** @throws when the database does not answer */
export const pingTenant = (): Promise<void> => tenantClient().pool.ping()

export async function closeTenantClient(): Promise<void> {
  const open = shared.bulkheadTenantClient
  shared.bulkheadTenantClient = undefined
  await open?.client.$disconnect()
  await open?.pool.end()
}

export type TenantTransaction = Omit<Parameters<Parameters<ReturnType<typeof makeClient>['client']['$transaction']>[0]>[0], '$queryRawUnsafe' | '$executeRawUnsafe' | '$transaction'>
