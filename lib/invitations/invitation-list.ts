import 'server-only'
import { z } from 'zod'
import { authorize } from '@/lib/authorization/permissions'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { mayInvite } from './invitations'
import { INVITATION_STATES, type InvitationState } from './words'

const PAGE_SIZE = 50

export type InvitationLine = { id: string; email: string; role: string; teams: string[]; state: InvitationState; deliveredBy: string; invitedBy: string; createdAt: Date; expiresAt: Date; acceptedAt: Date | null; resendCount: number; isMineToRenew: boolean }

export const invitationFilterSchema = z.object({
  state: z.enum(INVITATION_STATES).or(z.literal('')).default(''),
  q: z.string().max(320).default(''),
  before: z.union([z.literal(''), z.uuid()]).default(''),
})
export type InvitationFilter = z.infer<typeof invitationFilterSchema>

/** Invitations, the newest first; of one state, or with an address that begins so. */
export async function listInvitations(scope: Scope, { state, q, before }: InvitationFilter = { state: '', q: '', before: '' }): Promise<{ invitations: InvitationLine[]; nextCursor: string | null }> {
  authorize(scope, 'invitations:create')
  const now = new Date()
  const prefix = toLookup(q)
  const rows = await scope.tx.invitation.findMany({
    where: { ...whereOf(state, now), ...(prefix && { emailLc: { gte: prefix, lt: `${prefix}\u{10ffff}` } }), ...(before && { id: { lt: before } }) },
    include: { inviter: true, teams: { include: { team: true } } }, orderBy: { id: 'desc' }, take: PAGE_SIZE + 1,
  })
  const invitations = rows.slice(0, PAGE_SIZE).map(({ id, email, role, teams, inviter, deliveredBy, createdAt, expiresAt, acceptedAt, revokedAt, declinedAt, resendCount }) => ({
    id, email, role, deliveredBy, createdAt, expiresAt, acceptedAt, resendCount, invitedBy: inviter.displayName, teams: teams.map(({ team }) => team.name),
    state: stateOf({ acceptedAt, revokedAt, declinedAt, expiresAt }, now, mayInvite(inviter, role)), isMineToRenew: mayInvite({ status: 'active', role: scope.member.role }, role),
  }))
  return { invitations, nextCursor: rows.length > PAGE_SIZE ? invitations.at(-1)!.id : null }
}

function stateOf({ acceptedAt, revokedAt, declinedAt, expiresAt }: { acceptedAt: Date | null; revokedAt: Date | null; declinedAt: Date | null; expiresAt: Date }, now: Date, isGood: boolean): InvitationState {
  if (acceptedAt) return 'accepted'
  if (declinedAt) return 'declined'
  if (revokedAt) return 'revoked'
  // One of somebody who may invite no longer is good no longer, and is made good again in the same way: by sending it anew.
  return expiresAt <= now || !isGood ? 'expired' : 'open'
}

function whereOf(state: InvitationFilter['state'], now: Date) {
  const untaken = { acceptedAt: null, revokedAt: null }
  switch (state) {
    case '': return {}
    case 'open': return { ...untaken, expiresAt: { gt: now } }
    case 'expired': return { ...untaken, expiresAt: { lte: now } }
    case 'accepted': return { acceptedAt: { not: null } }
    case 'declined': return { declinedAt: { not: null } }
    case 'revoked': return { revokedAt: { not: null }, declinedAt: null }
  }
}
