import 'server-only'
import { normalizeEmail } from '@/lib/access/email'
import { env } from '@/lib/env'
import { GoneError } from '@/lib/errors'
import { forgetAttempts, takeAttempt } from '@/lib/limits/limits'
import { enqueueMail } from '@/lib/mail/outbox'
import { ask } from '@/lib/platform/ask'
import { withPerson, type PersonScope } from '@/lib/platform/person'
import { readHeldFactors } from '@/lib/second-factor/held-factors'
import { consumeOneTimeToken, createOneTimeToken, findOneTimeToken } from '@/lib/tokens/one-time-tokens'
import { NO_VISITOR, type Visitor } from '@/lib/visitors/visitor'
import { v7 as uuidv7 } from '@/lib/uuid'
import { hashPassword } from './hash'
import { requireGoodPassword, setPassword } from './passwords'

const RESET_MINUTES = 60
type Found = { user_id: string; kind: string; status: string; password_hash: string | null; has_second_factor: boolean }

/**
 * Asks for a reset link. Does the same for every address, in the same time: who lives there is looked up when the mail is
 * sent. @throws TooManyRequestsError
 */
export async function requestReset(address: string, visitor: Visitor): Promise<void> {
  const email = normalizeEmail(address)
  await takeAttempt('mailBy', visitor.ip)
  await takeAttempt('mailTo', email ?? address)
  if (email) await ask('enqueue_mail($1, $2, $3, $4)', [uuidv7(), 'reset_request', email, '{}'])
}

/** The sender's half: writes to whoever has this address and may sign in, and to nobody else. */
export async function answerResetRequest(email: string): Promise<void> {
  const [found] = await ask<Found>('credentials_of($1, $2)', [email, null])
  if (!found || found.kind !== 'person' || found.status !== 'active') return
  const link = found.password_hash ? await makeResetLink(found.user_id, { isMailed: true }) : `${env().NEXTAUTH_URL}/sign-in`
  await withPerson(found.user_id, NO_VISITOR, async ({ tx, userId }) => {
    const { name } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
    if (found.password_hash) return enqueueMail(tx, 'reset_password', email, { name, link })
    const identity = await tx.userIdentity.findFirst({ where: { userId } })
    return enqueueMail(tx, 'reset_by_provider', email, { name, provider: identity?.provider ?? 'a passkey', link })
  })
}

/**
 * A link that sets a new password once, within the hour. For whoever may issue it: the sender, an admin, a set-up command.
 * `isMailed`: it goes to the person's address and nowhere else, so using it confirms that address.
 */
export async function makeResetLink(userId: string, { isMailed = false } = {}): Promise<string> {
  return `${env().NEXTAUTH_URL}/reset-password/${await createOneTimeToken('reset_password', RESET_MINUTES, { userId, payload: { isMailed } })}`
}

/** Whether a reset link is still good. */
export async function isResetOpen(secret: string): Promise<boolean> {
  return (await findOneTimeToken('reset_password', secret)) !== null
}

/**
 * Sets a new password by link. The rules are checked before the link is used up, so that a refused password loses nothing.
 * All sessions end; the second factor stays as it is. @throws GoneError · InvalidError
 */
export async function resetPassword(secret: string, password: string, visitor: Visitor): Promise<{ email: string }> {
  const asked = await findOneTimeToken('reset_password', secret)
  if (!asked?.userId) throw new GoneError('This link has been used or is too old. Ask for a new one.')
  const { name, email, emailLc, hasSecondFactor } = await withPerson(asked.userId, visitor, async (scope) => {
    const user = await scope.tx.user.findUniqueOrThrow({ where: { id: scope.userId } })
    const { hasTotp, hasPasskey } = await readHeldFactors(scope)
    return { ...user, hasSecondFactor: hasTotp || hasPasskey }
  })
  await requireGoodPassword(password, { name, email: email ?? '', hasSecondFactor })
  const passwordHash = await hashPassword(password)
  await withPerson(asked.userId, visitor, async (scope) => {
    if (!(await consumeOneTimeToken('reset_password', secret, scope.tx))) throw new GoneError('This link has been used just now.')
    await setPassword(scope, passwordHash, { keepSession: null, event: 'password.reset' })
    if (asked.payload.isMailed === true) await claimAddress(scope)
  })
  if (emailLc) await Promise.all([forgetAttempts('row', emailLc), forgetAttempts('account', emailLc, null)])
  return { email: email ?? '' }
}

// The link came to the address, so it is theirs. Whoever had the account before, unconfirmed, may have left ways in: they go.
async function claimAddress({ tx, userId }: PersonScope): Promise<void> {
  const { count } = await tx.user.updateMany({ where: { id: userId, emailVerifiedAt: null }, data: { emailVerifiedAt: new Date() } })
  if (count === 0) return
  await tx.passkey.deleteMany({ where: { userId } })
  await tx.totpFactor.deleteMany({ where: { userId } })
  await tx.recoveryCode.deleteMany({ where: { userId } })
  await tx.userIdentity.deleteMany({ where: { userId } })
  // A browser of theirs would go on as a known one: not told of, and open while others are shut out.
  await tx.device.deleteMany({ where: { userId } })
}
