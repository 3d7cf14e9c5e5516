import { Readable } from 'node:stream'
import { z } from 'zod'
import { parse, requireNoOtherSite } from '@/lib/actions/answer'
import { apiAnswer } from '@/lib/api/answer'
import { fileAnswer } from '@/lib/api/file-answer'
import { fileRoute } from '@/lib/api/guarded'
import { requestFacts } from '@/lib/auth/session'
import { exportFileName, readSmallExport, recordExport, startExport } from '@/lib/exports/exports'
import { FORMATS, MIMES, write } from '@/lib/exports/formats'
import { withTenant } from '@/lib/tenancy/with-tenant'

const formatSchema = z.object({ format: z.enum(FORMATS, 'Choose csv, xlsx or json.') })

/** A list as a file, with the filters of its page: at once, or 202 and the job that makes it when it is long. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string; list: string }> }): Promise<Response> {
  const { organization, list: key } = await params
  return fileRoute(organization, async (member) => {
    await requireNoOtherSite()
    const { format: wished, ...query } = Object.fromEntries(new URL(request.url).searchParams)
    const { format } = parse(formatSchema, { format: wished })
    const answer = await withTenant(member, async (scope) => {
      const small = await readSmallExport(scope, key, query)
      if (!small) return { job: await startExport(scope, key, format, query) }
      await recordExport(scope, key, format, { rowCount: small.rows.length, filters: small.filters })
      return { small }
    }, { request: await requestFacts() })
    if (!answer.small) return apiAnswer({ job: answer.job }, 202)
    const { list, rows } = answer.small
    // One page, in memory already.
    const pages = (async function* () { yield await Promise.resolve(rows) })()
    return fileAnswer({ source: Readable.from(write(format, list.columns, pages, list.title)), fileName: exportFileName(key, format, member.organization.timezone), mime: MIMES[format] })
  })
}
