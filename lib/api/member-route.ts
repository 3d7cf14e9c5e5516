import 'server-only'
import { GATE_SENTENCES } from '@/lib/auth/gates'
import { requestFacts } from '@/lib/auth/session'
import { apiKeyAnswer, apiMemberAnswer, bearerKey } from '@/lib/auth/bearer'
import { authorize, type Permission } from '@/lib/authorization/permissions'
import { TooManyRequestsError } from '@/lib/errors'
import { takeApiCall } from '@/lib/limits/limits'
import { countApiCall } from '@/lib/plans/record-usage'
import type { Member } from '@/lib/tenancy/member'
import { withTenant, type KeyFacts, type Scope } from '@/lib/tenancy/with-tenant'
import { answering, apiAnswer, apiRefusal } from './answer'

/**
 * Proves who is acting where, by access token or session, and lets `work` answer: 401 signed out, 404 for what is not theirs to
 * know, refusals as JSON. An API key is not good here: `work` opens its own scope, and would not be held to what the key may.
 */
export async function withApiMember(slug: string, work: (member: Member) => Promise<Response>): Promise<Response> {
  return answering(async () => {
    const answer = await apiMemberAnswer(slug)
    if (answer.state === 'signed-out') return apiRefusal(401, 'signed_out', 'Sign in first.')
    if (answer.state === 'gated') return apiRefusal(403, answer.gate, GATE_SENTENCES[answer.gate])
    if (answer.state === 'unknown') return unknown()
    if (answer.state === 'closed') return closed(answer.organization)
    if (answer.gate) return apiRefusal(403, answer.gate, GATE_SENTENCES[answer.gate])
    return work(answer.member)
  })
}

/**
 * Answers one read of the API for a member, by API key too. `permission`: what a key must have been given for it, and its
 * owner's role must have.
 */
export async function memberRoute(slug: string, read: (scope: Scope) => Promise<unknown>, { permission = 'organization:read' }: { permission?: Permission } = {}): Promise<Response> {
  const answerFor = async (member: Member, key?: KeyFacts) =>
    apiAnswer(await withTenant(member, (scope) => {
      authorize(scope, permission)
      return read(scope)
    }, { readOnly: true, request: await requestFacts(), key }))
  const text = await bearerKey()
  return text === undefined ? withApiMember(slug, (member) => answerFor(member)) : withApiKey(text, slug, answerFor)
}

async function withApiKey(text: string, slug: string, work: (member: Member, key: KeyFacts) => Promise<Response>): Promise<Response> {
  return answering(async () => {
    const answer = await apiKeyAnswer(text, slug)
    if (answer.state === 'signed-out') return apiRefusal(401, 'key_refused', 'This API key is not good: unknown, expired, revoked, or its owner is out.')
    if (answer.state === 'unknown') return unknown()
    if (answer.state === 'closed') return closed(answer)
    if (answer.state === 'off') return apiRefusal(403, 'module_off', 'API access is switched off in this organization.')
    if (answer.gate) return apiRefusal(403, answer.gate, GATE_SENTENCES[answer.gate])
    await takeApiCall(answer.key.id, answer.key.ratePerHour)
    // The plan's calls are those of all keys together.
    const { isOver, waitS } = await countApiCall(answer.member.tenantId)
    if (isOver) throw new TooManyRequestsError(waitS)
    return work(answer.member, answer.key)
  })
}

const unknown = () => apiRefusal(404, 'not_found', 'There is nothing here, or it is not yours to see.')
const closed = ({ name, status }: { name: string; status: string }) => apiRefusal(403, 'organization_suspended', `${name} is ${status}.`)
