import 'server-only'
import { normalizeEmail } from '@/lib/access/email'
import { isListedByPlatform } from '@/lib/access/platform-allowlist'
import { joinOrganization, listListing } from '@/lib/access/joining'
import { findInvitation } from '@/lib/invitations/acceptance'
import { ask } from '@/lib/platform/ask'
import { listOrganizations } from '@/lib/platform/directory'
import { maySignUp } from '@/lib/platform/settings'
import { withPerson, type PersonScope } from '@/lib/platform/person'
import { recordOwnEvent, recordRefusal } from '@/lib/security-log/security-log'
import { openSession } from '@/lib/sessions/sessions'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Visitor } from '@/lib/visitors/visitor'

/** What a provider says of somebody, once its signature, issuer, nonce and state have been checked. */
export type ProviderFacts = { provider: string; issuer: string; subject: string; email: string | null; isEmailVerified: boolean; name: string | null }

/** Why a provider's word was not enough; the sentences are on the sign-in page. */
export type ProviderRefusal = 'deactivated' | 'suspended' | 'pending_verification' | 'email_unverified' | 'not_listed' | 'connect_first' | 'not_invited' | 'malformed'
export type ProviderAnswer = { token: string; userId: string } | { refusal: ProviderRefusal }

type Owner = { user_id: string; status: string; has_second_factor: boolean }
const SUBJECT_MAX = 255
const NAME_MAX = 120

/**
 * Signs in by provider. The account is found by issuer and subject, never by e-mail; a new one is made only for a verified
 * address that an organization lists, that holds an open invitation, or where anybody may sign up, and never over an account
 * that exists: its person connects the provider under Security.
 */
export async function signInWithProvider(facts: ProviderFacts, visitor: Visitor, invitationPath: string | null = null): Promise<ProviderAnswer> {
  const refuse = async (refusal: ProviderRefusal, userId?: string): Promise<ProviderAnswer> => {
    await recordRefusal(visitor, { action: 'session.refused', subject: (facts.email ?? facts.subject).replace(/\p{Cc}/gu, ' '), reason: `${facts.provider}: ${refusal}`, userId })
    return { refusal }
  }
  if (!isIdentity(facts)) return refuse('malformed')
  const [owner] = await ask<Owner>('identity_owner($1, $2)', [facts.issuer, facts.subject])
  // What a provider says is taken as it is: white space around an address is none of ours to forgive.
  const email = facts.email && facts.email === facts.email.trim() ? normalizeEmail(facts.email) : null
  if (owner) {
    if (owner.status !== 'active') return refuse(owner.status as ProviderRefusal, owner.user_id)
    const answer = await withPerson(owner.user_id, visitor, async (scope) => {
      const user = await scope.tx.user.findUniqueOrThrow({ where: { id: owner.user_id } })
      if (!user.isSuperAdmin && !(await isListedByPlatform(user.email ?? '', scope.tx))) return null
      await scope.tx.userIdentity.updateMany({ where: { issuer: facts.issuer, subject: facts.subject }, data: { lastLoginAt: new Date(), emailLc: email } })
      return openSession(scope, { method: facts.provider, needsFactor: owner.has_second_factor })
    })
    if (!answer) return refuse('not_listed', owner.user_id)
    return { token: answer.token, userId: owner.user_id }
  }
  if (!email || !facts.isEmailVerified) return refuse('email_unverified')
  if (!(await isListedByPlatform(email))) return refuse('not_listed')
  const [account] = await ask<{ user_id: string }>('credentials_of($1, $2)', [email, null])
  if (account) return refuse('connect_first', account.user_id)
  if (!(await mayBecomeUser(email, invitationPath))) return refuse('not_invited')
  const userId = uuidv7()
  const { token } = await withPerson(userId, visitor, (scope) => createUser(scope, facts, email))
  await joinListing(userId, email)
  return { token, userId }
}

/** Whether a provider named somebody in a way that can be stored and found again. */
export function isIdentity({ issuer, subject }: ProviderFacts): boolean {
  return issuer !== '' && subject !== '' && subject.length <= SUBJECT_MAX && subject.isWellFormed() && !/\p{Cc}/u.test(subject)
}

// Nobody becomes a user by accident: without a rule, an invitation or open sign-up there is no account.
async function mayBecomeUser(email: string, invitationPath: string | null): Promise<boolean> {
  if ((await maySignUp()) || (await listListing(email)).length > 0) return true
  const invitation = invitationPath ? await findInvitation(invitationPath) : null
  return invitation?.state === 'open' && normalizeEmail(invitation.email) === email
}

async function createUser(scope: PersonScope, facts: ProviderFacts, email: string) {
  const { tx, userId } = scope
  const name = (facts.name ?? '').normalize('NFC').replace(/\p{Cc}/gu, '').trim().slice(0, NAME_MAX) || email.split('@')[0]!
  await tx.user.createMany({ data: [{ id: userId, name, email: facts.email, emailLc: email, emailVerifiedAt: new Date() }] })
  await createIdentity(scope, facts)
  await recordOwnEvent(scope, { action: 'user.created', subject: facts.provider })
  return openSession(scope, { method: facts.provider, needsFactor: false })
}

export async function createIdentity({ tx, userId }: PersonScope, { provider, issuer, subject, email }: ProviderFacts): Promise<void> {
  await tx.userIdentity.createMany({ data: [{ id: uuidv7(), userId, provider, issuer, subject, emailLc: email && normalizeEmail(email), lastLoginAt: new Date() }] })
}

/**
 * Lets somebody into the organizations that list their address, while they are in none: whoever has a place already is asked
 * on the page of their organizations, so that no organization can pull people in, or learn of them, by listing their domain.
 */
export async function joinListing(userId: string, email: string): Promise<void> {
  const listing = await listListing(email)
  if (listing.length === 0 || (await listOrganizations(userId)).length > 0) return
  for (const { tenantId } of listing) await joinOrganization({ tenantId, userId, name: email, email })
}

