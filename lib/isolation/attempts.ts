import type pg from 'pg'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Person } from './fixture'
import type { Row } from './insert'

export type Target = { table: string; columns: string[]; foreignKeys: string[][]; victims: Row[]; owns: Row[] }
/** `reads`: any row or number above zero is a leak. `writes`: any row touched is one. */
export type Attempt = { name: string; kind: 'reads' | 'writes'; sql: string; values: unknown[]; /** The same with a random id, which must fail alike. */ random?: unknown[] }

/** The tables, columns and foreign keys that there are now, with a row of each organization to aim at. */
export async function readTargets(client: pg.Client): Promise<Omit<Target, 'victims' | 'owns'>[]> {
  const { rows } = await client.query<{ table: string; columns: string[]; foreignKeys: string[][] }>(`
    SELECT d.table_name AS table,
           ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
           coalesce((SELECT jsonb_agg((SELECT jsonb_agg(a.attname ORDER BY k.n) FROM unnest(f.conkey) WITH ORDINALITY k(attnum, n) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
               WHERE a.attname <> 'tenant_id' AND a.attgenerated = ''))
             FROM pg_constraint f JOIN kernel.tables g ON f.confrelid = ('public.' || g.table_name)::regclass AND g.family <> 'global' WHERE f.conrelid = c.oid AND f.contype = 'f'), '[]') AS "foreignKeys"
      FROM kernel.tables d JOIN pg_class c ON c.oid = ('public.' || d.table_name)::regclass WHERE d.family <> 'global' ORDER BY d.table_name`)
  return rows
}

/** Everything that somebody of another organization may try on one table. */
export function attemptsOn({ table, columns, foreignKeys, victims, owns }: Target, { tenantId }: Person): Attempt[] {
  const [victim, own] = [victims[0]!, owns[0]!]
  const name = `public."${table}"`
  const shown = Object.keys(victim).map((column) => `"${column}"`).join()
  const list = columns.map((column) => `"${column}"`).join()
  const copy = `INSERT INTO ${name} (${list}) SELECT ${list} FROM jsonb_populate_record(NULL::${name}, $1::jsonb)`
  const read = (what: string, sql: string, values: unknown[] = [tenantId]): Attempt => ({ name: what, kind: 'reads', sql, values })
  const write = (what: string, sql: string, values: unknown[], random?: unknown[]): Attempt => ({ name: what, kind: 'writes', sql, values, random })
  const forged = (row: Row, change: Row) => [JSON.stringify({ ...row, id: uuidv7(), ...change })]
  const randomly = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, uuidv7()]))
  return [
    read('select', `SELECT ${shown} FROM ${name} WHERE id = $1`, [victim.id]),
    read('select by tenant', `SELECT ${shown} FROM ${name} WHERE tenant_id = $1`),
    read('select all', `SELECT * FROM ${name} WHERE tenant_id = $1`),
    read('count', `SELECT count(*)::int AS n FROM ${name} WHERE tenant_id = $1`),
    read('aggregate', `SELECT max(id::text) AS n FROM ${name} t WHERE tenant_id = $1`),
    read('group', `SELECT tenant_id, count(*) FROM ${name} WHERE tenant_id = $1 GROUP BY tenant_id`),
    write('lock', `SELECT 1 FROM ${name} WHERE id = $1 FOR UPDATE`, [victim.id]),
    write('update', `UPDATE ${name} SET id = id WHERE id = $1`, [victim.id]),
    write('delete', `DELETE FROM ${name} WHERE id = $1`, [victim.id]),
    write('insert', copy, forged(victim, {})),
    write('insert over', `${copy} ON CONFLICT DO NOTHING`, [JSON.stringify(victim)]),
    write('upsert', `${copy} ON CONFLICT (tenant_id, id) DO UPDATE SET id = EXCLUDED.id`, [JSON.stringify(victim)]),
    write('give away', `UPDATE ${name} SET tenant_id = $2 WHERE id = $1`, [own.id, tenantId]),
    ...foreignKeys.flatMap((keys) => {
      const [theirs, mine] = [victims, owns].map((rows) => rows.find((row) => keys.every((key) => row[key] !== null)))
      if (!theirs || !mine) return []
      const stolen = Object.fromEntries(keys.map((key) => [key, theirs[key]]))
      return write(`reference by ${keys.join()}`, copy, forged(mine, stolen), forged(mine, randomly(keys)))
    }),
  ]
}

/** Foreign keys that no row of the fixture fills, so that nobody can try them. */
export function untried({ foreignKeys, victims }: Target): string[][] {
  return foreignKeys.filter((keys) => !victims.some((row) => keys.every((key) => row[key] !== null)))
}

/** What comes of a statement, which is undone at once: the SQLSTATE it fails with, or how many rows it touched and whether it showed any. */
export async function outcome(client: pg.Client, sql: string, values: unknown[]): Promise<{ code?: string; touched?: number; seen?: boolean }> {
  await client.query('SAVEPOINT attempt')
  try {
    const result = await client.query<Row>(sql, values)
    const seen = result.rows.some((row) => (Object.keys(row).length === 1 && 'n' in row ? Boolean(row.n) : true))
    return { touched: result.rowCount ?? 0, seen }
  } catch (error) {
    const code = (error as { code?: string }).code
    if (!code) throw error
    return { code }
  } finally {
    await client.query('ROLLBACK TO SAVEPOINT attempt')
  }
}
