import { isFrozen, onFreeze, unlessFrozen } from './frozen.ts'
import { gauge, poolWaitSeconds, statementSeconds } from './metrics.ts'
import { noteStatement } from './slow.ts'

type Callback = (error: Error | undefined, ...rest: unknown[]) => void
type Query = (...args: unknown[]) => unknown
type Client = { query: Query }
type Pool = { totalCount: number; idleCount: number; waitingCount: number; connect: (callback?: Callback) => unknown; on(event: 'connect' | 'remove', listener: (client: never) => void): unknown }
/** What of a client of pg holds its socket. */
type Held = { connection: { stream: { destroy(): unknown } } }

// Next.js may load a module once for each part of the application: the pools are the process's.
const shared = globalThis as unknown as { bulkheadPools?: Map<string, Pool> }
const pools = (): Map<string, Pool> => (shared.bulkheadPools ??= new Map())

/**
 * Measures what a pool does: waiting, connections in use, and each statement, which is told to `spent` with its milliseconds in the
 * context of whoever sent it.
 */
export function measurePool(name: string, measured: object, spent: (tookMs: number) => void = () => {}): void {
  const pool = measured as Pool
  pools().set(name, pool)
  const connect = pool.connect.bind(pool)
  pool.connect = (callback) => {
    const stop = poolWaitSeconds.startTimer({ pool: name })
    if (callback) return connect((error, ...rest) => (stop(), callback(error, ...rest)))
    return (isFrozen() ? unlessFrozen(Promise.resolve()) : (connect() as Promise<unknown>)).finally(stop)
  }
  const open = new Set<Held>()
  pool.on('remove', (client: Held) => open.delete(client))
  onFreeze(() => open.forEach(cutOff))
  pool.on('connect', (client: Client & Held) => {
    open.add(client)
    const prototype = Object.getPrototypeOf(client) as Client
    const query: Query = (...args) => prototype.query.apply(client, args)
    client.query = (...args) => {
      const began = performance.now()
      const over = () => {
        const tookMs = performance.now() - began
        statementSeconds.observe({ pool: name }, tookMs / 1_000)
        noteStatement(textOf(args[0]), tookMs)
        spent(tookMs)
      }
      const last = args.at(-1)
      if (typeof last === 'function') {
        const answered = new Promise<unknown[]>((resolve) => void query(...args.slice(0, -1), (...answer: unknown[]) => (over(), resolve(answer))))
        return void unlessFrozen(answered).then((answer) => (last as Query)(...answer), (error: unknown) => (last as Query)(error))
      }
      const answer = query(...args)
      if (!(answer instanceof Promise)) return answer
      answer.then(over, over)
      return unlessFrozen(answer)
    }
  })
  gauge('bulkhead_pool_connections', 'Connections of this process', ['pool', 'state'], (it) => {
    for (const [of, { totalCount, idleCount, waitingCount }] of pools()) for (const [state, count] of [['in_use', totalCount - idleCount], ['idle', idleCount], ['waited_for', waitingCount]] as const) it.set({ pool: of, state }, count)
  })
}

/** Ends a connection without asking the other side, which may be gone. */
export const cutOff = ({ connection }: Held): unknown => connection.stream.destroy()

/** How each pool stands now. */
export const poolStates = () => [...pools()].map(([name, { totalCount, idleCount, waitingCount }]) => ({ name, inUse: totalCount - idleCount, idle: idleCount, waiting: waitingCount }))

const textOf = (given: unknown): string => (typeof given === 'string' ? given : String((given as { text?: unknown } | null)?.text ?? ''))
