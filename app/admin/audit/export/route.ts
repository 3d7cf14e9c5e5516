import { Readable } from 'node:stream'
import { requireNoOtherSite } from '@/lib/actions/answer'
import { apiRefusal } from '@/lib/api/answer'
import { fileAnswer } from '@/lib/api/file-answer'
import { sessionToken } from '@/lib/auth/cookies'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { EXPORT_COLUMNS, exportPlatformEvents } from '@/lib/console/platform-audit'
import { platformAuditFilterSchema } from '@/lib/console/schema'
import { MIMES, write } from '@/lib/exports/formats'

/** The platform's own history as a file, with the filters of its page. */
export async function GET(request: Request): Promise<Response> {
  const { timezone } = await requireSuperAdmin()
  if (await requireNoOtherSite().then(() => false, () => true)) return apiRefusal(403, 'foreign_origin', 'This request did not come from the application itself.')
  const filter = platformAuditFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams))
  const pages = exportPlatformEvents((await sessionToken())!, filter, timezone ?? 'UTC')
  // Before the answer begins: what fails now still has its own status.
  const first = await pages.next()
  const all = (async function* () {
    if (!first.done) yield first.value
    yield* pages
  })()
  return fileAnswer({ source: Readable.from(write('csv', EXPORT_COLUMNS, all, 'Platform audit')), fileName: `platform-audit-${new Date().toISOString().slice(0, 10)}.csv`, mime: MIMES.csv })
}
