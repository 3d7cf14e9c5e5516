import { z } from 'zod'
import { parse } from '@/lib/actions/answer'
import { apiAnswer, apiRefusal } from '@/lib/api/answer'
import { withApiMember } from '@/lib/api/member-route'
import { requireOwnPage } from '@/lib/api/upload'
import { beHere } from '@/lib/live/presence'
import { isEnabled } from '@/lib/switches/switches'
import { withTenant } from '@/lib/tenancy/with-tenant'

const schema = z.object({ kind: z.enum(['task', 'project']), id: z.uuid(), leave: z.stringbool().default(false) })

/** Says that somebody has a task or a project open: `?kind=task&id=…`, again every while, and with `leave=1` that they no longer have. For the browser's session. */
export async function POST(request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  const { organization } = await params
  return withApiMember(organization, async (member) => {
    await requireOwnPage()
    const { leave, ...place } = parse(schema, Object.fromEntries(new URL(request.url).searchParams))
    // Switched off nobody is told of; whoever is shown still may leave.
    if (leave || (await isEnabled(member, 'presence'))) await withTenant(member, (scope) => beHere(scope, place, leave))
    return apiAnswer({ ok: true })
  })
}

/** Who is there is told by the live stream alone. */
export async function GET(_request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  return withApiMember((await params).organization, () => Promise.resolve(apiRefusal(405, 'method_not_allowed', 'Here can be asked: POST.', { headers: { Allow: 'POST' } })))
}
