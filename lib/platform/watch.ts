import 'server-only'
import pg from 'pg'
import { env } from '@/lib/env'
import { watchForFreeze } from '@/lib/telemetry/frozen'
import { cutOff } from '@/lib/telemetry/measure-pool'

// Longer than the watch waits, which gives up sooner: a server that takes connections and says nothing hangs, it does not refuse.
const CONNECT_MS = 5_000

type Line = { client: pg.Client; connected: Promise<unknown> }
let line: Line | null = null

/** In the background of this process, on one connection: whether the database answers at all. @returns ends it */
export function startWatchingDatabase(): () => void {
  const end = watchForFreeze(async (signal) => {
    const mine = (line ??= connect())
    const drop = () => {
      if (line === mine) line = null
      cutOff(mine.client)
    }
    signal.addEventListener('abort', drop, { once: true })
    try {
      await mine.connected
      await mine.client.query('SELECT 1')
    } catch (error) {
      drop()
      throw error
    } finally {
      signal.removeEventListener('abort', drop)
    }
  })
  return () => {
    end()
    if (line) cutOff(line.client)
    line = null
  }
}

function connect(): Line {
  const client = new pg.Client({ connectionString: env().PLATFORM_DATABASE_URL, connectionTimeoutMillis: CONNECT_MS, keepAlive: true })
  const drop = () => { if (line?.client === client) line = null }
  client.on('error', drop).on('end', drop)
  return { client, connected: client.connect() }
}
