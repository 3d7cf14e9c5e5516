import { Readable } from 'node:stream'
import { z } from 'zod'
import { parse } from '@/lib/actions/answer'
import { fileAnswer } from '@/lib/api/file-answer'
import { fileRoute } from '@/lib/api/guarded'
import { toCsv } from '@/lib/exports/csv'
import { getBatch } from '@/lib/imports/batches'
import { readErrorFile } from '@/lib/imports/error-file'
import { withTenant } from '@/lib/tenancy/with-tenant'

const querySchema = z.object({ kind: z.enum(['reasons', 'rows']).default('reasons') })

/** The rows that failed, with their reasons, or ready to be corrected and sent again. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string; batch: string }> }): Promise<Response> {
  const { organization, batch: id } = await params
  return fileRoute(organization, async (member) => {
    const { kind } = parse(querySchema, Object.fromEntries(new URL(request.url).searchParams))
    const { batch, columns, rows } = await withTenant(member, async (scope) => {
      const batch = await getBatch(scope, id)
      return { batch, ...(await readErrorFile(scope, batch, kind)) }
    }, { readOnly: true })
    const pages = (async function* () { yield await Promise.resolve(rows) })()
    return fileAnswer({ source: Readable.from(toCsv(columns, pages)), fileName: `${kind === 'rows' ? 'failed rows of' : 'errors of'} ${batch.fileName.replace(/\.\w+$/, '')}.csv`.slice(-200), mime: 'text/csv; charset=utf-8' })
  })
}
