import 'server-only'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { isListedByPlatform } from '@/lib/access/platform-allowlist'
import { takeAttempt } from '@/lib/limits/limits'
import { ask } from '@/lib/platform/ask'
import { withPerson } from '@/lib/platform/person'
import { recordRefusal } from '@/lib/security-log/security-log'
import { openSession } from '@/lib/sessions/sessions'
import { ClosedAccountError, WrongCredentialsError, type SignedIn } from '@/lib/sign-in/password-sign-in'
import type { Visitor } from '@/lib/visitors/visitor'
import { credentialIdOf, parse, takePasskey } from './passkeys'

/**
 * Signs in with a passkey alone: something the person has, and, checked by their device, something they are or know. No
 * second factor is asked for after it. @throws WrongCredentialsError · ClosedAccountError · TooManyRequestsError
 */
export async function signInWithPasskey(answer: string, visitor: Visitor): Promise<SignedIn> {
  const giveBack = await takeAttempt('address', visitor.ip)
  const [owner] = await ask<{ user_id: string; status: string }>('passkey_owner($1)', [credentialIdOf(parse<AuthenticationResponseJSON>(answer))])
  const session = owner && (await withPerson(owner.user_id, visitor, async (scope) => {
    if (!(await takePasskey(scope, answer, { isSignIn: true }))) return null
    const { email, isSuperAdmin } = await scope.tx.user.findUniqueOrThrow({ where: { id: scope.userId } })
    const status = owner.status === 'active' && !isSuperAdmin && !(await isListedByPlatform(email ?? '', scope.tx)) ? 'not_listed' : owner.status
    return status === 'active' ? openSession(scope, { method: 'passkey', needsFactor: false }) : status
  }))
  if (!session || typeof session === 'string') {
    await recordRefusal(visitor, { action: 'session.refused', reason: session || 'wrong_passkey', userId: owner?.user_id })
    // Told to the holder of the passkey only.
    throw session ? new ClosedAccountError(session) : new WrongCredentialsError()
  }
  await giveBack()
  return { ...session, userId: owner.user_id, needsFactor: false }
}
