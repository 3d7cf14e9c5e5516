import 'server-only'
import { ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import { hashToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { RequestSupport } from './schema'

export type SupportSummary = {
  id: string; isMine: boolean; organization: string; slug: string; adminName: string; reason: string; reference: string; mode: 'read_only' | 'read_write'
  status: 'requested' | 'active' | 'ended' | 'expired' | 'declined'; minutes: number; startsAt: Date | null; endsAt: Date | null; endedAt: Date | null; endedBy: 'platform' | 'organization' | 'time' | null; createdAt: Date
  /** What the platform's own history has of it. */
  events: number
}

const LISTED_MAX = 200

/**
 * Opens a support session of the super-admin behind this browser session, or asks the organization's owners for one, by its
 * policy. Owners and admins are told in the same transaction, and it stands in the organization's history.
 * @throws ForbiddenError `support_refused` · ConflictError `support_open` (one at a time), `own_organization` · NotFoundError · InvalidError when changes are not confirmed
 */
export async function requestSupport(sessionToken: string, input: RequestSupport, now = new Date()): Promise<{ state: 'active' | 'requested'; slug: string }> {
  const isConfirmed = input.confirmation === input.organization
  const values = [hashToken(sessionToken), now, input.organization, uuidv7(), input.reason, input.reference, input.minutes, input.mode, isConfirmed]
  const [row] = await ask<{ answer: string; slug: string }>('request_support($1, $2, $3, $4, $5, $6, $7, $8, $9)', values)
  switch (row?.answer) {
    case 'active': case 'requested': return { state: row.answer, slug: row.slug }
    case 'unknown': throw new InvalidError('There is no organization at this address.', { organization: ['There is no organization at this address.'] })
    case 'refused': throw new ForbiddenError('This organization refuses support. Only an owner there can change that.', 'support_refused')
    case 'own': throw new ConflictError('You are a member there: go in as yourself.', 'own_organization')
    case 'nested': throw new ConflictError('You have a support session that is open or asked for. End it first: there is one at a time.', 'support_open')
    case 'confirm': throw new InvalidError('Confirm that you want to change things there.', { confirmation: [`Type ${input.organization} to confirm.`] })
    default: throw new NotFoundError()
  }
}

/** Ends one of one's own, or takes a request back; `over` when it was so already. @throws NotFoundError when it is nobody's or somebody else's */
export async function endMySupport(sessionToken: string, id: string, now = new Date()): Promise<'ended' | 'over'> {
  const [row] = await ask<{ end_my_support: 'ended' | 'over' | 'gone' }>('end_my_support($1, $2, $3)', [hashToken(sessionToken), now, id])
  if (!row || row.end_my_support === 'gone') throw new NotFoundError()
  return row.end_my_support
}

export type EndedSupport = { organization: string; endedAt: Date; endedBy: 'platform' | 'organization' | 'time' }

/** One's own last support session in the organization of this slug, if it has ended within the day; null for everybody else, whether there is such a place or not. */
export async function findEndedSupport(sessionToken: string, slug: string, now = new Date()): Promise<EndedSupport | null> {
  const [row] = await ask<{ organization: string; ended_at: Date; ended_by: EndedSupport['endedBy'] }>('ended_support($1, $2, $3)', [hashToken(sessionToken), now, slug])
  return row ? { organization: row.organization, endedAt: row.ended_at, endedBy: row.ended_by } : null
}

/** Everybody's support sessions, newest first, 200 at most; none for who is no super-admin. */
export async function listAllSupport(sessionToken: string, now = new Date()): Promise<SupportSummary[]> {
  const rows = await ask<Record<string, never>>('all_support_sessions($1, $2, $3)', [hashToken(sessionToken), now, LISTED_MAX])
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value])) as unknown as SupportSummary)
}

/** Writes down whose time is over, and requests that nobody answered for a day: both are out before that. Safe beside other instances. */
export async function expireSupport(now = new Date()): Promise<number> {
  return Number((await ask<{ expire_support: string }>('expire_support($1)', [now]))[0]!.expire_support)
}
