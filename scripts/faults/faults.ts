import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { migrate } from '../database/migrate.ts'
import { root } from '../settings.ts'
import { Ledger, PATIENCE_MS, type Line } from './ledger.ts'
import type { Site } from './site.ts'

const RECOVERY_MS = 10_000
const AT_ONCE = 8
const CALM_MS = 1_000
const [EACH, PACE_MS] = [100, 80]
/** How long each lasts. The short ones are what `npm test` asks for, of those that need no more than the built-in PostgreSQL. */
export const LENGTHS = { whole: { freezeS: 30, lockS: 6, stops: 10, patienceMs: PATIENCE_MS.whole }, short: { freezeS: 5, lockS: 3, stops: 1, patienceMs: PATIENCE_MS.short } }
export const SHORT = ['connections closed', 'backend killed', 'PostgreSQL killed', 'PostgreSQL frozen', 'table locked', 'pool exhausted', 'application killed', 'SIGTERM under load']

type Fault = (site: Site) => Promise<Line | string>

/** Writes before, during and after; `recovered` is measured from the moment the cause is gone. */
const underWrites = (name: string, cause: (site: Site) => Promise<void>, may: { hangUp?: boolean } = {}) => async (site: Site): Promise<Line> => {
  const ledger = new Ledger(name, (title) => site.write(title), { ...site.lengths, ...may })
  const load = ledger.load(AT_ONCE)
  await wait(CALM_MS)
  await cause(site)
  const recoveryMs = await ledger.recovery(RECOVERY_MS)
  await wait(CALM_MS)
  await load.stop()
  return ledger.close(site.database.url, recoveryMs)
}

const backends = `SELECT pid FROM pg_stat_activity WHERE usename = 'app_tenant' LIMIT 1`

export const FAULTS: Record<string, Fault> = {
  'connections closed': underWrites('connections closed', async (site) => void (await site.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('app_tenant', 'app_platform')`))),
  'backend killed': underWrites('backend killed', async (site) => {
    const [row] = await site.sql<{ pid: number }>(backends)
    process.kill(row!.pid, 'SIGKILL')
    await wait(200)
  }),
  'PostgreSQL restarted': underWrites('PostgreSQL restarted', async (site) => {
    await site.database.stop()
    await wait(2_000)
    await site.startDatabase()
  }),
  'PostgreSQL killed': underWrites('PostgreSQL killed', async (site) => {
    for (const pid of site.postgresPids()) process.kill(pid, 'SIGKILL')
    await wait(2_000)
    await site.startDatabase()
  }),
  'PostgreSQL frozen': underWrites('PostgreSQL frozen', async (site) => {
    const pids = site.postgresPids()
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    await wait(site.lengths.freezeS * 1_000)
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }),
  'table locked': underWrites('table locked', async (site) => {
    const client = new pg.Client({ connectionString: site.database.url })
    await client.connect()
    await client.query('BEGIN; LOCK TABLE tasks IN ACCESS EXCLUSIVE MODE')
    await wait(site.lengths.lockS * 1_000)
    await client.query('ROLLBACK')
    await client.end()
  }),
  'pool exhausted': async (site) => {
    const ledger = new Ledger('pool exhausted', (title) => site.write(title), site.lengths)
    await Promise.all(Array.from({ length: 400 }, () => ledger.try()))
    return ledger.close(site.database.url, await ledger.recovery(RECOVERY_MS))
  },
  'disk full': async (site) => {
    await site.stopServer()
    const disk = await site.moveToSmallDisk()
    if (!disk) {
      await site.startServer()
      return 'not tried: it takes the right to mount a small disk (run as root)'
    }
    await site.startServer({ FILES_DIRECTORY: disk.files })
    const task = await site.makeTask()
    const uploads: number[] = []
    const line = await underWrites('disk full', async () => {
      disk.fill()
      const until = Date.now() + site.lengths.lockS * 1_000
      while (Date.now() < until) {
        disk.fill()
        uploads.push((await site.upload(task)).status)
        await wait(200)
      }
      disk.free()
      // Its log of what is written lies there too: without room for that it stops, and whoever watches it starts it again.
      if (!(await site.hasDatabase())) await site.startDatabase()
    })(site)
    const after = await site.upload(task)
    const [{ rows } = { rows: 0 }] = await site.sql<{ rows: number }>('SELECT count(*)::int AS rows FROM attachments')
    const files = site.filesIn(disk.files)
    if (after.status !== 201) line.problems.push(`a file afterwards: ${after.status}`)
    if (uploads.some((status) => status !== 503)) line.problems.push(`files on the full disk: ${uploads.join(' ')}`)
    if (rows !== 1 || files !== 1) line.problems.push(`${rows} rows of files and ${files} files for 1 that was taken`)
    await site.stopServer()
    await site.leaveSmallDisk(disk)
    await site.startServer()
    return line
  },
  'migration under traffic': underWrites('migration under traffic', async (site) => {
    const directory = join(site.directory, 'migrations')
    cpSync(join(root, 'prisma/migrations'), directory, { recursive: true })
    mkdirSync(join(directory, '29990101000000_wider'))
    writeFileSync(join(directory, '29990101000000_wider/migration.sql'), 'ALTER TABLE tasks ADD COLUMN faults_wider text;\nCREATE INDEX faults_wider_idx ON tasks (tenant_id, faults_wider);\nALTER TABLE labels ADD COLUMN faults_wider int NOT NULL DEFAULT 0;')
    await migrate(site.database.url, { directory })
  }),
  'PgBouncer restarted': async (site) => {
    const bouncer = await site.startBouncer()
    if (!bouncer) return 'not tried: PgBouncer is not installed'
    await site.stopServer()
    await site.startServer(bouncer.env)
    const line = await underWrites('PgBouncer restarted', async () => {
      await bouncer.stop()
      await wait(2_000)
      await bouncer.start()
    })(site)
    await site.stopServer()
    await bouncer.stop()
    await site.startServer()
    return line
  },
  'mail and provider away': async (site) => {
    await site.stopServer()
    await site.startServer({ SMTP_URL: 'smtp://127.0.0.1:1', OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x', SIGN_UP: 'open' })
    const ledger = new Ledger('mail and provider away', (title) => site.write(title), site.lengths)
    const load = ledger.load(AT_ONCE)
    const mail = await fetch(`${site.base}/api/v1/auth/forgot`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email: 'ledger@example.com' }) })
    const page = await fetch(`${site.base}/sign-in`)
    await wait(2_000)
    await load.stop()
    const line = await ledger.close(site.database.url, null)
    const [{ waiting } = { waiting: 0 }] = await site.sql<{ waiting: number }>(`SELECT count(*)::int AS waiting FROM mails WHERE sent_at IS NULL`)
    if (!mail.ok || !page.ok) line.problems.push(`asked for a link: ${mail.status}, sign-in page: ${page.status}`)
    if (!waiting) line.problems.push('the mail does not wait')
    await site.stopServer()
    await site.startServer()
    return line
  },
  'application killed': underWrites('application killed', async (site) => {
    await site.stopServer('SIGKILL')
    await site.startServer()
  }, { hangUp: true }),
  'SIGTERM under load': async (site) => {
    let answeredAsAsked = 0
    const halfSent = new Map<string, () => Promise<{ status: number; retryAfter: string | null }>>()
    // One in ten writes; the others are refused for what they send, which takes the same way in.
    const ledger = new Ledger('SIGTERM under load', async (title) => {
      const answer = await halfSent.get(title)!()
      if (answer.status === 422) answeredAsAsked++
      return answer
    }, { ...site.lengths, also: 422 })
    let slowest = 0
    for (let round = 0; round < site.lengths.stops; round++) {
      // A process that has just begun loads its pages with the first requests.
      for (let n = 0; n < 15; n++) await site.read('victim').then(() => site.write(`warm ${round} ${n}`))
      // Each has been taken before the signal and has half of its body still to send.
      for (let n = 0; n < EACH; n++) {
        const title = `SIGTERM under load ${round * EACH + n}`
        halfSent.set(title, await sendHalf(site, n % 10 ? '' : title))
      }
      await wait(1_000)
      const gone = site.stopServer('SIGTERM')
      await Promise.all(Array.from({ length: EACH }, async (_, n) => {
        await wait(n * PACE_MS)
        await ledger.try()
      }))
      slowest = Math.max(slowest, await gone)
      await site.startServer()
    }
    const line = await ledger.close(site.database.url, null)
    const failed = line.attempted - line.acknowledged - answeredAsAsked
    console.log(`SIGTERM: ${site.lengths.stops} ${site.lengths.stops === 1 ? 'stop' : 'stops'} with ${EACH} in flight each, ${failed} of ${line.attempted} failed, the slowest stop took ${(slowest / 1_000).toFixed(1)} s`)
    if (failed) line.problems.push(`${failed} of ${line.attempted} in flight failed`)
    if (slowest > 30_000) line.problems.push(`ended only after ${slowest} ms`)
    return line
  },
}

function sendHalf(site: Site, title: string): Promise<() => Promise<{ status: number; retryAfter: string | null }>> {
  const body = JSON.stringify({ project: site.projects.get('ledger'), title })
  const sending = request(`${site.base}/api/v1/ledger/tasks`, { method: 'POST', agent: false, headers: { ...site.headers('ledger'), 'Content-Length': Buffer.byteLength(body) } })
  const answer = new Promise<{ status: number; retryAfter: string | null }>((resolve) => {
    sending.on('response', (response) => response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null })))
    sending.on('error', () => resolve({ status: 0, retryAfter: null }))
  })
  return new Promise((resolve) => sending.write(body.slice(0, 10), () => resolve(() => (sending.end(body.slice(10)), answer))))
}
