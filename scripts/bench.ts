// npm run bench [-- --quick] [-- --json] [-- --only e|f|g]: what isolation, size and signing in cost, on a PostgreSQL of its own that is thrown away.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { command } from './command.ts'
import { startEmbedded, type Embedded } from './database/embedded.ts'
import { withClient, withDatabase } from './database/connect.ts'
import { makeDatabase, makeDemoDatabase, startWorker, type Database, type Worker } from './bench/databases.ts'
import { fillLarge, measureLarge } from './bench/large.ts'
import { measureFirstLoad } from './bench/first-load.ts'
import { measurePage } from './bench/page.ts'
import { measureReads } from './bench/reads.ts'
import { measureSignIns } from './bench/sign-ins.ts'
import { withSite } from './bench/site.ts'
import { printTable, type Row } from './bench/table.ts'
import { onStop, stopAll } from './processes.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, only: { type: 'string' } } })
if (values.only && !['e', 'f', 'g'].includes(values.only)) throw new Error('--only knows e, the rows of signing in, f, those of a large organization, and g, the script of a first visit.')
const SMALL = 10
const size = values.quick ? { organizations: 100, rounds: 4, pageMs: 0, signIns: { rounds: 10, storms: 2 } } : { organizations: 10_000, rounds: 40, pageMs: 10_000, signIns: { rounds: 60, storms: 10 } }

const directory = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'))
// PostgreSQL runs as another user when we are root.
chmodSync(directory, 0o711)
let embedded: Embedded | undefined
const workers: Worker[] = []
const say = (text: string) => !values.json && console.log(text)

async function run(): Promise<Row[]> {
  // What is set on the machine must not reach the run, least of all the address of a real database.
  for (const name of ['DATABASE_URL', 'TENANT_DATABASE_URL', 'PLATFORM_DATABASE_URL', 'NEXTAUTH_URL', 'NODE_ENV']) delete process.env[name]
  // With fsync as in real life, because a create waits for it.
  embedded = await startEmbedded({ dataDir: join(directory, 'postgres') })
  const { url } = embedded
  await withClient(withDatabase(url, 'postgres'), (client) => client.query(`ALTER SYSTEM SET max_wal_size = '8GB'`).then(() => client.query('SELECT pg_reload_conf()')))
  if (values.only === 'e' || values.only === 'g') return measureSite(url, values.only)
  if (values.only === 'f') {
    say(`Loading ${size.organizations} organizations of 200 tasks, and one of 100,000 …`)
    return measureLargest(await makeDatabase(url, 'bench_large', size.organizations))
  }
  say(`Loading ${SMALL} and ${size.organizations} organizations of 200 tasks …`)
  const small = await makeDatabase(url, 'bench_small', SMALL)
  const large = await makeDatabase(url, 'bench_large', size.organizations)
  workers.push(await startWorker(small), await startWorker(large))
  say(`Measuring ${size.rounds} rounds …`)
  const visited = Array.from({ length: SMALL }, (_, index) => index)
  const rows = await measureReads(
    {
      small: { worker: workers[0]!, organizations: visited.map((index) => index + 1) },
      large: { worker: workers[1]!, organizations: visited.map((index) => 1 + Math.floor(((index + 0.5) * size.organizations) / SMALL)) },
    },
    size.rounds,
  )
  if (size.pageMs === 0) return rows
  rows.push(...(await measureLargest(large, workers[1])))
  return [...rows, ...(await measureSite(url))].sort((a, b) => (a.what[0]! < b.what[0]! ? -1 : a.what[0] === b.what[0] ? 0 : 1))
}

/** Rows f, once the large organization is there beside the others. */
async function measureLargest(database: Database, started?: Worker): Promise<Row[]> {
  await fillLarge(database.url)
  const worker = started ?? (await startWorker(database))
  if (!started) workers.push(worker)
  return measureLarge(worker, size.rounds)
}

async function measureSite(url: string, only?: 'e' | 'g'): Promise<Row[]> {
  say('Measuring the production build …')
  const database = await makeDemoDatabase(url, 'bench_demo')
  return withSite(database, async (port) => {
    const page = only ? [] : await measurePage(port, size.pageMs)
    const firstLoad = only === 'e' ? [] : await measureFirstLoad(port)
    return [...page, ...(only === 'g' ? [] : await measureSignIns(database, port, size.signIns)), ...firstLoad]
  })
}

async function cleanUp() {
  for (const worker of workers) worker.stop()
  await stopAll()
  await embedded?.stop()
  rmSync(directory, { recursive: true, force: true })
}

onStop(async () => {
  await cleanUp()
  process.exit(130)
})
await command(async () => {
  try {
    const rows = await run()
    if (values.json) console.log(JSON.stringify({ at: new Date().toISOString(), organizations: size.organizations, rows }, null, 2))
    else printTable(rows)
  } finally {
    await cleanUp()
  }
})
