import 'server-only'
import { log, problemOf } from '@/lib/telemetry/log'
import { expireSupport } from './platform-support'

const EVERY_MS = 60_000
const shared = globalThis as unknown as { bulkheadSupportExpiry?: NodeJS.Timeout }

/** Every minute, in the background of this process, writes down whose time was over: they are out before that, by the database's clock. */
export function startSupportExpiry(): void {
  shared.bulkheadSupportExpiry ??= setInterval(() => {
    // The database is away: a minute later is soon enough.
    expireSupport().catch((error: unknown) => log('error', 'support_expiry.delayed', { problem: problemOf(error) }))
  }, EVERY_MS).unref()
}
