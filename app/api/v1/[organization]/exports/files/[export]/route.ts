import { fileAnswer } from '@/lib/api/file-answer'
import { fileRoute } from '@/lib/api/guarded'
import { getExport } from '@/lib/exports/exports'
import { type Format, MIMES } from '@/lib/exports/formats'
import { fileStore } from '@/lib/files/store'
import { withTenant } from '@/lib/tenancy/with-tenant'

/** A file that a job has made for me. */
export async function GET(_: Request, { params }: { params: Promise<{ organization: string; export: string }> }): Promise<Response> {
  const { organization, export: id } = await params
  return fileRoute(organization, async (member) => {
    const { storageKey, fileName, format, sizeBytes } = await withTenant(member, (scope) => getExport(scope, id), { readOnly: true })
    return fileAnswer({ source: await fileStore().read(storageKey), fileName, mime: MIMES[format as Format | 'zip'], sizeBytes })
  })
}
