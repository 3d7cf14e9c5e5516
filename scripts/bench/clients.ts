// The clients that Bulkhead is measured against: the same adapter, statement names and tenant filter, without its pool.
import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '@/lib/generated/prisma/client'
import type { Member } from '@/lib/tenancy/member'
import { withTenantFilter, type Models } from '@/lib/tenancy/tenant-filter'
import type { Scope } from '@/lib/tenancy/with-tenant'

type Work = (scope: Scope) => Promise<unknown>
type Runner = (member: Member, work: Work) => Promise<void>

/** A role that row security does not apply to, reading the same tables. */
export const plainTransaction = (url: string): Runner => {
  const begin = makeClient(url)
  return (member, work) => begin(member, (tx) => work({ tx, member }))
}

/** The tenant role, with its three settings sent as three statements of their own. */
export const separateSettings = (url: string): Runner => {
  const begin = makeClient(url)
  return (member, work) =>
    begin(member, async (tx) => {
      /* eslint-disable no-restricted-syntax -- what others do, measured here and done nowhere else */
      await tx.$executeRaw`SELECT set_config('app.tenant_id', ${member.tenantId}, true)`
      await tx.$executeRaw`SELECT set_config('app.user_id', ${member.userId}, true)`
      await tx.$executeRaw`SELECT set_config('app.role', ${member.role}, true)`
      /* eslint-enable no-restricted-syntax */
      await work({ tx, member })
    })
}

function makeClient(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 10, idleTimeoutMillis: 30_000, keepAlive: true })
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => createHash('sha1').update(sql).digest('base64url') })
  const plain = new PrismaClient({ adapter })
  const models = (plain as unknown as { _runtimeDataModel: { models: Models } })._runtimeDataModel.models
  const current = { tenantId: '' }
  const client = plain.$extends({
    query: {
      $allModels: {
        $allOperations: ({ model, operation, args, query }) => query(withTenantFilter(models, current.tenantId)(model, operation, args as Record<string, unknown>) as typeof args),
      },
    },
  })
  // One transaction at a time, so the tenant of the filter can be a variable here.
  return async (member: Member, work: (tx: Scope['tx']) => Promise<unknown>) => {
    current.tenantId = member.tenantId
    await client.$transaction(async (tx) => void (await work(tx as unknown as Scope['tx'])), { maxWait: 2_000, timeout: 10_000 })
  }
}
