import type pg from 'pg'

type Sent = { text: string; name?: string; values?: unknown[] }
type Inside = pg.PoolClient & { connection: NodeJS.EventEmitter }

/** Watches the connections of a pool: what is sent, and how many times the server answered "ready", which is a round trip. */
export function watch(pool: pg.Pool) {
  const seen = { roundTrips: 0, sent: [] as Sent[] }
  pool.on('connect', (client) => {
    ;(client as Inside).connection.on('readyForQuery', () => (seen.roundTrips += 1))
    const query = client.query.bind(client) as (config: unknown, ...rest: unknown[]) => unknown
    const record = (config: Sent | string, ...rest: unknown[]) => {
      seen.sent.push(typeof config === 'string' ? { text: config } : config)
      return query(config, ...rest)
    }
    client.query = record as typeof client.query
  })
  return async (work: () => Promise<unknown>) => {
    seen.roundTrips = 0
    seen.sent = []
    await work()
    return { roundTrips: seen.roundTrips, sent: seen.sent }
  }
}
