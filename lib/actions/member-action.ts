import 'server-only'
import { headers } from 'next/headers'
import { refresh } from 'next/cache'
import type { z } from 'zod'
import { memberAnswer, requestFacts } from '@/lib/auth/session'
import { ConflictError, ForbiddenError, InvalidError, NotFoundError, Refusal, UnavailableError } from '@/lib/errors'
import { respondUnavailable, respondWith } from '@/lib/http/response'
import type { Member } from '@/lib/tenancy/member'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'
import { fieldsOf, typedValues } from './payload'
import type { ActionState, MemberAction } from './state'

type Answer<T> = { message?: string; data?: T } | void

/**
 * Builds a server action: proves the membership, checks the organization the form was made for, parses, opens the scope,
 * performs, and turns refusals into form state with their HTTP status. Bugs are thrown on.
 */
export function memberAction<S extends z.ZodType, T = unknown>(schema: S, perform: (scope: Scope, input: z.infer<S>) => Promise<Answer<T>>): MemberAction<T> {
  return async (_previous, payload) => {
    let fields: Record<string, unknown> = {}
    try {
      await requireSameOrigin()
      fields = fieldsOf(payload)
      const { organization, ...input } = fields
      const member = await memberOf(organization)
      const answer = await withTenant(member, (scope) => perform(scope, parse(schema, input)), { request: await requestFacts() })
      refresh()
      return { status: 'ok', ...answer } as ActionState<T>
    } catch (error) {
      return refuse(error, fields)
    }
  }
}

async function memberOf(slug: unknown): Promise<Member> {
  if (typeof slug !== 'string' || !/^[a-z0-9-]{3,40}$/.test(slug)) throw new NotFoundError()
  const answer = await memberAnswer(slug)
  if (answer.state === 'signed-out') throw new Refusal(401, 'signed_out', 'Your session has ended. Sign in again in another tab, then send this once more: nothing you typed is lost.')
  if (answer.state === 'unknown') throw new NotFoundError()
  if (answer.state === 'closed') throw new ForbiddenError(`${answer.organization.name} is ${answer.organization.status}. Nothing can be changed there now.`, 'organization_suspended')
  return answer.member
}

// An action is a public endpoint: whoever cannot show that our own page sent the request is refused.
async function requireSameOrigin(): Promise<void> {
  const sent = await headers()
  const site = sent.get('sec-fetch-site')
  const origin = sent.get('origin')
  const isOurs = site ? site === 'same-origin' : origin !== null && origin !== 'null' && URL.canParse(origin) && new URL(origin).host === (sent.get('x-forwarded-host') ?? sent.get('host'))
  if (!isOurs) throw new ForbiddenError('This request did not come from the application itself.', 'foreign_origin')
}

function parse<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const fields: Record<string, string[]> = {}
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? '')
    fields[name] = [...(fields[name] ?? []), issue.code === 'unrecognized_keys' ? 'This form has a field that does not belong to it.' : issue.message]
  }
  throw new InvalidError(fields['']?.[0] ?? 'Please correct the fields marked below.', fields)
}

function refuse(error: unknown, fields: Record<string, unknown>): ActionState<never> {
  const values = typedValues(fields)
  if (error instanceof UnavailableError) {
    respondUnavailable()
    return { status: 'refused', httpStatus: 503, code: 'unavailable', message: 'The database is not answering just now. Nothing was stored and nothing you typed is lost: try again in a moment.', fields: {}, values }
  }
  if (isOvertaken(error)) return refuse(new ConflictError('Someone changed or removed what this refers to at the same moment. Nothing was stored: look again and repeat it.', 'overtaken'), fields)
  if (!(error instanceof Refusal)) throw error
  respondWith(error.status)
  return {
    status: 'refused', httpStatus: error.status, code: error.code, message: error.message, values,
    fields: error instanceof InvalidError ? error.fields : {},
    current: error instanceof ConflictError || error.code === 'changed_elsewhere' ? (error.detail.current as Record<string, unknown> | undefined) : undefined,
    detail: error.detail,
  }
}

// Somebody else was faster: a referenced row has gone, a unique value has come, or two transactions waited for each other.
function isOvertaken(error: unknown): boolean {
  const { code, meta } = (error ?? {}) as { code?: string; meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } }
  const state = meta?.driverAdapterError?.cause?.originalCode ?? ''
  return ['P2002', 'P2003', 'P2034'].includes(code ?? '') || ['23503', '23505', '40P01', '40001'].includes(state)
}
