import 'server-only'
import { z } from 'zod'
import { ChangedElsewhereError, ConflictError, ForbiddenError, InvalidError, NotFoundError, type Refusal } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import { refusalOfDatabase } from '@/lib/tenancy/held-rules'
import { hashToken } from '@/lib/tokens/token'

type Answer = { answer: string; state?: string; organizations?: string[]; current?: Record<string, unknown> }

const field = (name: string, message: string) => new InvalidError(message, { [name]: [message] })
const REFUSALS: Record<string, (answer: Answer) => Refusal> = {
  changed_elsewhere: ({ current = {} }) => new ChangedElsewhereError(current),
  wrong_state: ({ state }) => new ConflictError(`This organization is ${state}, so that cannot be done. Look at the page again.`, 'wrong_state'),
  reason_missing: () => field('reason', 'Say why in at least 10 characters: it is read by those whom it concerns.'),
  no_plan: () => field('plan', 'Choose one of the plans.'),
  owner_inactive: () => field('email', 'Somebody has this address, but their account is not active.'),
  oneself: () => new ForbiddenError('Nobody does this to their own account here.', 'oneself'),
  person_state: () => new ConflictError('Somebody has changed this account meanwhile. Look at the page again.', 'person_state'),
  last_owner: ({ organizations = [] }) => new ConflictError(`They are the last owner of ${organizations.join(', ')}. Somebody else has to become an owner there first.`, 'last_owner', { organizations }),
  asked_already: () => new ConflictError('Somebody has asked for this already. Another super-admin decides.', 'asked_already'),
  request_over: () => new ConflictError('This request is over: decided, taken back, or older than a day. Ask again.', 'request_over'),
  second_person: () => new ForbiddenError('A second super-admin decides: neither whoever asked nor whom it is about.', 'second_person'),
  unknown_organizations: ({ organizations = [] }) => field('organizations', `There is no organization at: ${organizations.slice(0, 5).join(', ')}.`),
  key_taken: () => field('key', 'There is a plan with this key already.'),
  plan_in_use: () => new ConflictError('Organizations have this plan, or begin with it. It stays.', 'plan_in_use'),
}

/**
 * One question or act of the console: a function of the kernel that proves the super-admin behind this browser session itself.
 * @throws NotFoundError for everybody else · Refusal by what it answers
 */
export async function askConsole<T = unknown>(sessionToken: string, name: string, input: Record<string, unknown> = {}, now = new Date()): Promise<T> {
  const [row] = await ask<Record<string, Answer>>(`console_${name}($1, $2, $3)`, [hashToken(sessionToken), now, JSON.stringify(input)]).catch((error: unknown) => {
    throw refusalOfDatabase(error) ?? error
  })
  const answer = row![`console_${name}`]!
  if (answer.answer === 'ok') return answer as T
  throw REFUSALS[answer.answer]?.(answer) ?? new NotFoundError()
}

export const nameCursor = z.tuple([z.string().max(300), z.uuid()])
/** Where a page of a list by name ended. */
export type After = [name: string, id: string] | null
export const afterOf = (after: After) => ({ afterName: after?.[0] ?? null, afterId: after?.[1] ?? null })
