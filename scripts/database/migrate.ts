import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type pg from 'pg'
import { SettingError, root } from '../settings.ts'
import { withClient } from './connect.ts'
import { run } from './run-migration.ts'

export type Migration = { name: string; file: string; sql: string; checksum: string }
type Options = { directory?: string; statementPerMessage?: boolean }
type Recorded = { name: string; checksum: string; finished: boolean }

// The number the Prisma command line locks too, so that the two never run at the same time.
const LOCK = 72_707_369

const TABLE = `CREATE TABLE IF NOT EXISTS public._prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`

/**
 * Applies the migrations that the database does not have yet, in the order of their names, as `app_owner`, each in its own
 * transaction. What they did is recorded the way the Prisma command line does, which can take over at any time.
 * `statementPerMessage` is for distributed servers, which refuse several statements in one message.
 * Throws a SettingError: an applied file was changed or is missing; or file, line and message of the statement that failed.
 */
export async function migrate(setupUrl: string, { directory = join(root, 'prisma/migrations'), statementPerMessage = false }: Options = {}) {
  const migrations = readMigrations(directory)
  return withClient(setupUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    const recorded = await readRecorded(client)
    compare(migrations, recorded)
    const applied: string[] = []
    for (const migration of migrations.slice(recorded.length)) {
      await apply(client, migration, statementPerMessage)
      applied.push(migration.name)
    }
    return { applied }
  })
}

export function readMigrations(directory: string): Migration[] {
  if (!existsSync(directory)) return []
  const names = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return names
    .map(({ name }) => ({ name, file: join(directory, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, file }) => {
      const sql = readFileSync(file, 'utf8')
      return { name, file: relative(root, file), sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

async function readRecorded(client: pg.Client): Promise<Recorded[]> {
  // As its owner: a set-up role that is no superuser has no rights on the table of its own.
  return asOwner(client, async () => {
    await client.query(TABLE)
    const { rows } = await client.query<Recorded>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`,
    )
    return rows
  })
}

function compare(migrations: Migration[], recorded: Recorded[]) {
  recorded.forEach(({ name, checksum, finished }, at) => {
    const file = migrations.find((migration) => migration.name === name)
    if (!finished) throw new SettingError(`The migration ${name} was begun by another tool and has not finished: repair the database, then mark it as rolled back.`)
    if (!file) throw new SettingError(`The database has the migration ${name}, which prisma/migrations does not: is this checkout older than the database?`)
    if (file.checksum !== checksum) throw new SettingError(`${file.file} was changed after it had been applied: put it back and write a further migration.`)
    if (migrations[at]?.name !== name) throw new SettingError(`The migration ${migrations[at]?.name} is older than ${name}, which is already applied: give it a later time.`)
  })
}

// From here on a statement about rows that forced row security keeps from the owner of the table is an error; before, it was one about none.
const ROWS_OR_ERROR_FROM = '20261129'

async function apply(client: pg.Client, migration: Migration, statementPerMessage: boolean) {
  const startedAt = new Date()
  await asOwner(client, async () => {
    if (migration.name >= ROWS_OR_ERROR_FROM) await client.query('SET LOCAL row_security = off')
    await run(client, migration, statementPerMessage)
    // The migration may have become another role; the record belongs to app_owner in any case.
    await client.query('SET LOCAL ROLE app_owner')
    await client.query(
      `INSERT INTO public._prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES ($1, $2, clock_timestamp(), $3, $4, 1)`,
      [randomUUID(), migration.checksum, migration.name, startedAt],
    )
  })
}

async function asOwner<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    await client.query('SET LOCAL ROLE app_owner')
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
