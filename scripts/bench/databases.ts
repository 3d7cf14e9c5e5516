import { fork, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { databaseName, withClient, withDatabase } from '../database/connect.ts'
import { migrate } from '../database/migrate.ts'
import { setUpRoles } from '../database/roles.ts'
import { root } from '../settings.ts'
import { PLAIN_ROLE } from './plain-role.ts'
import { benchId, fill } from './fill.ts'
import type { Order } from './worker.ts'

const secret = () => randomBytes(18).toString('base64url')
const passwords = { tenantPassword: secret(), platformPassword: secret() }
const plainPassword = secret()

/** Makes a database with so many organizations, and what a worker needs to know of it. */
export async function makeDatabase(serverUrl: string, name: string, organizations: number) {
  const url = withDatabase(serverUrl, name)
  await setUpRoles(url, passwords)
  await migrate(url)
  await fill(url, organizations)
  return prepare(url)
}

// The role to compare with, and somebody's session.
async function prepare(url: string) {
  const name = databaseName(url)
  const token = secret()
  await withClient(url, async (client) => {
    await client.query(`DO $$ BEGIN CREATE ROLE ${PLAIN_ROLE} LOGIN BYPASSRLS; EXCEPTION WHEN duplicate_object THEN NULL; END $$`)
    await client.query(`ALTER ROLE ${PLAIN_ROLE} PASSWORD ${pg.escapeLiteral(plainPassword)}`)
    await client.query(`GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(name)} TO ${PLAIN_ROLE}; GRANT USAGE ON SCHEMA public TO ${PLAIN_ROLE}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${PLAIN_ROLE}; ALTER ROLE ${PLAIN_ROLE} SET random_page_cost = 1.1; ALTER ROLE ${PLAIN_ROLE} SET plan_cache_mode = force_custom_plan`)
    await client.query(
      `INSERT INTO sessions (id, user_id, token_hash, idle_expires_at, expires_at) VALUES ($1, $2, $3, now() + interval '1 day', now() + interval '1 day')`,
      [benchId('other', 1), benchId('user', 8), createHash('sha256').update(token).digest()],
    )
  })
  return { url, token }
}

/** A migrated database for the demo organizations, and the two connections of the product to it. */
export async function makeDemoDatabase(serverUrl: string, name: string) {
  const url = withDatabase(serverUrl, name)
  await setUpRoles(url, passwords)
  await migrate(url)
  return { url, tenant: as(url, 'app_tenant', passwords.tenantPassword), platform: as(url, 'app_platform', passwords.platformPassword) }
}
export type DemoDatabase = Awaited<ReturnType<typeof makeDemoDatabase>>

const as = (url: string, user: string, password: string) => Object.assign(new URL(url), { username: user, password }).href

export type Database = Awaited<ReturnType<typeof makeDatabase>>
export type Worker = { ask: <T>(order: Order) => Promise<T>; stop: () => void }

/** Starts the process that works on one database. */
export async function startWorker({ url, token }: Database): Promise<Worker> {
  const { ask, stop } = await forkWorker<Order, unknown>(join(root, 'scripts/bench/worker.ts'), {
    TENANT_DATABASE_URL: as(url, 'app_tenant', passwords.tenantPassword),
    PLATFORM_DATABASE_URL: as(url, 'app_platform', passwords.platformPassword),
    BENCH_PLAIN_URL: as(url, PLAIN_ROLE, plainPassword),
    BENCH_TOKEN: token,
  })
  return { ask: <T>(order: Order) => ask(order) as Promise<T>, stop }
}

/** Starts a process that runs the product's code and answers orders one by one. */
export async function forkWorker<O extends object, A>(file: string, connections: Record<string, string>): Promise<{ ask: (order: O) => Promise<A>; stop: () => void }> {
  const settings = { NODE_ENV: 'production', NEXTAUTH_SECRET: secret() + secret(), NEXTAUTH_URL: 'http://localhost:3000' } as const
  const child = fork(file, { cwd: root, execArgv: ['--conditions=react-server', '--import', 'tsx'], env: { ...process.env, ...settings, ...connections } })
  await next(child)
  const ask = async (order: O) => {
    const answer = next<A>(child)
    child.send(order)
    return answer
  }
  return { ask, stop: () => void child.kill() }
}

function next<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('A worker of the benchmark ended before it answered.'))
    child.once('exit', ended)
    child.once('message', ({ result, error }: { result: T; error?: string }) => {
      child.off('exit', ended)
      if (error) reject(new Error(error))
      else resolve(result)
    })
  })
}
