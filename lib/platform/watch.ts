import 'server-only'
import pg from 'pg'
import { env } from '@/lib/env'
import { watchForFreeze } from '@/lib/telemetry/frozen'

const CONNECT_MS = 5_000
let client: pg.Client | null = null

/** In the background of this process, on one connection: whether the database answers at all. */
export function startWatchingDatabase(): void {
  watchForFreeze(async () => {
    if (!client) {
      const made = new pg.Client({ connectionString: env().PLATFORM_DATABASE_URL, connectionTimeoutMillis: CONNECT_MS, keepAlive: true })
      const drop = () => { if (client === made) client = null }
      made.on('error', drop).on('end', drop)
      await made.connect()
      client = made
    }
    await client.query('SELECT 1')
  })
}
