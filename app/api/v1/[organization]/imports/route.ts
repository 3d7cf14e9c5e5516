import { parse } from '@/lib/actions/answer'
import { apiAnswer } from '@/lib/api/answer'
import { fileRoute } from '@/lib/api/guarded'
import { requireOwnPage, withUpload } from '@/lib/api/upload'
import { authorize } from '@/lib/authorization/permissions'
import { listBatches } from '@/lib/imports/batches'
import { requireTarget, uploadImport } from '@/lib/imports/imports'
import { newImportSchema } from '@/lib/imports/schema'
import { withTenant } from '@/lib/tenancy/with-tenant'

/** The imports that I may see, the latest first. */
export async function GET(_: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  const { organization } = await params
  return fileRoute(organization, async (member) =>
    apiAnswer(await withTenant(member, async (scope) => {
      authorize(scope, 'imports:run')
      return { items: (await listBatches(scope)).map(({ id, target, fileName, status, counts, createdAt }) => ({ id, target, fileName, status, counts, createdAt })) }
    }, { readOnly: true })),
  )
}

/** Takes in a file to be brought into a list, and says what is in it: `?target=…&container=…&name=…`. */
export async function POST(request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  const { organization } = await params
  return fileRoute(organization, async (member) => {
    await requireOwnPage()
    const { target, container, name } = parse(newImportSchema, Object.fromEntries(new URL(request.url).searchParams))
    await withTenant(member, (scope) => requireTarget(scope, target, container || null), { readOnly: true })
    return withUpload(request, async (file) => apiAnswer(await uploadImport(member, { targetKey: target, containerId: container || null, fileName: name, file }), 201))
  })
}
