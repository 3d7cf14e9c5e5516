import { apiAnswer } from '@/lib/api/answer'
import { fileRoute } from '@/lib/api/guarded'
import { getBatch, listFailedRows } from '@/lib/imports/batches'
import { withTenant } from '@/lib/tenancy/with-tenant'

const SHOWN = 20

/** How an import stands, and the first rows that failed. */
export async function GET(_: Request, { params }: { params: Promise<{ organization: string; batch: string }> }): Promise<Response> {
  const { organization, batch: id } = await params
  return fileRoute(organization, async (member) =>
    apiAnswer(await withTenant(member, async (scope) => {
      const { status, counts, fileName, options } = await getBatch(scope, id)
      return { id, status, counts, fileName, made: options.made ?? {}, failed: (await listFailedRows(scope, id, { size: SHOWN })).map(({ line, column, message, raw }) => ({ line, column, message, first: raw[0]?.slice(0, 80) ?? '' })) }
    }, { readOnly: true })),
  )
}
