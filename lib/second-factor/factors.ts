import 'server-only'
import { Refusal } from '@/lib/errors'
import { takeAttempt } from '@/lib/limits/limits'
import type { Person } from '@/lib/platform/directory'
import { withPerson, type PersonScope } from '@/lib/platform/person'
import { recordOwnEvent, recordRefusal } from '@/lib/security-log/security-log'
import { isMyPassword } from '@/lib/passwords/passwords'
import { rememberDevice, rotateSession } from '@/lib/sessions/sessions'
import type { Visitor } from '@/lib/visitors/visitor'
import { takePasskey } from './passkeys'
import { takeRecoveryCode } from './recovery-codes'
import { takeTotp, wrongCode } from './totp'

/** How long a proof counts for sensitive acts. */
const PROOF_MINUTES = 15

/** One way to prove who one is: a six-digit or recovery code, a passkey's answer, the password. */
export type Proof = { code: string } | { passkey: string } | { password: string }
type Acting = Pick<Person, 'userId' | 'sessionId'>

/**
 * Passes the second factor of a sign-in. The session gets a new token, so that a copy of the old one is worth nothing.
 * @throws InvalidError on `code` · TooManyRequestsError after five wrong ones a minute, in whatever session
 */
export async function passSecondFactor({ userId, sessionId }: Acting, proof: Exclude<Proof, { password: string }>, visitor: Visitor): Promise<string> {
  return attempt(userId, visitor, () =>
    withPerson(userId, visitor, async (scope) => {
      const by = await proveBy(scope, proof)
      if (!by) return null
      const at = new Date()
      const token = await rotateSession(scope, sessionId, { factorAt: at, provenAt: at })
      await recordOwnEvent(scope, { action: 'session.factor_passed', subject: by })
      await rememberDevice(scope)
      return token
    }),
  )
}

/** Proves once more who is acting, before something sensitive. @throws InvalidError · TooManyRequestsError */
export async function proveAgain({ userId, sessionId }: Acting, proof: Proof, visitor: Visitor): Promise<string> {
  return attempt(userId, visitor, async () => {
    if ('password' in proof && !(await isMyPassword(userId, proof.password, visitor))) return null
    return withPerson(userId, visitor, async (scope) => {
      const by = 'password' in proof ? 'password' : await proveBy(scope, proof)
      if (!by) return null
      await recordOwnEvent(scope, { action: 'session.proven', subject: by })
      return rotateSession(scope, sessionId, { provenAt: new Date() })
    })
  })
}

export const isRecentlyProven = ({ provenAt }: Pick<Person, 'provenAt'>, minutes: number) => Date.now() - provenAt.getTime() <= minutes * 60_000

/** The first line of a sensitive act. @throws Refusal `prove_again`, upon which the form asks and sends once more */
export function requireRecentProof(person: Pick<Person, 'provenAt'>): void {
  if (!isRecentlyProven(person, PROOF_MINUTES)) throw new Refusal(403, 'prove_again', 'Confirm that it is you first.')
}

// Counted before it is looked at and given back when right; what a wrong one wrote is rolled back, its record is not.
async function attempt(userId: string, visitor: Visitor, work: () => Promise<string | null>): Promise<string> {
  const giveBack = await takeAttempt('factor', userId)
  const token = await work()
  if (token === null) {
    await recordRefusal(visitor, { action: 'session.factor_refused', userId })
    throw wrongCode()
  }
  await giveBack()
  return token
}

async function proveBy(scope: PersonScope, proof: Exclude<Proof, { password: string }>): Promise<string | null> {
  if ('passkey' in proof) return (await takePasskey(scope, proof.passkey)) ? 'passkey' : null
  if (await takeTotp(scope, proof.code)) return 'totp'
  return (await takeRecoveryCode(scope, proof.code)) ? 'recovery_code' : null
}
