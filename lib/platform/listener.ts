import 'server-only'
import pg from 'pg'
import { env } from '@/lib/env'
import { log } from '@/lib/telemetry/log'
import { noteHere } from './heard'

const CHANNEL = 'bulkhead_live'
const POLL_MS = 4_000
const ECHO_MS = 3_000
const AGAIN_MS = [1_000, 2_000, 5_000, 15_000]

type Wake = () => void
type Live = { listeners: Map<string, Set<Wake>>; client: pg.Client | null; isHeard: boolean; failures: number; started: boolean; timer?: NodeJS.Timeout }

// Next.js may load a module once for each part of the application: the connection is the process's.
const shared = globalThis as unknown as { bulkheadLive?: Live }
const live = (): Live => (shared.bulkheadLive ??= { listeners: new Map(), client: null, isHeard: false, failures: 0, started: false })

/** Who hears what is told to everybody of an organization: that something of a project has changed. */
export const EVERYBODY = '*'

/**
 * Calls `wake` whenever something is told to this person (or to `EVERYBODY`) in this organization, by whichever instance; and every few
 * seconds where no signal comes through: while the database is away, or behind a pooler that swallows LISTEN.
 * @returns ends it
 */
export function listen(tenantId: string, userId: string, wake: Wake): () => void {
  const [state, key] = [live(), `${tenantId} ${userId}`]
  const wakes = state.listeners.get(key) ?? new Set()
  state.listeners.set(key, wakes.add(wake))
  if (!state.started) start(state)
  return () => {
    wakes.delete(wake)
    if (wakes.size === 0) state.listeners.delete(key)
  }
}

/** Whether signals come through by themselves now. */
export const isHeard = (): boolean => live().isHeard

/** For tests and the end of the process. */
export async function closeListener(): Promise<void> {
  const state = shared.bulkheadLive
  shared.bulkheadLive = undefined
  clearInterval(state?.timer)
  await state?.client?.end().catch(() => {})
}

function start(state: Live): void {
  state.started = true
  state.timer = setInterval(() => {
    if (!state.isHeard) for (const wakes of state.listeners.values()) for (const wake of wakes) wake()
  }, POLL_MS).unref()
  void connect(state)
}

async function connect(state: Live): Promise<void> {
  const client = new pg.Client({ connectionString: env().LIVE_DATABASE_URL ?? env().PLATFORM_DATABASE_URL, keepAlive: true, connectionTimeoutMillis: 5_000 })
  state.client = client
  const echo = `echo ${Math.random().toString(36).slice(2)}`
  client.on('notification', ({ payload = '' }) => {
    if (payload === echo) state.isHeard = true
    noteHere(payload, (tenantId) => { for (const wake of state.listeners.get(`${tenantId} ${EVERYBODY}`) ?? []) wake() })
    for (const wake of state.listeners.get(payload) ?? []) wake()
  })
  let isOver = false
  const over = () => {
    if (isOver || shared.bulkheadLive !== state) return
    isOver = true
    state.isHeard = false
    const wait = AGAIN_MS[Math.min(state.failures++, AGAIN_MS.length - 1)]
    setTimeout(() => void connect(state), wait).unref()
  }
  client.on('error', over)
  client.on('end', over)
  try {
    await client.connect()
    await client.query(`LISTEN ${CHANNEL}`)
    // A pooler that shares connections answers, and no signal ever comes: only hearing oneself shows it.
    await client.query('SELECT pg_notify($1, $2)', [CHANNEL, echo])
    state.failures = 0
    setTimeout(() => {
      if (!state.isHeard && !isOver) log('error', 'live.polling', { problem: 'The database gives no signals on this connection: set LIVE_DATABASE_URL to a direct one.' })
    }, ECHO_MS).unref()
    // What happened while nobody listened.
    for (const wakes of state.listeners.values()) for (const wake of wakes) wake()
  } catch {
    await client.end().catch(() => {})
    over()
  }
}
