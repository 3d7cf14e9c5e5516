import type pg from 'pg'

export type Row = Record<string, unknown>

/** Writes one row as it is given; what is not said is left to the table. */
export async function insert(client: pg.Client, table: string, row: Row): Promise<void> {
  const { sql, values } = insertion(table, row)
  await client.query(sql, values)
}

export function insertion(table: string, row: Row): { sql: string; values: unknown[] } {
  const columns = Object.keys(row)
  return { sql: `INSERT INTO public."${table}" (${columns.map((column) => `"${column}"`).join()}) VALUES (${columns.map((_, at) => `$${at + 1}`).join()})`, values: Object.values(row) }
}
