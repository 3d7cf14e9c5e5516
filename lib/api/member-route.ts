import 'server-only'
import { memberAnswer, requestFacts } from '@/lib/auth/session'
import { Refusal, UnavailableError } from '@/lib/errors'
import { requestId } from '@/lib/http/response'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'

const HEADERS = { 'Cache-Control': 'private, no-store' }

/** Answers one read of the API for a member: 401 signed out, 404 for what is not theirs to know, refusals as JSON. */
export async function memberRoute(slug: string, read: (scope: Scope) => Promise<unknown>): Promise<Response> {
  try {
    const answer = await memberAnswer(slug)
    if (answer.state === 'signed-out') return refusal(401, 'signed_out', 'Sign in first.')
    if (answer.state === 'unknown') return refusal(404, 'not_found', 'There is nothing here, or it is not yours to see.')
    if (answer.state === 'closed') return refusal(403, 'organization_suspended', `${answer.organization.name} is ${answer.organization.status}.`)
    return Response.json(await withTenant(answer.member, read, { readOnly: true, request: await requestFacts() }), { headers: HEADERS })
  } catch (error) {
    if (error instanceof Refusal) return refusal(error.status, error.code, error.message)
    if (error instanceof UnavailableError) return refusal(503, 'unavailable', 'The database is not answering. Try again in a moment.', { 'Retry-After': '2' })
    throw error
  }
}

function refusal(status: number, code: string, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: { code, message, requestId: requestId() } }, { status, headers: { ...HEADERS, ...headers } })
}
