import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../ports.ts'
import { runtimeUrls } from '../settings.ts'
import { findTool, serverMajor } from './backup.ts'
import { withClient } from './connect.ts'
import { drill } from './drill.ts'
import { migrate } from './migrate.ts'
import { setUpRoles } from './roles.ts'
import { openScratch } from './scratch.ts'

// The built-in PostgreSQL brings no pg_dump. Where there is none for it, the drill is done on the server that Debian's brings along.
const directory = mkdtempSync(join(tmpdir(), 'bulkhead-drill-'))
const OLD = '/usr/lib/postgresql/15/bin'
let url: string
let close = async () => {}

beforeAll(async () => {
  chmodSync(directory, 0o711)
  const given = process.env.DATABASE_URL!
  if (await findTool('pg_dump', await serverMajor(given)).catch(() => null)) {
    const scratch = await openScratch(given)
    ;({ url, close } = scratch)
  } else {
    if (!existsSync(`${OLD}/initdb`)) throw new Error('Neither pg_dump for this server nor Debian’s PostgreSQL 15 is here: apt-get install postgresql-15.')
    await startOld()
  }
  await migrate(url)
  const [user, tenant] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002']
  await withClient(url, async (client) => {
    await client.query(`INSERT INTO users (id, name, email, email_lc) VALUES ($1, 'Drill', 'drill@example.com', 'drill@example.com')`, [user])
    await client.query('SELECT kernel.create_organization($1, $2, $3, gen_random_uuid(), $4, now())', [JSON.stringify({ id: tenant, code: 'DRXXX2XX4', slug: 'drill', name: 'Drill', kind: 'team', status: 'active', plan_key: 'free', timezone: 'UTC', currency: 'USD', colour: '#334455', is_demo: false }), user, 'Drill', '[]'])
  })
}, 120_000)
afterAll(async () => {
  await close()
  rmSync(directory, { recursive: true, force: true })
})

async function startOld(): Promise<void> {
  const [data, port] = [join(directory, 'data'), await freePort()]
  const isRoot = process.getuid?.() === 0
  const as = (...args: string[]) => (isRoot ? execFileSync('su', ['postgres', '-c', args.map((arg) => `'${arg}'`).join(' ')], { stdio: 'ignore' }) : execFileSync(args[0]!, args.slice(1), { stdio: 'ignore' }))
  mkdirSync(data)
  if (isRoot) chownSync(data, Number(execFileSync('id', ['-u', 'postgres']).toString()), Number(execFileSync('id', ['-g', 'postgres']).toString()))
  as(`${OLD}/initdb`, '-D', data, '-U', 'postgres', '-A', 'trust', '--encoding=UTF8', '--locale=C', '--no-sync')
  as(`${OLD}/pg_ctl`, 'start', '-D', data, '-w', '-l', join(data, 'log'), '-o', `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`)
  url = `postgresql://postgres:x@127.0.0.1:${port}/bulkhead`
  close = async () => void as(`${OLD}/pg_ctl`, 'stop', '-D', data, '-m', 'immediate')
  const { tenantPassword, platformPassword } = runtimeUrls(url, { TENANT_DATABASE_PASSWORD: 'x', PLATFORM_DATABASE_PASSWORD: 'x' })
  await setUpRoles(url, { tenantPassword, platformPassword })
}

const runs = () => withClient(url, async (client) => (await client.query<{ kind: string; success: boolean; note: string }>('SELECT kind, success, note FROM backup_runs ORDER BY finished_at')).rows)

test('a backup is restored beside the original as it was at one moment, with every row, policy, grant and function, and the console is told', async () => {
  // Somebody always writes.
  let isOver = false
  const writing = withClient(url, async (client) => { while (!isOver) await client.query(`INSERT INTO platform_audit_events (id, action, success) VALUES (gen_random_uuid(), 'session.refused', false)`) })
  const { tables, different, sizeBytes } = await drill(url, join(directory, 'kept'), { isKept: true }).finally(() => (isOver = true))
  await writing
  expect(different).toEqual([])
  expect(tables).toBeGreaterThan(60)
  expect(sizeBytes).toBeGreaterThan(10_000)
  // Nobody else on the machine reads it, also where somebody has made the directory for all.
  const files = readdirSync(join(directory, 'kept'))
  expect(files).toHaveLength(2)
  for (const file of files) expect(statSync(join(directory, 'kept', file)).mode & 0o077, file).toBe(0)
  expect(await runs()).toEqual([{ kind: 'drill', success: true, note: `${tables} tables were restored as they are.` }])
}, 120_000)

test('under a role that row security binds nothing is dumped, and it is said', async () => {
  const bound = new URL(url)
  await withClient(url, async (client) => { await client.query(`DROP ROLE IF EXISTS drill_bound; CREATE ROLE drill_bound LOGIN PASSWORD 'x'; GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(bound.pathname.slice(1))} TO drill_bound`) })
  Object.assign(bound, { username: 'drill_bound', password: 'x' })
  const { takeBackup } = await import('./backup.ts')
  await expect(takeBackup(bound.href, join(directory, 'none'))).rejects.toThrow(/may not bypass row security/)
  await withClient(url, async (client) => { await client.query(`DROP OWNED BY drill_bound; DROP ROLE drill_bound`) })
})
