import 'server-only'
import { GATE_SENTENCES } from '@/lib/auth/gates'
import { requestFacts } from '@/lib/auth/session'
import { apiMemberAnswer } from '@/lib/auth/bearer'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'
import { answering, apiAnswer, apiRefusal } from './answer'

/** Answers one read of the API for a member, by access token or session: 401 signed out, 404 for what is not theirs to know, refusals as JSON. */
export async function memberRoute(slug: string, read: (scope: Scope) => Promise<unknown>): Promise<Response> {
  return answering(async () => {
    const answer = await apiMemberAnswer(slug)
    if (answer.state === 'signed-out') return apiRefusal(401, 'signed_out', 'Sign in first.')
    if (answer.state === 'gated') return apiRefusal(403, answer.gate, GATE_SENTENCES[answer.gate])
    if (answer.state === 'unknown') return apiRefusal(404, 'not_found', 'There is nothing here, or it is not yours to see.')
    if (answer.state === 'closed') return apiRefusal(403, 'organization_suspended', `${answer.organization.name} is ${answer.organization.status}.`)
    if (answer.gate) return apiRefusal(403, answer.gate, GATE_SENTENCES[answer.gate])
    return apiAnswer(await withTenant(answer.member, read, { readOnly: true, request: await requestFacts() }))
  })
}
