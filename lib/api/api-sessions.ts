import 'server-only'
import { GATE_SENTENCES } from '@/lib/auth/gates'
import { ForbiddenError, Refusal } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import { findPerson, listOrganizations } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { passSecondFactor } from '@/lib/second-factor/factors'
import { endSessionOfToken, rotateSession } from '@/lib/sessions/sessions'
import { signInWithPassword } from '@/lib/sign-in/password-sign-in'
import { hashToken, newToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Visitor } from '@/lib/visitors/visitor'
import { ACCESS_TOKEN_SECONDS, signAccessToken } from './access-tokens'

const REFRESH_DAYS = 30

export type TokenPair = { access_token: string; refresh_token: string; token_type: 'Bearer'; expires_in: number }

/** Signs a script in: the same rules, limits and second factor as the form. @throws Refusal `second_factor_required` without a code */
export async function signInByApi({ email, password, code }: { email: string; password: string; code?: string }, visitor: Visitor): Promise<TokenPair> {
  const session = await signInWithPassword(email, password, visitor, 'api')
  let { token } = session
  if (session.needsFactor) {
    try {
      if (!code) throw new Refusal(401, 'second_factor_required', 'This account has a second factor: send its code too.')
      token = await passSecondFactor({ userId: session.userId, sessionId: session.id }, { code }, visitor)
    } catch (error) {
      await endSessionOfToken(token, visitor, 'factor_refused')
      throw error
    }
  }
  return issue(session.userId, session.id, token, visitor)
}

/**
 * Exchanges a refresh token for a new pair, once. A used one that comes again ends the session and all its tokens, later ones
 * too: somebody has a copy. @throws Refusal 401
 */
export async function refreshByApi(refreshToken: string, visitor: Visitor): Promise<TokenPair> {
  const [answer] = await ask<{ state: 'valid' | 'reused' | 'unknown'; session_id: string; user_id: string }>('use_refresh_token($1, $2)', [hashToken(refreshToken), new Date()])
  if (answer?.state !== 'valid') throw ended()
  // The session's own token is stored as a digest only, so the new pair comes with a new one; the old access token is out.
  const token = await withPerson(answer.user_id, visitor, (scope) => rotateSession(scope, answer.session_id))
  return issue(answer.user_id, answer.session_id, token, visitor)
}

async function issue(userId: string, sessionId: string, sessionToken: string, visitor: Visitor): Promise<TokenPair> {
  const { secret, hash } = newToken()
  await withPerson(userId, visitor, ({ tx }) => tx.refreshToken.createMany({ data: [{ id: uuidv7(), userId, sessionId, tokenHash: hash, expiresAt: new Date(Date.now() + REFRESH_DAYS * 86_400_000) }] }))
  return { access_token: await signAccessToken(userId, sessionToken), refresh_token: secret, token_type: 'Bearer', expires_in: ACCESS_TOKEN_SECONDS }
}

/** Who is behind a session token, with their organizations. @throws Refusal 401 · ForbiddenError while a gate is closed */
export async function describeMe(sessionToken: string | null) {
  const person = sessionToken ? await findPerson(sessionToken, 'api') : null
  if (!person) throw ended()
  if (person.gate) throw new ForbiddenError(GATE_SENTENCES[person.gate], person.gate)
  const organizations = (await listOrganizations(person.userId)).filter(({ status }) => status !== 'pending_approval')
  return { id: person.userId, name: person.name, email: person.email, email_verified: person.isEmailVerified, timezone: person.timezone, locale: person.locale, organizations: organizations.map(({ slug, name, role, status }) => ({ slug, name, role, status })) }
}

const ended = () => new Refusal(401, 'signed_out', 'This session has ended or never was. Sign in again.')
