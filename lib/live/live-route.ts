import 'server-only'
import { answering, apiAnswer, apiRefusal } from '@/lib/api/answer'
import { memberAnswerNow, withinBudget } from '@/lib/auth/session'
import { countUnread } from '@/lib/notifications/notifications'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { listChanges } from './changes'
import { listPresent } from './presence'
import { memberStream } from './stream'

/**
 * How many notifications a member has not read and which projects of theirs have just changed and who else has what they see open, as it happens: for the browser's session alone. `?once` answers it and ends.
 * The session and the membership are proven before each answer, so that whoever is out hears nothing more.
 */
export async function liveRoute(request: Request, organization: string): Promise<Response> {
  return answering(async () => {
    const isOnce = new URL(request.url).searchParams.has('once')
    // A stream belongs to a page, which is written down where support opens it; what is asked for by itself is, too.
    const read = await memberAnswerNow(organization, isOnce ? `/api/v1/${organization}/live?once` : null)
    const answer = await read()
    if (answer.state === 'signed-out') return apiRefusal(401, 'signed_out', 'Sign in first.')
    if (answer.state === 'unknown') return apiRefusal(404, 'not_found', 'There is nothing here, or it is not yours to see.')
    if (answer.state !== 'member' || answer.gate) return apiRefusal(403, 'forbidden', 'This is closed to you for now.')
    // A stream is one request, however long it stays open.
    const { member } = withinBudget(answer)
    const unread = (as: typeof member) => withTenant(as, async (scope) => ({ unread: await countUnread(scope), changes: await listChanges(scope), present: await listPresent(scope) }), { readOnly: true })
    if (isOnce) return apiAnswer(await unread(member))
    const next = async () => {
      const now = await read()
      return now.state === 'member' && !now.gate ? unread(now.member) : null
    }
    // no-transform: compressing would hold the events back.
    return new Response(memberStream(member, next, request.signal), { headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'private, no-store, no-transform', 'X-Accel-Buffering': 'no' } })
  })
}
