import pg from 'pg'
import { SettingError } from '../settings.ts'

const OLDEST_VERSION = 150000
// No such database, no CONNECT right, no line in pg_hba.conf.
const CLOSED = ['3D000', '42501', '28000']

/** Runs work on one connection. A server that cannot be reached or is too old is one sentence without the password. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'bulkhead-scripts', connectionTimeoutMillis: 10_000 })
  // A connection that dies while idle is reported by the next query; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => undefined)
    throw new ConnectError(url, error as Error & { code?: string })
  }
  try {
    const { rows } = await client.query<{ number: string; name: string }>(`SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS name`)
    if (Number(rows[0]?.number) < OLDEST_VERSION) throw new SettingError(`The server has PostgreSQL ${rows[0]?.name}; 15 or newer is needed.`)
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The server could not be reached or refused the log-in; `code` is the SQLSTATE or system error. */
export class ConnectError extends SettingError {
  readonly code: string | undefined
  constructor(url: string, cause: Error & { code?: string }) {
    const { username, host, pathname } = new URL(url)
    super(`Cannot connect to ${host}${pathname} as ${username || 'the default user'}: ${cause.message || cause.code}.`)
    this.code = cause.code
  }
}

/** Runs work on a database of the same server that exists before ours does: `postgres`, or ours if that one is closed to us. */
export async function withMaintenance<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  let entered = false
  try {
    return await withClient(withDatabase(url, 'postgres'), (client) => {
      entered = true
      return work(client)
    })
  } catch (error) {
    if (entered || !(error instanceof ConnectError) || !CLOSED.includes(error.code ?? '')) throw error
    return withClient(url, work)
  }
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(name)}`
  return other.href
}

export const databaseName = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1))
