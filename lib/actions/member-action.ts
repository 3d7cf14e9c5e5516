import 'server-only'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { after } from 'next/server'
import type { z } from 'zod'
import { GATE_SENTENCES } from '@/lib/auth/gates'
import { endedSupport, memberAnswer, requestFacts } from '@/lib/auth/session'
import { ForbiddenError, NotFoundError, Refusal } from '@/lib/errors'
import type { MemberGate, Person } from '@/lib/platform/directory'
import { requireRecentProof } from '@/lib/second-factor/factors'
import { noteRefused, type Refused } from '@/lib/reads/reads'
import { HOW_IT_ENDED, NOTHING_STORED } from '@/lib/support/words'
import type { Member } from '@/lib/tenancy/member'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'
import { isUuid } from '@/lib/uuid'
import { parse, refuse, requireSameOrigin } from './answer'
import { setFlash } from './flash'
import { fieldsOf } from './payload'
import type { ActionState, MemberAction } from './state'

/** `redirectTo`: where to go once it is stored, for an act that takes away the page it was sent from; `message` is shown there. */
type Answer<T> = { message?: string; data?: T; redirectTo?: string } | void

/**
 * Builds a server action: proves the membership, checks the organization the form was made for, parses, opens the scope,
 * performs, and turns refusals into form state with their HTTP status. Bugs are thrown on.
 * `proof`: only for somebody who has shown lately that it is they; the form asks and sends once more.
 */
export function memberAction<S extends z.ZodType, T = unknown>(schema: S, perform: (scope: Scope, input: z.infer<S>) => Promise<Answer<T>>, { atGate, proof }: { atGate?: MemberGate; proof?: boolean } = {}): MemberAction<T> {
  return async (_previous, payload) => {
    let fields: Record<string, unknown> = {}
    let acting: Member | undefined
    try {
      await requireSameOrigin()
      fields = fieldsOf(payload)
      const { organization, ...input } = fields
      const { member, person } = await memberOf(organization, atGate)
      acting = member
      if (proof) requireRecentProof(person)
      const answer = await withTenant(member, (scope) => perform(scope, parse(schema, input)), { request: await requestFacts() })
      if (answer?.redirectTo) {
        if (answer.message) await setFlash(answer.message)
        redirect(answer.redirectTo)
      }
      refresh()
      return { status: 'ok', ...answer } as ActionState<T>
    } catch (error) {
      const refused = acting && (error instanceof ForbiddenError || error instanceof NotFoundError) ? recordOf(fields) : null
      if (refused) after(() => noteRefused(acting!, refused, 'change'))
      return refuse(error, fields)
    }
  }
}

// What a form is about, by the names that forms use.
function recordOf({ taskId, id, entryId, placeId, projectId }: Record<string, unknown>): Refused | null {
  const record = [taskId, id, entryId, placeId, projectId].find((one) => typeof one === 'string' && isUuid(one))
  return record ? { record: record as string } : null
}

async function memberOf(slug: unknown, atGate?: MemberGate): Promise<{ member: Member; person: Person }> {
  if (typeof slug !== 'string' || !/^[a-z0-9-]{3,40}$/.test(slug)) throw new NotFoundError()
  const answer = await memberAnswer(slug)
  if (answer.state === 'signed-out') throw signedOut()
  if (answer.state === 'gated') throw new ForbiddenError(GATE_SENTENCES[answer.gate], answer.gate)
  if (answer.state === 'unknown') throw await notHere(slug)
  if (answer.state === 'closed') throw new ForbiddenError(`${answer.organization.name} is ${answer.organization.status}. Nothing can be changed there now.`, 'organization_suspended')
  if (answer.gate && answer.gate !== atGate) throw new ForbiddenError(GATE_SENTENCES[answer.gate], answer.gate)
  return answer
}

async function notHere(slug: string): Promise<Refusal> {
  const ended = await endedSupport(slug)
  return ended ? new ForbiddenError(`Your support session in ${ended.organization} is over. ${HOW_IT_ENDED[ended.endedBy]}. ${NOTHING_STORED}`, 'support_over') : new NotFoundError()
}

export const signedOut = () => new Refusal(401, 'signed_out', 'Your session has ended. Sign in again in another tab, then send this once more: nothing you typed is lost.')
