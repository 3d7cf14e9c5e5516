/** Why an invitation is no longer good. */
export const INVITATION_SENTENCES: Record<string, string> = {
  used: 'This invitation has been used.',
  expired: 'This invitation is too old. Ask for a new one.',
  revoked: 'This invitation was withdrawn. Ask for a new one.',
  declined: 'This invitation was declined. Ask for a new one if that was a mistake.',
  closed: 'This organization is closed for now.',
}

export const INVITATION_STATES = ['open', 'accepted', 'declined', 'expired', 'revoked'] as const
export type InvitationState = (typeof INVITATION_STATES)[number]

/** What came of one line of a list of addresses. */
export type InviteOutcome = 'invited' | 'replaced' | 'member' | 'invalid' | 'repeated' | 'forbidden' | 'team' | 'seat' | 'limit'
export const OUTCOME_WORDS: Record<InviteOutcome, string> = {
  invited: 'Invited',
  replaced: 'Invited anew; the earlier link is dead',
  member: 'A member already',
  invalid: 'This is no e-mail address',
  repeated: 'Named above already',
  forbidden: 'Only an owner can invite an owner',
  team: 'There is no such team or role',
  seat: 'No seat left in the plan',
  limit: 'Left for later: the limit of invitations is reached',
}
/** Lines that are still to be dealt with, and so stay in the form. */
export const isLeft = (outcome: InviteOutcome) => !['invited', 'replaced', 'member', 'repeated'].includes(outcome)
