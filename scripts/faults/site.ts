import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hash as argon2 } from '@node-rs/argon2'
import pg from 'pg'
import { v7 } from '../../lib/uuid.ts'
import { type Embedded, startEmbedded } from '../database/embedded.ts'
import { migrate } from '../database/migrate.ts'
import { isRunning } from '../database/postmaster.ts'
import { setUpRoles } from '../database/roles.ts'
import { freePort } from '../ports.ts'
import { startServer } from '../processes.ts'
import { runtimeUrls } from '../settings.ts'
import { mountSmallDisk, type SmallDisk } from './disk.ts'

const PASSWORDS = { TENANT_DATABASE_PASSWORD: 'tenant-for-faults', PLATFORM_DATABASE_PASSWORD: 'platform-for-faults' }
const SECRET = 'only-for-faults-only-for-faults-only-for-faults'
const PASSWORD = 'quiet-lantern-orchard-19'

/** PostgreSQL of its own, as durable as in production, and the build in front of it. */
export class Site {
  readonly directory = mkdtempSync(join(tmpdir(), 'bulkhead-faults-'))
  database!: Embedded
  server!: ChildProcess
  base = ''
  private port = 0
  private disk: SmallDisk | null = null

  constructor(readonly lengths: { freezeS: number; lockS: number; stops: number; patienceMs: number }) {}

  private readonly tokens = new Map<string, string>()
  readonly projects = new Map<string, string>()

  async open(): Promise<void> {
    chmodSync(this.directory, 0o711)
    await this.startDatabase()
    const { tenantPassword, platformPassword } = runtimeUrls(this.database.url, PASSWORDS)
    await setUpRoles(this.database.url, { tenantPassword, platformPassword })
    await migrate(this.database.url)
    for (const slug of ['ledger', 'victim', 'noisy']) await this.found(slug)
    this.port = await freePort()
    await this.startServer()
    for (const slug of ['ledger', 'victim', 'noisy']) await this.signIn(slug)
  }

  async close(): Promise<void> {
    this.server?.kill('SIGKILL')
    await this.database?.stop()
    this.disk?.close()
    rmSync(this.directory, { recursive: true, force: true })
  }

  async startDatabase(): Promise<void> {
    this.database = await startEmbedded({ dataDir: this.data })
  }

  async startServer(env: Record<string, string> = {}): Promise<void> {
    const { tenant, platform } = runtimeUrls(this.database.url, PASSWORDS)
    this.base = `http://127.0.0.1:${this.port}`
    this.server = await startServer(['--port', String(this.port)], { env: { TENANT_DATABASE_URL: tenant, PLATFORM_DATABASE_URL: platform, DATABASE_URL: '', NEXTAUTH_SECRET: SECRET, NEXTAUTH_URL: this.base, DEMO_MODE: '0', ...env }, show: Boolean(process.env.SHOW) })
  }

  async stopServer(signal: NodeJS.Signals = 'SIGTERM'): Promise<number> {
    const began = Date.now()
    const gone = once(this.server, 'exit')
    this.server.kill(signal)
    await gone
    return Date.now() - began
  }

  urls = () => runtimeUrls(this.database.url, PASSWORDS)

  async sql<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.database.url })
    await client.connect()
    try {
      return (await client.query<T>(text, values)).rows
    } finally {
      await client.end()
    }
  }

  /** The server process and all that it has started. */
  postgresPids(): number[] {
    const postmaster = Number(readFileSync(join(this.directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
    const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
      try {
        return Number(/\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]) === postmaster
      } catch {
        return false
      }
    })
    return [postmaster, ...children.map(Number)]
  }

  private async found(slug: string): Promise<void> {
    const [user, tenant, project] = [v7(), v7(), v7()]
    const email = `${slug}@example.com`
    await this.sql(`INSERT INTO users (id, name, email, email_lc, password_hash, password_algorithm, email_verified_at) VALUES ($1, $2, $3, $3, $4, 'argon2id', now())`, [user, slug, email, await argon2(PASSWORD, { memoryCost: 19_456, timeCost: 2 })])
    const organization = { id: tenant, code: `${slug.toUpperCase().replace(/[^A-HJ-NP-Z2-9]/g, 'X')}XXXXXXXXX`.slice(0, 9), slug, name: slug, kind: 'team', status: 'active', plan_key: 'enterprise', timezone: 'UTC', currency: 'USD', colour: '#334455', is_demo: false }
    await this.sql('SELECT kernel.create_organization($1, $2, $3, $4, $5, now())', [JSON.stringify(organization), user, slug, v7(), JSON.stringify([{ id: v7(), key: 'projects', enabled: true }])])
    await this.sql(`UPDATE memberships SET skip_onboarding = true WHERE tenant_id = $1`, [tenant])
    await this.sql(`INSERT INTO containers (tenant_id, id, kind, name, visibility, default_access, owner_user_id) VALUES ($1, $2, 'project', 'P', 'organization', 'edit', $3)`, [tenant, project, user])
    await this.sql(`INSERT INTO projects (tenant_id, id, slug, key, colour) VALUES ($1, $2, 'p', 'PP', '#334455')`, [tenant, project])
    await this.sql(`INSERT INTO organization_limits (tenant_id, id, key, value) VALUES ($1, gen_random_uuid(), 'api_calls', NULL), ($1, gen_random_uuid(), 'statement_seconds_per_minute', NULL)`, [tenant])
    this.projects.set(slug, project)
  }

  private async signIn(slug: string): Promise<void> {
    const answer = await fetch(`${this.base}/api/v1/auth/login`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email: `${slug}@example.com`, password: PASSWORD }) })
    if (!answer.ok) throw new Error(`Signing in: ${answer.status} ${await answer.text()}`)
    this.tokens.set(slug, ((await answer.json()) as { access_token: string }).access_token)
  }

  headers = (slug: string) => ({ Authorization: `Bearer ${this.tokens.get(slug)}`, 'Content-Type': 'application/json' })

  write = async (title: string, slug = 'ledger') => {
    const answer = await fetch(`${this.base}/api/v1/${slug}/tasks`, { method: 'POST', headers: this.headers(slug), body: JSON.stringify({ project: this.projects.get(slug), title }), signal: AbortSignal.timeout(20_000) })
    await answer.text()
    return { status: answer.status, retryAfter: answer.headers.get('retry-after') }
  }

  async read(slug: string): Promise<{ status: number; tookMs: number; retryAfter: string | null }> {
    const began = performance.now()
    const answer = await fetch(`${this.base}/api/v1/${slug}/tasks?limit=20`, { headers: this.headers(slug) })
    await answer.text()
    return { status: answer.status, tookMs: performance.now() - began, retryAfter: answer.headers.get('retry-after') }
  }

  /** One task to hang files on. */
  async makeTask(slug = 'ledger'): Promise<string> {
    const answer = await fetch(`${this.base}/api/v1/${slug}/tasks`, { method: 'POST', headers: this.headers(slug), body: JSON.stringify({ project: this.projects.get(slug), title: 'Files' }) })
    return ((await answer.json()) as { task: { id: string } }).task.id
  }

  async upload(task: string, slug = 'ledger'): Promise<{ status: number; retryAfter: string | null }> {
    const answer = await fetch(`${this.base}/api/v1/${slug}/attachments?task=${task}&name=note.txt`, { method: 'POST', headers: { ...this.headers(slug), 'Content-Type': 'application/octet-stream' }, body: 'x'.repeat(100_000) })
    await answer.text()
    return { status: answer.status, retryAfter: answer.headers.get('retry-after') }
  }

  filesIn = (directory: string): number => readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length

  hasDatabase = (): Promise<boolean> => isRunning(this.data, 10)

  private get data(): string {
    return join(this.directory, 'postgres')
  }

  /** With the server stopped. Null where no disk may be mounted. */
  async moveToSmallDisk(): Promise<SmallDisk | null> {
    await this.database.stop()
    const disk = mountSmallDisk(this.directory, this.data)
    await this.startDatabase()
    this.disk = disk
    return disk
  }

  async leaveSmallDisk(disk: SmallDisk): Promise<void> {
    await this.database.stop()
    disk.close()
    this.disk = null
    await this.startDatabase()
  }

  /** PgBouncer in transaction mode in front of the database; null where it is not installed. */
  async startBouncer(): Promise<{ env: Record<string, string>; start: () => Promise<void>; stop: () => Promise<void> } | null> {
    const binary = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'].find((path) => existsSync(path))
    if (!binary) return null
    const [port, { tenant, platform }] = [await freePort(), this.urls()]
    const server = new URL(tenant)
    const directory = join(this.directory, 'pgbouncer')
    execFileSync('mkdir', ['-p', directory])
    writeFileSync(join(directory, 'users'), [tenant, platform].map((url) => `"${new URL(url).username}" "${decodeURIComponent(new URL(url).password)}"\n`).join(''))
    writeFileSync(join(directory, 'ini'), `[databases]\nbulkhead = host=127.0.0.1 port=${server.port} dbname=bulkhead\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = plain\nauth_file = ${directory}/users\npool_mode = transaction\nmax_client_conn = 200\nignore_startup_parameters = extra_float_digits,options\n`)
    chmodSync(directory, 0o755)
    let child: ChildProcess
    const start = async () => {
      child = spawn(binary, process.getuid?.() === 0 ? ['-u', 'nobody', join(directory, 'ini')] : [join(directory, 'ini')], { stdio: 'ignore' })
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    await start()
    const through = (url: string) => Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href
    return { env: { TENANT_DATABASE_URL: through(tenant), PLATFORM_DATABASE_URL: through(platform), LIVE_DATABASE_URL: platform, PREPARED_STATEMENTS: 'off' }, start, stop: async () => { const gone = once(child, 'exit'); child.kill('SIGKILL'); await gone } }
  }
}
