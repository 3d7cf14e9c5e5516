import { respondUnavailable } from '@/lib/http/response'
import { isUnavailable } from '@/lib/unavailable'

/** A page that failed because the database is away says so, whatever it was that asked. */
export function onRequestError(error: unknown): void {
  if (isUnavailable(error)) respondUnavailable()
}

/** Before the first request: the settings are whole, and both connections are ones that row security binds. Then mail is sent, jobs run, the history is sealed, and what is of no use swept. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { refuseUnsafeStart } = await import('@/lib/tenancy/boot')
    const { env } = await import('@/lib/env')
    await refuseUnsafeStart(env)
    const { startMailSender } = await import('@/lib/mail/sender')
    startMailSender()
    const { startSweeping } = await import('@/lib/housekeeping/sweep')
    startSweeping()
    const { startJobRunner } = await import('@/lib/jobs/runner')
    startJobRunner()
    const { startSealing } = await import('@/lib/audit/seals')
    startSealing()
    const { startNotificationMail } = await import('@/lib/notifications/mail')
    startNotificationMail()
    const { startSupportExpiry } = await import('@/lib/support/expiry')
    startSupportExpiry()
    const { startWatchingDatabase } = await import('@/lib/platform/watch')
    startWatchingDatabase()
    const { startTellingLoad } = await import('@/lib/limits/budget')
    startTellingLoad()
    const { closeStreams } = await import('@/lib/live/stream')
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, closeStreams)
  }
}
