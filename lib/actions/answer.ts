import 'server-only'
import { headers } from 'next/headers'
import type { z } from 'zod'
import { ConflictError, ForbiddenError, InvalidError, Refusal, TooManyRequestsError, UnavailableError } from '@/lib/errors'
import { respondUnavailable, respondWith } from '@/lib/http/response'
import { isOvertaken, OVERTAKEN } from '@/lib/overtaken'
import { typedValues } from './payload'
import type { ActionState } from './state'

// An action is a public endpoint: whoever cannot show that our own page sent the request is refused.
export async function requireSameOrigin(): Promise<void> {
  const sent = await headers()
  const site = sent.get('sec-fetch-site')
  const origin = sent.get('origin')
  const isOurs = site ? site === 'same-origin' : origin !== null && origin !== 'null' && URL.canParse(origin) && new URL(origin).host === (sent.get('x-forwarded-host') ?? sent.get('host'))
  if (!isOurs) throw new ForbiddenError('This request did not come from the application itself.', 'foreign_origin')
}

/** For an address that is read but leaves a trace: no other site's page makes somebody's browser ask for it. */
export async function requireNoOtherSite(): Promise<void> {
  const site = (await headers()).get('sec-fetch-site')
  if (site && site !== 'same-origin' && site !== 'none') throw new ForbiddenError('This request did not come from the application itself.', 'foreign_origin')
}

/** @throws InvalidError with the messages under their fields */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const fields: Record<string, string[]> = {}
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? '')
    fields[name] = [...(fields[name] ?? []), issue.code === 'unrecognized_keys' ? 'This form has a field that does not belong to it.' : issue.message]
  }
  throw new InvalidError(fields['']?.[0] ?? 'Please correct the fields marked below.', fields)
}

/** A refusal as form state, with its HTTP status; bugs are thrown on. */
export function refuse(error: unknown, fields: Record<string, unknown>): ActionState<never> {
  const values = typedValues(fields)
  if (error instanceof UnavailableError) {
    respondUnavailable()
    return { status: 'refused', httpStatus: 503, code: 'unavailable', message: `${error.message} Nothing was stored and nothing you typed is lost: try again in a moment.`, fields: {}, values }
  }
  if (isOvertaken(error)) return refuse(new ConflictError(OVERTAKEN, 'overtaken'), fields)
  if (!(error instanceof Refusal)) throw error
  respondWith(error.status, error instanceof TooManyRequestsError ? { 'Retry-After': String(error.waitS) } : {})
  return {
    status: 'refused', httpStatus: error.status, code: error.code, message: error.message, values,
    fields: error instanceof InvalidError ? error.fields : {},
    current: error instanceof ConflictError || error.code === 'changed_elsewhere' ? (error.detail.current as Record<string, unknown> | undefined) : undefined,
    detail: error.detail,
  }
}
