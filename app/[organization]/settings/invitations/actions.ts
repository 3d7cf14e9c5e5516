'use server'

import { z } from 'zod'
import { inviteManySchema } from '@/lib/access/schema'
import { memberAction } from '@/lib/actions/member-action'
import { renewInvitation, revokeInvitation } from '@/lib/invitations/invitations'
import { inviteMany } from '@/lib/invitations/invite-many'
import { isLeft } from '@/lib/invitations/words'

const byId = z.strictObject({ id: z.uuid() })

export const inviteMembers = memberAction(inviteManySchema, async (scope, input) => {
  const rows = await inviteMany(scope, input)
  const left = rows.filter(({ outcome }) => isLeft(outcome)).length
  const invited = rows.filter(({ outcome }) => outcome === 'invited' || outcome === 'replaced')
  const count = invited.length === 1 ? (invited[0]!.link ? 'The invitation is made: hand its link over.' : `Invitation sent to ${invited[0]!.email}.`) : `${invited.length} people invited.`
  return { message: `${count}${left > 0 ? ` ${left === 1 ? 'One line is' : `${left} lines are`} left.` : ''}`, data: { rows } }
})

export const resendInvitation = memberAction(byId, async (scope, { id }) => {
  const { email, link } = await renewInvitation(scope, { id, delivery: 'email' })
  return { message: link ? 'A new link is made: hand it over. The old one is dead.' : `Sent again to ${email}. The earlier link is dead.`, data: { link } }
})

export const makeInvitationLink = memberAction(byId, async (scope, { id }) => {
  const { link } = await renewInvitation(scope, { id, delivery: 'link' })
  return { message: 'A new link is made: hand it over. The old one is dead.', data: { link } }
})

export const withdrawInvitation = memberAction(byId, async (scope, { id }) => {
  await revokeInvitation(scope, id)
  return { message: 'The invitation is withdrawn.' }
})
