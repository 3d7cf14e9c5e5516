import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections, rolledBack, withConnection } from '@/lib/testing/connections'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { readIsolationReport } from './organization-report'
import { readPlatformIsolationReport } from './platform-report'
import { recordProbe, runProbe } from './probe'
import { isolationReport, listFindings } from './report'
import { readSnapshot } from './snapshot'

let [a, b]: Twin[] = []
beforeAll(async () => void ([a, b] = await makeTwins()))
afterAll(closeConnections)

const tenantTables = () => withConnection('DATABASE_URL', async (client) => (await client.query<{ name: string }>(`SELECT table_name AS name FROM kernel.tables WHERE family <> 'global' ORDER BY 1`)).rows.map(({ name }) => name))

describe('catalog', () => {
  test('rules 11 to 21: the live catalog breaks none of them', async () => {
    expect(await withConnection('DATABASE_URL', (client) => listFindings(async (sql) => (await client.query(sql)).rows))).toEqual([])
  })

  test('rule 20: all that is allowed is what was reviewed (npm run db:policies writes it)', async () => {
    const live = await withConnection('DATABASE_URL', (client) => readSnapshot(async (sql) => (await client.query(sql)).rows))
    expect(live).toBe(readFileSync('prisma/policies.snapshot.sql', 'utf8'))
  })

  test('the tenant role can show the report, which names every tenant table and no content', async () => {
    const report = await withConnection('TENANT_DATABASE_URL', (client) => rolledBack(client, a!.owner, () => isolationReport(async (sql) => (await client.query(sql)).rows)))
    expect(report.findings).toEqual([])
    expect(report.tables.filter(({ family }) => family !== 'global').map(({ table }) => table)).toEqual(await tenantTables())
    expect(report.tables.every(({ isProtected, isForced }) => isProtected && isForced)).toBe(true)
    expect(JSON.stringify(report)).not.toContain(a!.canary)
  })

  test('the role of the console reads the same, with what the probe found when it last ran', async () => {
    const figures = { attempts: 4_000, tables: 70, leaks: 0, changes: 0, milliseconds: 5_000, findings: [] }
    await recordProbe(process.env.DATABASE_URL!, figures)
    const report = await readPlatformIsolationReport()
    expect(report.findings).toEqual([])
    expect(report.tables.map(({ table }) => table)).toEqual((await withTenant(a!.owner, readIsolationReport)).tables.map(({ table }) => table))
    expect(report.lastProbe).toMatchObject(figures)
    for (const url of ['TENANT_DATABASE_URL', 'PLATFORM_DATABASE_URL'] as const) await withConnection(url, (client) => expect(client.query(`SELECT kernel.record_probe(1, 1, 0, 0, 1, '[]')`)).rejects.toMatchObject({ code: '42501' }))
  })
})

describe('leak matrix', () => {
  test('lesson 27: every tenant table has rows of both twins, or nothing would be proven of it', async () => {
    const empty: string[] = []
    await withConnection('DATABASE_URL', async (client) => {
      for (const table of await tenantTables())
        for (const twin of [a!, b!]) if ((await client.query(`SELECT FROM public."${table}" WHERE tenant_id = $1 LIMIT 1`, [twin.tenantId])).rowCount === 0) empty.push(table)
    })
    expect(empty).toEqual([])
  })

  test('rules 5, 12, 14: every attempt on every table, by the other organization, without, with a malformed tenant, and by the platform role', async () => {
    const figures = await runProbe(process.env.DATABASE_URL!)
    console.info(`leak matrix: ${figures.attempts} attempts on ${figures.tables} tables, ${figures.leaks} leaks, ${figures.changes} changes, ${figures.milliseconds} ms`)
    expect(figures).toMatchObject({ leaks: 0, changes: 0, findings: [] })
    expect(figures.attempts).toBeGreaterThan(40 * (await tenantTables()).length)
  })

  test('lesson 27: nothing that one twin can read holds a word of the other, and its own words are there', async () => {
    const [ofA, ofB] = [await everythingOf(a!.owner), await everythingOf(b!.owner)]
    expect(ofA).toContain(a!.canary)
    expect(ofA).not.toContain(b!.canary)
    expect(ofB).toContain(b!.canary)
    expect(ofB).not.toContain(a!.canary)
  })

  test('the check itself turns red when the context names the wrong tenant', async () => {
    expect(await everythingOf({ ...b!.owner, tenantId: a!.tenantId })).toContain(a!.canary)
  })
})

const everythingOf = async (member: Member) => {
  const tables = await readableTables()
  return withTenant(member, async ({ tx }) => {
    const texts: string[] = []
    for (const { table, columns } of tables) texts.push(...(await tx.$queryRaw<{ text: string }[]>(everything(table, columns))).map(({ text }) => text))
    return texts.join('\n')
  })
}

// The table comes from the catalog; the tag takes an object of this shape for SQL without parameters.
const everything = (table: string, columns: string) => Object.assign([`SELECT t::text AS text FROM (SELECT ${columns} FROM public."${table}") t`], { raw: [`SELECT t::text AS text FROM (SELECT ${columns} FROM public."${table}") t`] })
const readableTables = () => withConnection('DATABASE_URL', async (client) => (await client.query<{ table: string; columns: string }>(`
  SELECT d.table_name AS table, string_agg(quote_ident(a.attname), ', ') AS columns FROM kernel.tables d JOIN pg_attribute a ON a.attrelid = ('public.' || d.table_name)::regclass AND a.attnum > 0 AND NOT a.attisdropped
   WHERE d.family <> 'global' AND a.attname <> ALL (coalesce(d.hidden_columns, '{}')) GROUP BY 1`)).rows)
