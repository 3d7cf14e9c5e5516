import 'server-only'
import { GATE_SENTENCES } from '@/lib/auth/gates'
import { requestFacts } from '@/lib/auth/session'
import { apiMemberAnswer } from '@/lib/auth/bearer'
import type { Member } from '@/lib/tenancy/member'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'
import { answering, apiAnswer, apiRefusal } from './answer'

/** Proves who is acting where, by access token or session, and lets `work` answer: 401 signed out, 404 for what is not theirs to know, refusals as JSON. */
export async function withApiMember(slug: string, work: (member: Member) => Promise<Response>): Promise<Response> {
  return answering(async () => {
    const answer = await apiMemberAnswer(slug)
    if (answer.state === 'signed-out') return apiRefusal(401, 'signed_out', 'Sign in first.')
    if (answer.state === 'gated') return apiRefusal(403, answer.gate, GATE_SENTENCES[answer.gate])
    if (answer.state === 'unknown') return apiRefusal(404, 'not_found', 'There is nothing here, or it is not yours to see.')
    if (answer.state === 'closed') return apiRefusal(403, 'organization_suspended', `${answer.organization.name} is ${answer.organization.status}.`)
    if (answer.gate) return apiRefusal(403, answer.gate, GATE_SENTENCES[answer.gate])
    return work(answer.member)
  })
}

/** Answers one read of the API for a member. */
export async function memberRoute(slug: string, read: (scope: Scope) => Promise<unknown>): Promise<Response> {
  return withApiMember(slug, async (member) => apiAnswer(await withTenant(member, read, { readOnly: true, request: await requestFacts() })))
}
