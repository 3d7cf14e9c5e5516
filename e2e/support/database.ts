import pg from 'pg'

let pool: pg.Pool | undefined

/** The set-up connection, to arrange what no page can (a deactivated person) and to look behind the pages. Connections are kept: signing in to PostgreSQL costs more than most queries. */
export async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  if (!pool) {
    pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4, allowExitOnIdle: true })
    // A connection that the outage has cut while nobody used it: the next query opens another.
    pool.on('error', () => undefined)
  }
  return (await pool.query<Row>(text, values)).rows
}
