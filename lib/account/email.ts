import 'server-only'
import { normalizeEmail } from '@/lib/access/email'
import { env } from '@/lib/env'
import { ConflictError, GoneError } from '@/lib/errors'
import { takeAttempt } from '@/lib/limits/limits'
import { enqueueMail } from '@/lib/mail/outbox'
import type { Person } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { recordOwnEvent } from '@/lib/security-log/security-log'
import { consumeOneTimeToken, createOneTimeToken, findOneTimeToken, withdrawTokens } from '@/lib/tokens/one-time-tokens'
import type { Visitor } from '@/lib/visitors/visitor'

const CONFIRM_MINUTES = 24 * 60

/** Sends a link to the person's own address that confirms it. @throws TooManyRequestsError */
export async function requestVerification({ userId, email, name }: Person, visitor: Visitor): Promise<void> {
  await takeAttempt('mailTo', email.toLowerCase())
  const link = `${env().NEXTAUTH_URL}/verify/${await createOneTimeToken('verify_email', CONFIRM_MINUTES, { userId, email: email.toLowerCase() })}`
  await withPerson(userId, visitor, ({ tx }) => enqueueMail(tx, 'verify_email', email, { name, link }))
}

/**
 * Sends a link to another address; the account keeps its present one until that link is opened. Whether the address is
 * somebody's already is not told here, only when it is confirmed, by whoever reads its mail. @throws TooManyRequestsError
 */
export async function requestEmailChange({ userId, name }: Person, wished: string, visitor: Visitor): Promise<void> {
  const email = normalizeEmail(wished)!
  // An address of anybody's can be wished for.
  await takeAttempt('mailBy', userId)
  await takeAttempt('mailTo', email)
  await withPerson(userId, visitor, async (scope) => {
    // The last wish counts: an address typed wrong before is somebody else's, who must not be able to confirm it later.
    await withdrawTokens(scope, ['change_email'])
    const link = `${env().NEXTAUTH_URL}/verify/${await createOneTimeToken('change_email', CONFIRM_MINUTES, { userId, email, payload: { email: wished.trim() } }, scope.tx)}`
    await recordOwnEvent(scope, { action: 'email.change_requested', subject: email })
    await enqueueMail(scope.tx, 'change_email', wished, { name, link })
  })
}

/** Follows a link of either kind. Works in any browser: holding it is the proof. @throws GoneError · ConflictError when the address is taken */
export async function confirmEmail(secret: string, visitor: Visitor): Promise<{ email: string }> {
  const verified = await findOneTimeToken('verify_email', secret)
  const asked = verified ?? (await findOneTimeToken('change_email', secret))
  if (!asked?.userId || !asked.email) throw gone()
  const wished = typeof asked.payload.email === 'string' ? asked.payload.email : asked.email
  await withPerson(asked.userId, visitor, async (scope) => {
    const { tx, userId } = scope
    if (!(await consumeOneTimeToken(verified ? 'verify_email' : 'change_email', secret, tx))) throw gone()
    if (verified) {
      const { count } = await tx.user.updateMany({ where: { id: userId, emailLc: asked.email }, data: { emailVerifiedAt: new Date() } })
      if (count === 0) throw new GoneError('Your account has another address by now.')
      return recordOwnEvent(scope, { action: 'email.verified' })
    }
    // Links that went to the earlier address are in a mailbox that no longer speaks for this account.
    await withdrawTokens(scope, ['reset_password', 'verify_email', 'change_email'])
    const before = await tx.user.findUniqueOrThrow({ where: { id: userId } })
    await tx.user.update({ where: { id: userId }, data: { email: wished, emailLc: asked.email, emailVerifiedAt: new Date() } })
    await recordOwnEvent(scope, { action: 'email.changed', subject: asked.email! })
    if (before.email) await enqueueMail(tx, 'email_changed', before.email, { name: before.name, email: wished })
  }).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'P2002') throw new ConflictError('Another account has this address.')
    throw error
  })
  return { email: wished }
}

const gone = () => new GoneError('This link has been used or is too old. Ask for a new one under Account.')
