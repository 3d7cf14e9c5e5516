import { z } from 'zod'
import { apiAnswer } from '@/lib/api/answer'
import { fileRoute } from '@/lib/api/guarded'
import { requireOwnPage, withUpload } from '@/lib/api/upload'
import { attachToTask, listAttachments, requireMayAttach } from '@/lib/attachments/attachments'
import { newAttachmentSchema } from '@/lib/attachments/schema'
import { requestFacts } from '@/lib/auth/session'
import { parse } from '@/lib/actions/answer'
import { withTenant } from '@/lib/tenancy/with-tenant'

const listSchema = z.object({ task: z.uuid('Name the task.') })

/** The files on a task: `?task=…`. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  const { organization } = await params
  return fileRoute(organization, async (member) => {
    const { task } = parse(listSchema, Object.fromEntries(new URL(request.url).searchParams))
    return apiAnswer({ items: await withTenant(member, (scope) => listAttachments(scope, 'task', task), { readOnly: true }) })
  })
}

/** Takes a file in, as the body and nothing else: `?task=…&name=…`. */
export async function POST(request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  const { organization } = await params
  return fileRoute(organization, async (member) => {
    await requireOwnPage()
    const { task, name } = parse(newAttachmentSchema, Object.fromEntries(new URL(request.url).searchParams))
    // Before ten megabytes are taken in for nothing.
    await withTenant(member, (scope) => requireMayAttach(scope, task), { readOnly: true })
    return withUpload(request, async (file) => apiAnswer(await attachToTask(member, { taskId: task, fileName: name, file }, await requestFacts()), 201))
  })
}
