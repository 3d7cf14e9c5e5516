import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import { closeTenantClient } from './client'
import { withTenant } from './with-tenant'

// Transaction mode with two server connections for all: whoever leaves something behind leaves it to the other tenant.
const direct = process.env.TENANT_DATABASE_URL!
const directory = mkdtempSync(join(tmpdir(), 'pgbouncer-'))
let a: Twin, b: Twin
let bouncer: ChildProcess
let through: string

beforeAll(async () => {
  ;[a, b] = await makeTwins()
  await closeTenantClient()
  const server = new URL(direct)
  const port = await freePort()
  const name = server.pathname.slice(1)
  writeFileSync(join(directory, 'users'), `"${server.username}" "${decodeURIComponent(server.password)}"\n`)
  writeFileSync(join(directory, 'ini'), `[databases]\n${name} = host=${server.hostname} port=${server.port || 5432} dbname=${name}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = plain\nauth_file = ${directory}/users\npool_mode = transaction\ndefault_pool_size = 2\nmax_client_conn = 100\nignore_startup_parameters = extra_float_digits,options\n`)
  chmodSync(directory, 0o755)
  bouncer = spawn(findPgbouncer(), process.getuid?.() === 0 ? ['-u', 'nobody', join(directory, 'ini')] : [join(directory, 'ini')], { stdio: 'ignore' })
  server.host = `127.0.0.1:${port}`
  through = server.href
  await vi.waitFor(() => ping(through), 10_000)
}, 120_000)

afterAll(async () => {
  await closeConnections()
  bouncer?.kill()
  rmSync(directory, { recursive: true })
  vi.unstubAllEnvs()
})

test('rule 3: behind PgBouncer in transaction mode, 50 scopes of alternating tenants in one tick see no foreign row', async () => {
  vi.stubEnv('TENANT_DATABASE_URL', through)
  // Before 1.21 PgBouncer does not know prepared statements; both ways must hold the tenants apart.
  vi.stubEnv('PREPARED_STATEMENTS', 'off')
  vi.resetModules()
  const fresh = await import('./with-tenant')
  const { tenantClient, closeTenantClient: close } = await import('./client')
  expect(tenantClient().pool.options.connectionString).toBe(through)
  const answers = await Promise.all(Array.from({ length: 50 }, async (_, index) => {
    const [mine, foreign] = index % 2 ? [b, a] : [a, b]
    return fresh.withTenant(mine.owner, async ({ tx }) => [await tx.task.count(), await tx.task.findFirst({ where: { id: foreign.taskId } }), (await tx.task.findMany()).every((task) => task.tenantId === mine.tenantId)])
  }))
  expect(answers).toEqual(Array(50).fill([a.taskCount, null, true]))
  await close()
})

test('rule 5: what a transaction entered is gone for the next client of the same server connection', async () => {
  const client = new pg.Client({ connectionString: through })
  await client.connect()
  await client.query(`BEGIN; SELECT kernel.enter('${a.tenantId}', '${a.owner.userId}', 'owner')`)
  expect((await client.query('SELECT FROM tasks')).rowCount).toBe(a.taskCount)
  await client.query('COMMIT')
  for (let time = 0; time < 4; time++) await expect(client.query('SELECT FROM tasks')).rejects.toMatchObject({ code: expect.stringMatching(/^(22P02|42704)$/) })
  await client.end()
})

test('positive control: without PgBouncer the product still works', async () => expect(await withTenant(a.owner, ({ tx }) => tx.task.count())).toBe(a.taskCount))

function findPgbouncer(): string {
  const find = () => ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'].find((path) => existsSync(path))
  if (!find() && process.getuid?.() === 0) execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'pgbouncer'], { stdio: 'ignore' })
  const path = find()
  if (!path) throw new Error('PgBouncer is not installed: apt-get install pgbouncer, or brew install pgbouncer.')
  return path
}

async function ping(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.end()
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
