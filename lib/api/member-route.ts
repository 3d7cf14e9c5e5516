import 'server-only'
import { GATE_SENTENCES } from '@/lib/auth/gates'
import { requestFacts } from '@/lib/auth/session'
import { requireSameOrigin } from '@/lib/actions/answer'
import { apiKeyAnswer, apiMemberAnswer, apiMovedTo, apiPath, bearerKey, bearerToken } from '@/lib/auth/bearer'
import { authorize, type Permission } from '@/lib/authorization/permissions'
import { TooManyRequestsError } from '@/lib/errors'
import { takeRequest } from '@/lib/limits/budget'
import { takeApiCall } from '@/lib/limits/limits'
import { countApiCall } from '@/lib/plans/record-usage'
import type { KeyAnswer, Person } from '@/lib/platform/directory'
import type { Member } from '@/lib/tenancy/member'
import { type KeyFacts, type RequestFacts, type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { answering, apiAnswer, apiMoved, apiRefusal } from './answer'

type Read = (scope: Scope) => Promise<unknown>
/** Who acts, and what their history is to say of where from. */
export type Acting = { member: Member; request: RequestFacts; key?: KeyFacts }

/**
 * Answers one read of the API for a member: refusals as JSON. `permission`: what a key must have been given for it, and its
 * owner's role must have.
 */
export async function memberRoute(slug: string, read: Read, { permission = 'organization:read' }: { permission?: Permission } = {}): Promise<Response> {
  return withActing(slug, async ({ member, ...from }) => apiAnswer(await withTenant(member, allowed(read, permission), { readOnly: true, ...from })))
}

/**
 * Proves who is acting where, by API key, access token or session, and lets `work` answer: 401 signed out, 308 from a former
 * address, 404 for what is not theirs to know. `isWrite`: what comes with a browser's session alone must come from our own pages.
 */
export async function withActing(slug: string, work: (acting: Acting) => Promise<Response>, { isWrite = false }: { isWrite?: boolean } = {}): Promise<Response> {
  return answering(async () => {
    const text = await bearerKey()
    const request = await requestFacts()
    if (text !== undefined) return byKey(await apiKeyAnswer(text, slug), slug, ({ member, key }) => work({ member, key, request }))
    if (isWrite && (await bearerToken()) === undefined) await requireSameOrigin()
    return byMember(slug, async (member, person) => {
      if (person.sessionKind === 'api') await countCall(member.tenantId)
      return work({ member, request })
    })
  })
}

/** Proves who is acting where, by access token or session, and lets `work` answer. No API key comes in here. */
export async function withApiMember(slug: string, work: (member: Member) => Promise<Response>): Promise<Response> {
  return answering(() => byMember(slug, work))
}

async function byMember(slug: string, work: (member: Member, person: Person) => Promise<Response>): Promise<Response> {
  const answer = await apiMemberAnswer(slug)
  if (answer.state === 'signed-out') return apiRefusal(401, 'signed_out', 'Sign in first.')
  if (answer.state === 'gated') return apiRefusal(403, answer.gate, GATE_SENTENCES[answer.gate])
  if (answer.state === 'unknown') return followMove(slug, await apiMovedTo(slug))
  if (answer.state === 'closed') return closed(answer.organization)
  if (answer.gate) return apiRefusal(403, answer.gate, GATE_SENTENCES[answer.gate])
  return work(answer.member, answer.person)
}

/** Lets `work` answer for whoever is behind a key, if the key is good here and has calls left. */
export async function byKey(answer: KeyAnswer, slug: string, work: (acting: { member: Member; key: KeyFacts }) => Promise<Response>): Promise<Response> {
  if (answer.state === 'signed-out') return apiRefusal(401, 'key_refused', 'This API key is not good: unknown, expired, revoked, or its owner is out.')
  if (answer.state === 'unknown') return unknown()
  if (answer.state === 'moved') return followMove(slug, answer.slug)
  if (answer.state === 'closed') return closed(answer)
  if (answer.state === 'off') return apiRefusal(403, 'module_off', 'API access is switched off in this organization.')
  if (answer.gate) return apiRefusal(403, answer.gate, GATE_SENTENCES[answer.gate])
  takeRequest(answer.member.tenantId)
  await takeApiCall(answer.key.id, answer.key.ratePerHour)
  await countCall(answer.member.tenantId)
  return work(answer)
}

// Programs of an organization share the calls of its plan; a browser's own are not counted.
async function countCall(tenantId: string): Promise<void> {
  const { isOver, waitS } = await countApiCall(tenantId)
  if (isOver) throw new TooManyRequestsError(waitS)
}

const allowed = (read: Read, permission: Permission): Read => (scope) => {
  authorize(scope, permission)
  return read(scope)
}

// An address that the organization has left leads programs on as it does people, with method and body as they were.
async function followMove(slug: string, movedTo: string | null): Promise<Response> {
  const path = await apiPath()
  return movedTo && path?.startsWith(`/api/v1/${slug}/`) ? apiMoved(path.replace(`/${slug}`, `/${movedTo}`)) : unknown()
}

const unknown = () => apiRefusal(404, 'not_found', 'There is nothing here, or it is not yours to see.')
const closed = ({ name, status }: { name: string; status: string }) => apiRefusal(403, 'organization_suspended', `${name} is ${status}.`)
