import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setupUrl } from '../settings.ts'
import { withClient } from './connect.ts'
import { migrate } from './migrate.ts'
import { openScratch } from './scratch.ts'

let url: string
let close: () => Promise<void>
beforeAll(async () => ({ url, close } = await openScratch(setupUrl())))
afterAll(() => close())

const query = (sql: string) =>
  withClient(url, async (client) => {
    await client.query('SET ROLE app_owner')
    return (await client.query<Record<string, unknown>>(sql)).rows
  })
const directory = mkdtempSync(join(tmpdir(), 'migrations-'))
const write = (name: string, sql: string) => {
  mkdirSync(join(directory, name), { recursive: true })
  writeFileSync(join(directory, name, 'migration.sql'), sql)
}
const recorded = () => query(`SELECT migration_name AS name, applied_steps_count AS steps, finished_at > started_at AS finished, logs, rolled_back_at, length(checksum) AS length FROM _prisma_migrations ORDER BY 1`)

describe.each([false, true])('migrate, statement per message: %s', (statementPerMessage) => {
  const run = () => migrate(url, { directory, statementPerMessage })
  const prefix = statementPerMessage ? '2' : '1'

  test('applies in order as app_owner, once, recorded as Prisma does', async () => {
    write(`${prefix}1_table`, `CREATE TABLE t${prefix} (id int PRIMARY KEY); -- one; two\nCREATE FUNCTION f${prefix}() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;`)
    write(`${prefix}2_row`, `INSERT INTO t${prefix} VALUES (1);`)
    expect((await run()).applied).toEqual([`${prefix}1_table`, `${prefix}2_row`])
    expect((await run()).applied).toEqual([])
    expect(await query(`SELECT tableowner FROM pg_tables WHERE tablename = 't${prefix}'`)).toEqual([{ tableowner: 'app_owner' }])
    expect((await recorded()).slice(-2)).toEqual([`${prefix}1_table`, `${prefix}2_row`].map((name) => ({ name, steps: 1, finished: true, logs: null, rolled_back_at: null, length: 64 })))
  })

  test.each([
    ['a syntax error', 'CREATE TABLE gone (id int);\n\nSELEC 1;\n', /migration\.sql:3: syntax error .*\(42601\)/],
    ['a violated constraint', `CREATE TABLE gone (id int);\nINSERT INTO t${prefix} VALUES (2);\nINSERT INTO t${prefix} VALUES (2);`, /migration\.sql:3: duplicate key .*\(23505\)/],
    ['a transaction of its own', 'CREATE TABLE gone (id int);\n-- why\nCOMMIT;', /migration\.sql:3: a migration runs in a transaction already/],
  ])('%s leaves nothing and says where', async (_, sql, message) => {
    const before = await recorded()
    write(`${prefix}3_broken`, sql)
    await expect(run()).rejects.toThrow(message)
    expect(await recorded()).toEqual(before)
    expect(await query(`SELECT to_regclass('gone') AS gone`)).toEqual([{ gone: null }])
    write(`${prefix}3_broken`, 'SELECT 1;')
    expect((await run()).applied).toEqual([`${prefix}3_broken`])
    await query(`DELETE FROM _prisma_migrations WHERE migration_name = '${prefix}3_broken'`)
  })

  test('a file that was changed after it had been applied is named', async () => {
    write(`${prefix}3_broken`, 'SELECT 1;')
    await run()
    write(`${prefix}2_row`, 'SELECT 2;')
    await expect(run()).rejects.toThrow(new RegExp(`${prefix}2_row/migration\\.sql was changed after`))
    write(`${prefix}2_row`, `INSERT INTO t${prefix} VALUES (1);`)
    expect((await run()).applied).toEqual([])
  })
})

test('one that would change rows which row security keeps from it is refused, and not taken for done', async () => {
  await query('ALTER TABLE t2 ENABLE ROW LEVEL SECURITY; ALTER TABLE t2 FORCE ROW LEVEL SECURITY')
  for (const sql of ['UPDATE t2 SET id = id + 10;', 'DELETE FROM t2;', 'INSERT INTO t2 SELECT id + 10 FROM t2;']) {
    write('29990101000000_rows', `SELECT 1;\n${sql}`)
    await expect(migrate(url, { directory })).rejects.toThrow(/migration\.sql:2: query would be affected by row-level security policy for table "t2" \(42501\)/)
  }
  // Lifted for this one statement, in a transaction that holds the table.
  write('29990101000000_rows', 'ALTER TABLE t2 NO FORCE ROW LEVEL SECURITY;\nUPDATE t2 SET id = id + 10;\nALTER TABLE t2 FORCE ROW LEVEL SECURITY;')
  await migrate(url, { directory })
  await query('ALTER TABLE t2 DISABLE ROW LEVEL SECURITY')
  expect((await query('SELECT min(id) > 10 AS moved FROM t2'))[0]).toEqual({ moved: true })
})

test('one that is older than an applied one is refused', async () => {
  write('0_late', 'SELECT 1;')
  await expect(migrate(url, { directory })).rejects.toThrow(/0_late is older than/)
})
