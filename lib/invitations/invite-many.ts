import 'server-only'
import { normalizeEmail } from '@/lib/access/email'
import { INVITED_AT_ONCE_MAX, type InviteMany } from '@/lib/access/schema'
import { authorize } from '@/lib/authorization/permissions'
import { InvalidError, TooManyRequestsError } from '@/lib/errors'
import { readUsage } from '@/lib/plans/limits'
import type { Role } from '@/lib/tenancy/member'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { mayInvite, membersAmong, takeInvitation, writeInvitations, type Wanted } from './invitations'
import { readLines, type InviteLine } from './lines'
import type { InviteOutcome } from './words'

export type InvitedRow = { text: string; email: string; outcome: InviteOutcome; link: string | null }
type Judged = { line: InviteLine; emailLc: string; wanted: Wanted; outcome: InviteOutcome; needsSeat: boolean }

/**
 * Invites every line that can be, and says of each what came of it; nothing that was typed is lost. A line's own role and teams
 * go before those of the form.
 * @throws InvalidError when there are more lines than may be at once
 */
export async function inviteMany(scope: Scope, { lines, role, teamIds, ...terms }: InviteMany): Promise<InvitedRow[]> {
  authorize(scope, 'invitations:create')
  const read = readLines(lines)
  if (read.length > INVITED_AT_ONCE_MAX) throw new InvalidError(`At most ${INVITED_AT_ONCE_MAX} at once: these are ${read.length}.`, { lines: [`At most ${INVITED_AT_ONCE_MAX} at once: these are ${read.length}.`] })
  const judged = await judge(scope, read, role, teamIds)
  await takeSeats(scope, judged)
  await takeInTurn(scope, judged, terms.delivery)
  const invited = judged.filter(({ outcome }) => outcome === 'invited' || outcome === 'replaced')
  const written = invited.length > 0 ? await writeInvitations(scope, invited.map(({ wanted }) => wanted), terms) : []
  return judged.map((one) => ({ text: one.line.text, email: one.line.email, outcome: one.outcome, link: written[invited.indexOf(one)]?.link ?? null }))
}

async function judge(scope: Scope, read: InviteLine[], role: Role, teamIds: string[]): Promise<Judged[]> {
  const teams = await scope.tx.team.findMany({ select: { id: true, nameLc: true } })
  const ids = new Map(teams.map(({ id, nameLc }) => [nameLc, id]))
  const known = new Set(ids.values())
  const addresses = read.flatMap(({ email }) => normalizeEmail(email) ?? [])
  const members = await membersAmong(scope, addresses)
  const open = new Map((await scope.tx.invitation.findMany({ where: { emailLc: { in: addresses }, acceptedAt: null, revokedAt: null }, select: { emailLc: true, expiresAt: true } })).map(({ emailLc, expiresAt }) => [emailLc, expiresAt]))
  const now = new Date()
  const seen = new Set<string>()
  return read.map((line) => {
    const emailLc = normalizeEmail(line.email) ?? ''
    const wanted: Wanted = { email: line.email, role: (line.role as Role | null) ?? role, teamIds: line.teams.length > 0 ? line.teams.map((name) => ids.get(toLookup(name)) ?? '') : teamIds }
    const outcome: InviteOutcome = !emailLc ? 'invalid'
      : seen.has(emailLc) ? 'repeated'
      : members.has(emailLc) ? 'member'
      : !line.isKnown || !wanted.teamIds.every((id) => known.has(id)) ? 'team'
      : !mayInvite({ status: 'active', role: scope.member.role }, wanted.role) ? 'forbidden'
      : open.has(emailLc) ? 'replaced' : 'invited'
    seen.add(emailLc)
    // An open invitation has its seat until it expires.
    return { line, emailLc, wanted, outcome, needsSeat: !((open.get(emailLc) ?? now) > now) }
  })
}

// Seats go to the first lines; the others are told so, where the database would refuse them all. It still does when somebody
// else takes the last seat meanwhile.
async function takeSeats(scope: Scope, judged: Judged[]): Promise<void> {
  const usage = (await readUsage(scope)).find(({ key }) => key === 'members')
  if (!usage || usage.max === null) return
  let left = usage.max - usage.used
  for (const one of judged) {
    if (one.outcome !== 'invited' && one.outcome !== 'replaced') continue
    const needed = Number(one.needsSeat)
    if (left < needed) one.outcome = 'seat'
    else left -= needed
  }
}

// Once a limit of the person or the organization is reached the rest is left; an address that got too much mail is left alone.
async function takeInTurn(scope: Scope, judged: Judged[], delivery: InviteMany['delivery']): Promise<void> {
  for (const one of judged) {
    if (one.outcome !== 'invited' && one.outcome !== 'replaced') continue
    await takeInvitation(scope, one.emailLc, delivery).catch((refusal: unknown) => {
      if (!(refusal instanceof TooManyRequestsError)) throw refusal
      one.outcome = 'limit'
    })
  }
}
