import type pg from 'pg'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Attempt } from './attempts'
import { insertion, type Row } from './insert'

/** A table of the platform: whose rows it holds (`personColumn` null: nobody's), what is hidden in it and what is not written, and what may be done at all. */
export type PersonTable = { table: string; personColumn: string | null; hidden: string[]; fixed: string[]; commands: string[]; columns: string[]; key: string[]; references: string[][] }

/** Every global table that the catalog declares now. `references`: keys into other tables of the same person. */
export async function readPersonTables(client: pg.Client): Promise<PersonTable[]> {
  const names = (columns: string) => `(SELECT coalesce(jsonb_agg(a.attname ORDER BY k.n), '[]') FROM unnest(${columns}) WITH ORDINALITY k(attnum, n) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum)`
  const { rows } = await client.query<PersonTable>(`
    SELECT d.table_name AS table, d.person_column AS "personColumn", coalesce(d.hidden_columns, '{}') AS hidden, coalesce(d.fixed_columns, '{}') AS fixed, d.commands,
           ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (coalesce(d.hidden_columns, '{}')) ORDER BY a.attnum) AS columns,
           (SELECT ${names('p.conkey')} FROM pg_constraint p WHERE p.conrelid = c.oid AND p.contype = 'p') AS key,
           coalesce((SELECT jsonb_agg(${names('f.conkey')}) FROM pg_constraint f JOIN kernel.tables g ON f.confrelid = ('public.' || g.table_name)::regclass AND g.person_column IS NOT NULL AND g.table_name <> 'users'
             WHERE f.conrelid = c.oid AND f.contype = 'f'), '[]') AS references
      FROM kernel.tables d JOIN pg_class c ON c.oid = ('public.' || d.table_name)::regclass WHERE d.family = 'global' ORDER BY d.table_name`)
  return rows
}

const list = (columns: string[]) => columns.map((column) => `"${column}"`).join()

/** Everything that one person may try on the rows of another, or somebody who is nobody. */
export function attemptsOnPerson({ table, personColumn, columns, key, references }: PersonTable, theirs: Row, mine: Row): Attempt[] {
  const [name, person] = [`public."${table}"`, `"${personColumn}"`]
  const [victim, me] = [theirs[personColumn!], mine[personColumn!]]
  const byKey = key.map((column, at) => `"${column}" = $${at + 1}`).join(' AND ')
  const keyOf = (row: Row) => key.map((column) => row[column])
  const isAlone = key.length === 1 && key[0] === personColumn
  // A place of its own in every key: what remains to refuse it is that it is somebody else's.
  const fresh = (row: Row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, column === 'id' && personColumn !== 'id' ? uuidv7() : value instanceof Buffer ? Buffer.from(uuidv7()).subarray(0, 32) : column === 'subject' ? uuidv7() : value]))
  const write = (what: string, { sql, values }: { sql: string; values: unknown[] }, random?: unknown[]): Attempt => ({ name: what, kind: 'writes', sql, values, random })
  const read = (what: string, sql: string, values: unknown[] = [victim]): Attempt => ({ name: what, kind: 'reads', sql, values })
  const forged = insertion(table, fresh(theirs))
  return [
    read('select', `SELECT ${list(columns)} FROM ${name} WHERE ${byKey}`, keyOf(theirs)),
    read('select by person', `SELECT ${list(columns)} FROM ${name} WHERE ${person} = $1`),
    read('select of others', `SELECT ${list(columns)} FROM ${name} WHERE ${person} <> $1 OR ${person} IS NULL LIMIT 1`, [me]),
    read('count', `SELECT count(*)::int AS n FROM ${name} WHERE ${person} = $1`),
    read('aggregate', `SELECT max(${person}::text) AS n FROM ${name} WHERE ${person} = $1`),
    read('group', `SELECT ${person}, count(*) FROM ${name} WHERE ${person} = $1 GROUP BY ${person}`),
    write('lock', { sql: `SELECT 1 FROM ${name} WHERE ${person} = $1 FOR UPDATE`, values: [victim] }),
    write('update', { sql: `UPDATE ${name} SET ${person} = ${person} WHERE ${byKey}`, values: keyOf(theirs) }),
    write('update all of others', { sql: `UPDATE ${name} SET ${person} = ${person} WHERE ${person} = $1`, values: [victim] }),
    write('delete', { sql: `DELETE FROM ${name} WHERE ${byKey}`, values: keyOf(theirs) }),
    write('insert forged', forged),
    write('insert over', { ...insertion(table, theirs), sql: `${insertion(table, theirs).sql} ON CONFLICT DO NOTHING` }),
    write('upsert', { ...insertion(table, theirs), sql: `${insertion(table, theirs).sql} ON CONFLICT (${list(key)}) DO UPDATE SET ${person} = EXCLUDED.${person}` }),
    write('give away', { sql: `UPDATE ${name} SET ${person} = $${key.length + 1} WHERE ${byKey}`, values: [...keyOf(mine), victim] }, isAlone ? undefined : [...keyOf(mine), uuidv7()]),
    write('take over', { sql: `UPDATE ${name} SET ${person} = $${key.length + 1} WHERE ${byKey}`, values: [...keyOf(theirs), me] }),
    ...references.map((keys) => {
      const steal = (value: (column: string) => unknown) => insertion(table, { ...fresh(mine), ...Object.fromEntries(keys.filter((column) => column !== personColumn).map((column) => [column, value(column)])) })
      return write(`reference by ${keys.join()}`, steal((column) => theirs[column]), steal(() => uuidv7()).values)
    }),
  ]
}

/** Hidden columns are nobody's to read, on one's own rows neither: shown, given back by a write, or asked about. */
export function attemptsOnHidden({ table, personColumn, hidden, commands }: PersonTable): Attempt[] {
  return hidden.flatMap((column) => [
    { name: `read ${column}`, kind: 'reads', sql: `SELECT "${column}" FROM public."${table}"`, values: [] },
    { name: `ask about ${column}`, kind: 'reads', sql: `SELECT count(*) AS n FROM public."${table}" WHERE "${column}" IS NOT NULL`, values: [] },
    { name: `read the whole row with ${column}`, kind: 'reads', sql: `SELECT t::text AS n FROM public."${table}" t`, values: [] },
    ...(commands.includes('update') ? [{ name: `get ${column} back`, kind: 'writes' as const, sql: `UPDATE public."${table}" SET "${personColumn}" = "${personColumn}" RETURNING "${column}"`, values: [] }] : []),
  ] satisfies Attempt[])
}

/**
 * Fixed columns are nobody's to write, in one's own row neither: changed, given with a new row, or brought in by an upsert. The
 * rows are the person's own, so that row security, whose refusal has the same code, has nothing against them.
 */
export function attemptsOnFixed({ table, key, fixed }: PersonTable): Attempt[] {
  const name = `public."${table}"`
  return fixed.flatMap((column) => [
    { name: `change ${column}`, kind: 'writes', sql: `UPDATE ${name} SET "${column}" = "${column}"`, values: [] },
    { name: `insert with ${column}`, kind: 'writes', sql: `INSERT INTO ${name} ("${key[0]}", "${column}") VALUES (kernel.user_id(), DEFAULT)`, values: [] },
    { name: `bring ${column} in by an upsert`, kind: 'writes', sql: `INSERT INTO ${name} ("${key[0]}") VALUES (kernel.user_id()) ON CONFLICT (${list(key)}) DO UPDATE SET "${column}" = DEFAULT`, values: [] },
  ] satisfies Attempt[])
}

/** A table that only functions reach. */
export function attemptsOnClosed({ table, key }: Pick<PersonTable, 'table' | 'key'>): Attempt[] {
  const name = `public."${table}"`
  return [
    { name: 'select', kind: 'reads', sql: `SELECT ${list(key)} FROM ${name}`, values: [] },
    { name: 'count', kind: 'reads', sql: `SELECT count(*) AS n FROM ${name}`, values: [] },
    { name: 'update', kind: 'writes', sql: `UPDATE ${name} SET "${key[0]}" = "${key[0]}"`, values: [] },
    { name: 'delete', kind: 'writes', sql: `DELETE FROM ${name}`, values: [] },
    { name: 'insert', kind: 'writes', sql: `INSERT INTO ${name} ("${key[0]}") VALUES (NULL)`, values: [] },
    { name: 'truncate', kind: 'writes', sql: `TRUNCATE ${name}`, values: [] },
  ]
}
