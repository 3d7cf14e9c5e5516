import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type APIRequestContext, expect, request, test } from '@playwright/test'
import pg from 'pg'
import { type Embedded, startEmbedded } from '../scripts/database/embedded.ts'
import { migrate } from '../scripts/database/migrate.ts'
import { setUpRoles } from '../scripts/database/roles.ts'
import { freePort } from '../scripts/ports.ts'
import { runtimeUrls } from '../scripts/settings.ts'
import { v7 } from '../lib/uuid'
import { callAction, listActions } from './support/actions'
import { query } from './support/database'

const PASSWORDS = { TENANT_DATABASE_PASSWORD: 'tenant-for-tests', PLATFORM_DATABASE_PASSWORD: 'platform-for-tests' }
const PATIENCE_MS = 2_000
const EMAIL = 'outage@example.com'

/** PostgreSQL of its own, so that it can be stopped; the application in front of it is the same build. */
const directory = mkdtempSync(join(tmpdir(), 'bulkhead-outage-'))
let database: Embedded
let server: ChildProcess
let api: APIRequestContext
let base: string
let project: string

const start = () => startEmbedded({ dataDir: join(directory, 'postgres'), fast: true })

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  chmodSync(directory, 0o711)
  database = await start()
  const { tenant, platform, tenantPassword, platformPassword } = runtimeUrls(database.url, PASSWORDS)
  await setUpRoles(database.url, { tenantPassword, platformPassword })
  await migrate(database.url)
  await fill()
  const port = await freePort()
  base = `http://localhost:${port}`
  server = fork('scripts/serve.ts', ['--port', String(port)], { env: { ...process.env, TENANT_DATABASE_URL: tenant, PLATFORM_DATABASE_URL: platform, NEXTAUTH_URL: base, DEMO_MODE: '0', MAILBOX: '1', SIGN_UP: 'open' }, execArgv: [], silent: true })
  await new Promise((resolve) => server.once('message', resolve))
  api = await request.newContext({ baseURL: base, maxRedirects: 0 })
  const { csrfToken } = (await (await api.get('/api/auth/csrf')).json()) as { csrfToken: string }
  expect((await api.post('/api/auth/callback/credentials', { form: { csrfToken, email: EMAIL, password: process.env.DEMO_PASSWORD!, json: 'true' } })).ok()).toBe(true)
})

test.afterAll(async () => {
  server?.kill('SIGKILL')
  await database?.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function fill() {
  const [{ hash }] = await query<{ hash: string }>(`SELECT password_hash AS hash FROM users WHERE email_lc = 'ada.moss@example.com'`) as [{ hash: string }]
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const [user, tenant] = [v7(), v7()]
  project = v7()
  await client.query(`INSERT INTO users (id, name, email, email_lc, password_hash, password_algorithm) VALUES ($1, 'Outage', $2, $2, $3, 'argon2id')`, [user, EMAIL, hash])
  const organization = { id: tenant, code: 'OUTAGE2X4', slug: 'outage', name: 'Outage', kind: 'team', status: 'active', plan_key: 'free', timezone: 'UTC', currency: 'USD', colour: '#334455', is_demo: false }
  await client.query('SELECT kernel.create_organization($1, $2, $3, $4, $5, now())', [JSON.stringify(organization), user, 'Outage', v7(), JSON.stringify([{ id: v7(), key: 'projects', enabled: true }])])
  await client.query(`INSERT INTO containers (tenant_id, id, kind, name, visibility, default_access, owner_user_id) VALUES ($1, $2, 'project', 'P', 'organization', 'edit', $3)`, [tenant, project, user])
  await client.query(`INSERT INTO projects (tenant_id, id, slug, key, colour) VALUES ($1, $2, 'p', 'PP', '#334455')`, [tenant, project])
  await client.end()
}

const addTask = (title: string) => callAction(api, { ...listActions().find(({ name }) => name.endsWith('#addTask'))!, page: '/outage/tasks', base }, [{ status: 'idle' }, { organization: 'outage', projectId: project, title }])

test('the list of demo people is gone without the setting', async () => {
  const anyone = await request.newContext({ baseURL: base })
  const text = await (await anyone.get('/sign-in')).text()
  expect(text).toContain('Password')
  expect(text).not.toContain('Demo people')
})

test('without its database the application answers 503 within two seconds, and keeps what it acknowledged', async () => {
  const acknowledged: string[] = []
  const attempted: string[] = []
  const write = async () => {
    const title = `ledger ${attempted.length}`
    attempted.push(title)
    const answer = await addTask(title).catch(() => null)
    if (answer?.status() === 200) acknowledged.push(title)
    return answer?.status() ?? 0
  }
  for (let n = 0; n < 5; n++) expect(await write()).toBe(200)

  // Writes go on while the server stops.
  const during = Promise.all(Array.from({ length: 10 }, write))
  await database.stop()
  for (const status of await during) expect([200, 503]).toContain(status)

  for (const path of ['/api/ready', '/outage', '/outage/tasks', '/api/v1/outage/search?q=x', '/organizations']) {
    const began = Date.now()
    const answer = await api.get(path)
    expect(answer.status(), path).toBe(503)
    expect(answer.headers()['retry-after'], path).toBe('2')
    expect(Date.now() - began, path).toBeLessThan(PATIENCE_MS)
    expect(await answer.text(), path).not.toMatch(/postgres|ECONNREFUSED|at .*\.js/i)
  }
  // Whoever is not signed in, too, who has no session to ask for.
  const stranger = await request.newContext({ baseURL: base })
  for (const path of ['/sign-in', '/sign-up']) {
    const answer = await stranger.get(path)
    expect(answer.status(), path).toBe(503)
    expect(answer.headers()['retry-after'], path).toBe('2')
  }
  await stranger.dispose()
  expect(await write()).toBe(503)
  // The process itself is well: nobody should restart it.
  expect((await api.get('/api/health')).status()).toBe(200)
  expect(await (await api.get('/api/ready')).json()).toEqual({ status: 'unavailable', failing: ['database', 'platform_database'] })

  database = await start()
  const began = Date.now()
  while ((await api.get('/outage/tasks')).status() !== 200) expect(Date.now() - began, 'recovery without a restart').toBeLessThan(10_000)
  expect(await write()).toBe(200)

  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query<{ title: string; count: number }>(`SELECT title, count(*)::int AS count FROM tasks WHERE title LIKE 'ledger %' GROUP BY title`)
  await client.end()
  const stored = new Map(rows.map(({ title, count }) => [title, count]))
  for (const title of acknowledged) expect(stored.get(title), `${title} was acknowledged`).toBe(1)
  for (const title of attempted) expect(stored.get(title) ?? 0, `${title} at most once`).toBeLessThanOrEqual(1)
  console.info(`outage: ${attempted.length} writes, ${acknowledged.length} acknowledged, ${stored.size} stored`)
})

test('a killed connection in the middle of the work is answered and forgotten', async () => {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const answers = await Promise.all([
    ...Array.from({ length: 20 }, (_, n) => addTask(`killed ${n}`).then((answer) => answer.status())),
    ...Array.from({ length: 5 }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('app_tenant', 'app_platform')`)
      return 200
    }),
  ])
  await client.end()
  for (const status of answers) expect([200, 503]).toContain(status)
  expect((await addTask('after')).status()).toBe(200)
})
