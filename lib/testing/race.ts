import pg from 'pg'

/** As many connections of each role as take part in a race. */
export function racePools(size = 50) {
  const of = (name: string) => new pg.Pool({ connectionString: process.env[name]!, max: size })
  const pools = { tenant: of('TENANT_DATABASE_URL'), platform: of('PLATFORM_DATABASE_URL'), setup: of('DATABASE_URL') }
  return { pools, close: () => Promise.all(Object.values(pools).map((pool) => pool.end())) }
}

/** The statements in one transaction, on a connection of its own. */
export async function inTransaction(pool: pg.Pool, statements: [sql: string, values: unknown[]][]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    for (const [sql, values] of statements) await client.query(sql, values)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
