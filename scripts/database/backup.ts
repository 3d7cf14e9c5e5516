import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type pg from 'pg'
import { SettingError } from '../settings.ts'
import { withClient } from './connect.ts'

const run = promisify(execFile)

/** Where PostgreSQL's own tools are: PG_BIN, the newest of Debian's, or the PATH. Their version must be the server's or later. */
export async function findTool(name: 'pg_dump' | 'pg_restore', serverMajor: number): Promise<string> {
  const debian = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').map(Number).filter(Boolean).sort((a, b) => b - a).map((major) => `/usr/lib/postgresql/${major}/bin/${name}`) : []
  for (const path of [...(process.env.PG_BIN ? [join(process.env.PG_BIN, name)] : []), ...debian, name]) {
    const version = await run(path, ['--version']).then(({ stdout }) => Number(/(\d+)/.exec(stdout)?.[1]), () => 0)
    if (version >= serverMajor) return path
  }
  throw new SettingError(`${name} ${serverMajor} or newer was not found: install postgresql-client-${serverMajor} (apt.postgresql.org, or brew install postgresql@${serverMajor}) or name its directory in PG_BIN.`)
}

export async function serverMajor(url: string): Promise<number> {
  return withClient(url, async (client) => Math.floor((await client.query<{ number: number }>(`SELECT current_setting('server_version_num')::int AS number`)).rows[0]!.number / 10_000))
}

export type Backup = { file: string; sizeBytes: number; sha256: string; files: number }

/**
 * Dumps the database in PostgreSQL's custom format to `directory`, with the list of its files beside it (keys and sizes: they are
 * backed up where they lie), both of one moment, whoever writes meanwhile. `atThatMoment` reads what else is to be of it. The role of
 * `url` must be able to bypass row security: a dump under it would be empty.
 */
export async function takeBackup(url: string, directory: string, atThatMoment: (client: pg.Client) => Promise<void> = async () => undefined): Promise<Backup> {
  const tool = await findTool('pg_dump', await serverMajor(url))
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, `bulkhead-${new Date().toISOString().replace(/[:.]/g, '-')}.dump`)
  const files = await withClient(url, async (client) => {
    const { rows: [role] } = await client.query<{ may: boolean }>('SELECT rolsuper OR rolbypassrls AS may FROM pg_roles WHERE rolname = current_user')
    if (!role?.may) throw new SettingError('The role of DATABASE_URL may not bypass row security, so its dump would be empty: use a superuser, or a role with BYPASSRLS.')
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { rows: [moment] } = await client.query<{ snapshot: string }>('SELECT pg_export_snapshot() AS snapshot')
    const { rows } = await client.query<{ key: string; size: string }>(`SELECT storage_key AS key, size_bytes AS size FROM attachments UNION ALL SELECT storage_key, size_bytes FROM exports UNION ALL SELECT storage_key, size_bytes FROM import_batches WHERE storage_key IS NOT NULL ORDER BY 1`)
    await atThatMoment(client)
    // Nobody else on the machine reads what is in it, whatever the directory allows; pg_dump writes into what is there.
    writeFileSync(file, '', { mode: 0o600 })
    // The password goes by the environment: arguments are seen by everybody on the machine.
    await run(tool, ['--format=custom', '--no-password', `--snapshot=${moment!.snapshot}`, `--file=${file}`], { env: { ...process.env, ...connection(url) } })
    await client.query('COMMIT')
    return rows
  })
  writeFileSync(`${file}.files.jsonl`, files.map(({ key, size }) => JSON.stringify({ key, sizeBytes: Number(size) })).join('\n'), { mode: 0o600 })
  return { file, sizeBytes: statSync(file).size, sha256: await digestOf(file), files: files.length }
}

export async function restoreBackup(url: string, file: string): Promise<void> {
  const tool = await findTool('pg_restore', await serverMajor(url))
  await run(tool, ['--no-password', '--exit-on-error', '--single-transaction', `--dbname=${connection(url).PGDATABASE}`, file], { env: { ...process.env, ...connection(url) }, maxBuffer: 1e8 })
}

/** Rows of every table, and a checksum of them: what a restored database must have, too. */
export async function checksums(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string }>(`SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1`)
  const sums: Record<string, string> = {}
  for (const { name } of rows) {
    const quoted = client.escapeIdentifier(name)
    sums[name] = (await client.query<{ sum: string }>(`SELECT count(*) || ' rows, ' || coalesce(sum(('x' || substr(md5(t::text), 1, 8))::bit(32)::bigint), 0) AS sum FROM public.${quoted} t`)).rows[0]!.sum
  }
  return sums
}

/** Keeps how it went for the console. */
export async function recordRun(url: string, kind: 'backup' | 'drill', { startedAt, success, sizeBytes = 0, note }: { startedAt: Date; success: boolean; sizeBytes?: number; note: string }): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('BEGIN; SET LOCAL ROLE app_owner')
    await client.query('INSERT INTO backup_runs (id, kind, success, started_at, finished_at, size_bytes, note) VALUES ($1, $2, $3, $4, greatest($4, clock_timestamp()), $5, $6)', [randomUUID(), kind, success, startedAt, sizeBytes, note.slice(0, 500)])
    await client.query('COMMIT')
  })
}

function connection(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname } = new URL(url)
  return { PGHOST: hostname.replace(/^\[|\]$/g, ''), PGPORT: port || '5432', PGUSER: decodeURIComponent(username), PGPASSWORD: decodeURIComponent(password), PGDATABASE: decodeURIComponent(pathname.slice(1)) }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer)
  return hash.digest('hex')
}
