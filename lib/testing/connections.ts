import pg from 'pg'
import { closePlatformClient } from '@/lib/platform/client'
import { closeTenantClient } from '@/lib/tenancy/client'

/** Gives every connection of the product back: call it in `afterAll` of a file that used one. */
export async function closeConnections(): Promise<void> {
  await closeTenantClient()
  await closePlatformClient()
}

export type Connection = 'DATABASE_URL' | 'TENANT_DATABASE_URL' | 'PLATFORM_DATABASE_URL'

/** A bare connection, to see what the database itself allows: `DATABASE_URL` is the set-up role, which sees everything. */
export async function withConnection<T>(name: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env[name] })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Runs work inside a transaction that is never committed, as this person if one is given. */
export async function rolledBack<T>(client: pg.Client, person: { tenantId: string; userId: string; role: string } | null, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    if (person) await client.query('SELECT kernel.enter($1, $2, $3)', [person.tenantId, person.userId, person.role])
    return await work()
  } finally {
    await client.query('ROLLBACK')
  }
}

/** The SQLSTATE that a piece of work fails with, or null when it does not fail; later statements of the transaction still run. */
export async function failureOf(client: pg.Client, sql: string, values: unknown[] = []): Promise<string | null> {
  await client.query('SAVEPOINT attempt')
  try {
    await client.query(sql, values)
    await client.query('RELEASE SAVEPOINT attempt')
    return null
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT attempt')
    return (error as { code: string }).code
  }
}
