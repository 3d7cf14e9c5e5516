import { answering, apiAnswer, apiRefusal } from '@/lib/api/answer'
import { memberAnswerNow } from '@/lib/auth/session'
import { listChanges } from '@/lib/live/changes'
import { listPresent } from '@/lib/live/presence'
import { memberStream } from '@/lib/live/stream'
import { countUnread } from '@/lib/notifications/notifications'
import { withTenant } from '@/lib/tenancy/with-tenant'

export const dynamic = 'force-dynamic'

/**
 * How many notifications a member has not read and which projects of theirs have just changed and who else has what they see open, as it happens: for the browser's session alone. `?once` answers it and ends.
 * The session and the membership are proven before each answer, so that whoever is out hears nothing more.
 */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  const { organization } = await params
  return answering(async () => {
    const read = await memberAnswerNow(organization)
    const answer = await read()
    if (answer.state === 'signed-out') return apiRefusal(401, 'signed_out', 'Sign in first.')
    if (answer.state === 'unknown') return apiRefusal(404, 'not_found', 'There is nothing here, or it is not yours to see.')
    if (answer.state !== 'member' || answer.gate) return apiRefusal(403, 'forbidden', 'This is closed to you for now.')
    const { member } = answer
    const unread = (as: typeof member) => withTenant(as, async (scope) => ({ unread: await countUnread(scope), changes: await listChanges(scope), present: await listPresent(scope) }), { readOnly: true })
    if (new URL(request.url).searchParams.has('once')) return apiAnswer(await unread(member))
    const next = async () => {
      const now = await read()
      return now.state === 'member' && !now.gate ? unread(now.member) : null
    }
    // no-transform: compressing would hold the events back.
    return new Response(memberStream(member, next, request.signal), { headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'private, no-store, no-transform', 'X-Accel-Buffering': 'no' } })
  })
}
