import 'server-only'
import { normalizeEmail } from '@/lib/access/email'
import { isListedByPlatform } from '@/lib/access/platform-allowlist'
import type { SignUp } from '@/lib/account/schema'
import { env } from '@/lib/env'
import { ForbiddenError, GoneError } from '@/lib/errors'
import { takeAttempt } from '@/lib/limits/limits'
import { sendsMail } from '@/lib/mail/outbox'
import { foundOrganization, type OrganizationKind } from '@/lib/organizations/founding'
import { hashPassword } from '@/lib/passwords/hash'
import { requireGoodPassword } from '@/lib/passwords/passwords'
import { ask } from '@/lib/platform/ask'
import { withPerson } from '@/lib/platform/person'
import { maySignUp } from '@/lib/platform/settings'
import { openSession } from '@/lib/sessions/sessions'
import type { RequestFacts } from '@/lib/tenancy/with-tenant'
import { createOneTimeToken, findOneTimeToken } from '@/lib/tokens/one-time-tokens'
import { hashToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Visitor } from '@/lib/visitors/visitor'

const CONFIRM_MINUTES = 24 * 60

/** Whether anybody may make an account and an organization here. Needs mail: an address that nobody confirmed is nobody's. */
export async function isSignUpOpen(): Promise<boolean> {
  return sendsMail() && (await maySignUp())
}

/**
 * Asks to sign up. Nothing is made until the address is confirmed, so nobody can take another's; the answer, its time and the
 * number of mails are the same whether the address has an account or not.
 * @throws ForbiddenError · InvalidError · TooManyRequestsError
 */
export async function requestSignUp({ name, email, password, organization, kind, timezone }: SignUp, visitor: Visitor): Promise<void> {
  if (!(await isSignUpOpen())) throw new ForbiddenError('Nobody can sign up here by themselves. Ask for an invitation.', 'sign_up_closed')
  const emailLc = normalizeEmail(email)!
  if (!(await isListedByPlatform(emailLc))) throw new ForbiddenError('This installation is open to listed addresses only, and yours is not one of them.', 'not_listed')
  // Before anything that costs time: looking a password over takes some of it, and a stranger sends as many as they like.
  await takeAttempt('mailBy', visitor.ip)
  await requireGoodPassword(password, { name, email, organization })
  await takeAttempt('mailTo', emailLc)
  const passwordHash = await hashPassword(password)
  const secret = await createOneTimeToken('sign_up', CONFIRM_MINUTES, { email: emailLc, payload: { name, email, passwordHash, organization, kind, timezone: timezone || null } })
  const [account] = await ask<{ user_id: string }>('credentials_of($1, $2)', [emailLc, null])
  const mail = account ? { kind: 'sign_up_known', data: { link: `${env().NEXTAUTH_URL}/sign-in` } } : { kind: 'sign_up', data: { name, link: `${env().NEXTAUTH_URL}/sign-up/${secret}` } }
  await ask('enqueue_mail($1, $2, $3, $4)', [uuidv7(), mail.kind, email, JSON.stringify(mail.data)])
}

/** What a confirmation link would make; null when it is no longer good. */
export async function findSignUp(secret: string): Promise<{ email: string; name: string; organization: string } | null> {
  const asked = await findOneTimeToken('sign_up', secret)
  return asked && { email: String(asked.payload.email), name: String(asked.payload.name), organization: String(asked.payload.organization) }
}

/**
 * Confirms a sign-up: account, organization, owner's membership and first project in one transaction, and a session.
 * @throws GoneError when the link was used, is too old, or the address has got an account meanwhile
 */
export async function confirmSignUp(secret: string, visitor: Visitor, request?: RequestFacts): Promise<{ slug: string; token: string }> {
  const asked = await findOneTimeToken('sign_up', secret)
  if (!asked) throw gone()
  const { name, organization, kind, timezone } = asked.payload as { name: string; organization: string; kind: OrganizationKind; timezone: string | null }
  const userId = uuidv7()
  const { slug } = await foundOrganization({ name: organization, kind, timezone }, { userId, name }, ({ tx }, record, membershipId, modules) =>
    tx.$executeRaw`SELECT kernel.sign_up(${hashToken(secret)}, ${record}::jsonb, ${membershipId}::uuid, ${modules}::jsonb, ${new Date()})`, request,
  ).catch((error: unknown) => {
    throw /users_email_lc_key|this sign-up is not open/.test(JSON.stringify(error, Object.getOwnPropertyNames(error ?? {})) + String((error as Error).message)) ? gone() : error
  })
  const { token } = await withPerson(userId, visitor, (scope) => openSession(scope, { method: 'sign_up', needsFactor: false }))
  return { slug, token }
}

const gone = () => new GoneError('This link has been used or is too old. Sign in, or sign up again.')
