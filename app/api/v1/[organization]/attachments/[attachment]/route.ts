import { fileAnswer } from '@/lib/api/file-answer'
import { fileRoute } from '@/lib/api/guarded'
import { getAttachment } from '@/lib/attachments/attachments'
import { NotFoundError } from '@/lib/errors'
import { fileStore } from '@/lib/files/store'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { isUuid } from '@/lib/uuid'

/** A file, to be saved; a picture with `?view=picture` is shown. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string; attachment: string }> }): Promise<Response> {
  const { organization, attachment } = await params
  return fileRoute(organization, async (member) => {
    if (!isUuid(attachment)) throw new NotFoundError()
    const { storageKey, isPicture, ...facts } = await withTenant(member, (scope) => getAttachment(scope, attachment), { readOnly: true })
    const inline = isPicture && new URL(request.url).searchParams.get('view') === 'picture'
    return fileAnswer({ source: await fileStore().read(storageKey), ...facts, inline })
  })
}
