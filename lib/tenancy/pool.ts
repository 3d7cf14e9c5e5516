import pg from 'pg'
import { UnavailableError } from '@/lib/errors'
import { tenantContext, type TenantContext } from './context'
import { ROLES } from './member'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** A query reached the tenant database outside of `withTenant`: a bug, never "not found" and never an empty list. */
export class MissingTenantError extends Error {
  constructor() {
    super('Tenant data is reached only inside withTenant.')
    this.name = 'MissingTenantError'
  }
}

/** PostgreSQL answered COMMIT with ROLLBACK: an error was swallowed inside the transaction and nothing was stored. */
export class CommitRolledBackError extends Error {
  constructor() {
    super('The transaction was rolled back: an error inside it was caught and not passed on.')
    this.name = 'CommitRolledBackError'
  }
}

/**
 * The pool behind the tenant client. It hands out connections only to a tenant transaction, enters the tenant in the
 * round trip of BEGIN, refuses a COMMIT that stored nothing, and destroys a connection that comes back in doubt.
 */
export class TenantPool extends pg.Pool {
  // A query without a transaction would run without a tenant; batched ones would run in somebody else's.
  override query(): never {
    throw new MissingTenantError()
  }

  /** A question that reaches no table. @throws UnavailableError when no connection can be had in time */
  async ping(): Promise<void> {
    const client = await super.connect().catch((error: unknown) => Promise.reject(new UnavailableError(error)))
    await client.query('SELECT 1').then(() => client.release(), (error: Error) => {
      client.release(error)
      throw new UnavailableError(error)
    })
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: never): void
  override connect(): Promise<pg.PoolClient> | void {
    // Read now: after the wait for a connection another request's context may be the current one.
    const context = tenantContext.getStore()
    if (!context) return Promise.reject(new MissingTenantError())
    return super.connect().then(
      (client) => guard(client, context),
      (error: unknown) => Promise.reject(new UnavailableError(error)),
    )
  }
}

// Another lock after a long wait is waited for only within what is left of two seconds: then somebody is told so.
const [LOCKS_BEGIN_MS, LOCKS_MS, LOCK_LEAST_MS] = [900, 1_400, 200]

function guard(client: pg.PoolClient, context: TenantContext): pg.PoolClient {
  let released = false
  let begun = false
  let inFlight = 0
  let enteredAt = Infinity
  const release = (destroy?: Error | boolean) => {
    if (released) return
    released = true
    const inDoubt = inFlight > 0 || client.getTransactionStatus() !== 'I'
    client.release(destroy || inDoubt)
  }
  let last: Promise<unknown> = Promise.resolve()
  // One statement at a time: relations of one query are asked for side by side.
  const send = (config: pg.QueryConfig | string): Promise<pg.QueryResult> => {
    inFlight++
    const answer = last.then(() => client.query(config)).finally(() => inFlight--)
    last = answer.catch(() => undefined)
    return answer
  }
  const query = async (config: pg.QueryConfig): Promise<unknown> => {
    if (config.text === 'BEGIN') {
      begun = true
      if (!context.isPatient) enteredAt = performance.now()
      return send(enterStatement(context))
    }
    if (!begun || released) throw new MissingTenantError()
    const tookMs = performance.now() - enteredAt
    if (tookMs > LOCKS_BEGIN_MS && !/^(COMMIT|ROLLBACK)/.test(config.text)) {
      enteredAt = Infinity
      await send(`SET LOCAL lock_timeout = ${Math.ceil(Math.max(LOCKS_MS - tookMs, LOCK_LEAST_MS))}`)
    }
    if (config.text !== 'COMMIT') return send(config)
    const answer = await send('COMMIT')
    if (answer.command === 'COMMIT') return answer
    // The driver does not give the connection back after a failed COMMIT, so it is given back here.
    release()
    throw new CommitRolledBackError()
  }
  return new Proxy(client, {
    get(target, property) {
      if (property === 'query') return query
      if (property === 'release') return release
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** One simple-protocol message: the values are checked before they become text. */
function enterStatement({ tenantId, userId, role, readOnly, isSnapshot, containerId, supportId }: TenantContext): string {
  if ([containerId, supportId].some((id) => id && !UUID.test(id)) || !UUID.test(tenantId) || !UUID.test(userId) || !ROLES.includes(role)) throw new MissingTenantError()
  const enter = supportId ? `kernel.enter_support('${tenantId}', '${supportId}')` : `kernel.enter('${tenantId}', '${userId}', '${role}'${containerId ? `, '${containerId}'` : ''})`
  return `BEGIN${isSnapshot ? ' ISOLATION LEVEL REPEATABLE READ' : ''}${readOnly ? ' READ ONLY' : ''}; SELECT ${enter}`
}

