import { look } from './make-joiner'

/** A checksum over every row of a tenant by table; tables without a row of theirs are left out. */
export async function checksumsOf(tenantId: string): Promise<Record<string, string>> {
  const tables = await look<{ table: string }>(`SELECT table_name AS table FROM kernel.tables WHERE family <> 'global' ORDER BY 1`)
  const sums: Record<string, string> = {}
  for (const { table } of tables) {
    const [row] = await look<{ sum: string | null }>(`SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) AS sum FROM public."${table}" t WHERE tenant_id = $1`, [tenantId])
    if (row?.sum) sums[table] = row.sum
  }
  return sums
}

/** Where an id still stands in the database, in any column of any table. */
export async function tracesOf(id: string): Promise<string[]> {
  const tables = await look<{ table: string; columns: string[] }>(
    `SELECT c.relname::text AS table, array_agg(a.attname::text) AS columns FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname IN ('public', 'kernel') JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE c.relkind = 'r' GROUP BY 1`)
  const traces: string[] = []
  for (const { table, columns } of tables) {
    const schema = table === 'tables' ? 'kernel' : 'public'
    const isIn = async (what: string) => (await look<{ found: boolean }>(`SELECT EXISTS (SELECT FROM ${schema}."${table}" t WHERE ${what}::text LIKE '%' || $1 || '%') AS found`, [id]))[0]!.found
    // A row at a time, and its columns only where it is in one: a table has dozens.
    if (await isIn('t')) for (const column of columns) if (await isIn(`t."${column}"`)) traces.push(`${table}.${column}`)
  }
  return traces
}
