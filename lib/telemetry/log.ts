import type { AsyncLocalStorage } from 'node:async_hooks'
import { format } from 'node:util'
import { redact, redactAll } from './redact.ts'

type Level = 'info' | 'warn' | 'error'
type Sinks = Record<Level | 'log' | 'debug', (...args: unknown[]) => void>
const shared = globalThis as unknown as { bulkheadSinks?: Sinks } & Record<symbol, AsyncLocalStorage<{ requestId: string }> | undefined>

const SECRET_FREE_MAX = 8_000

/** One line of JSON: when, how bad, what has happened, in which request. `event` is a word of ours; secrets in `fields` do not appear. */
export function log(level: Level, event: string, fields: Record<string, unknown> = {}): void {
  const request = shared[Symbol.for('bulkhead.response')]?.getStore()?.requestId
  const line = JSON.stringify({ at: new Date().toISOString(), level, event, ...(request && { request }), ...(redactAll(fields) as object) })
  const sinks = shared.bulkheadSinks ?? console
  sinks[level](line)
}

/** What went wrong, as a line of the log says it. */
export const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** From here on everything that anybody writes to the console of this process is a line of JSON without secrets: libraries know nothing of ours. */
export function logEverything(): void {
  if (shared.bulkheadSinks) return
  shared.bulkheadSinks = { log: console.log.bind(console), info: console.info.bind(console), warn: console.warn.bind(console), error: console.error.bind(console), debug: console.debug.bind(console) }
  const take = (level: Level) => (...args: unknown[]) => {
    const text = redact(format(...args)).trim()
    if (text) log(level, 'console', { problem: text.slice(0, SECRET_FREE_MAX) })
  }
  Object.assign(console, { log: take('info'), info: take('info'), debug: take('info'), warn: take('warn'), error: take('error') })
}
