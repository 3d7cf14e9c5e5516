import 'server-only'
import { EMAIL_MAX, normalizeEmail } from '@/lib/access/email'
import { isListedByPlatform } from '@/lib/access/platform-allowlist'
import { Refusal } from '@/lib/errors'
import { forgetAttempts, takeAttempt } from '@/lib/limits/limits'
import { inTurn } from '@/lib/limits/turns'
import { hashPassword, verifyPassword } from '@/lib/passwords/hash'
import { ask } from '@/lib/platform/ask'
import { withPerson } from '@/lib/platform/person'
import { recordRefusal } from '@/lib/security-log/security-log'
import { openSession, type OpenSession } from '@/lib/sessions/sessions'
import { hashToken } from '@/lib/tokens/token'
import type { Visitor } from '@/lib/visitors/visitor'

type Credentials = { user_id: string; name: string; kind: string; status: string; password_hash: string | null; password_algorithm: string | null; knows_device: boolean; has_devices: boolean; has_second_factor: boolean }

/** Wrong address, wrong password, no password: one answer. */
export class WrongCredentialsError extends Refusal {
  constructor() {
    super(401, 'wrong_credentials', 'This address and password do not go together. Check both and try again.')
  }
}

/** Told after the right password only: the account exists and is closed. */
export class ClosedAccountError extends Refusal {
  constructor(status: string) {
    super(403, `account_${status}`, STATUS_SENTENCES[status] ?? STATUS_SENTENCES.deactivated!)
  }
}
const STATUS_SENTENCES: Record<string, string> = {
  deactivated: 'This account has been deactivated. Ask an owner of your organization.',
  suspended: 'This account is suspended. Ask an owner of your organization.',
  pending_verification: 'Confirm your e-mail address first: open the link that was sent to you.',
  not_listed: 'This installation is open to listed addresses only, and yours is not one of them.',
}

// When many come at once, everybody else's requests share one thread and five connections with them: so one signs in at a time,
// and the counting before it, which is short and refuses guessers, goes two by two. Some hundreds are seconds of waiting.
const SIGNING_IN = { atOnce: 1, waitingMax: 300 }
const COUNTING = { atOnce: 2, waitingMax: 1_000 }

export type SignedIn = OpenSession & { userId: string; needsFactor: boolean }

/**
 * Signs a person in by password. Every attempt is counted before it is made and given back when it was right, so that however
 * many come at once, no more guesses are made than allowed: 5 a minute for an account (of its own for each known browser), 20 for an
 * address; after 10 wrong ones in a row the account is closed for 30 minutes to browsers it does not know.
 * @throws TooManyRequestsError · WrongCredentialsError · ClosedAccountError
 */
export async function signInWithPassword(address: string, password: string, visitor: Visitor, kind: 'web' | 'api' = 'web'): Promise<SignedIn> {
  // What is no address is counted and looked up all the same, and found nowhere: a NUL is not dropped, which would make it one.
  const email = normalizeEmail(address) ?? address.slice(0, EMAIL_MAX).replaceAll('\0', '\uFFFD').toLowerCase()
  const device = visitor.deviceToken ? hashToken(visitor.deviceToken) : null
  const { found, giveBack } = await inTurn('sign-in attempt', COUNTING, async () => {
    const [found] = await ask<Credentials>('credentials_of($1, $2)', [email, device])
    const knownDevice = found?.knows_device ? visitor.deviceToken! : null
    const giveBack = [await takeAttempt('address', visitor.ip), await takeAttempt('account', email, knownDevice)]
    if (!knownDevice) await takeAttempt('row', email)
    return { found, giveBack }
  })
  return inTurn('sign-in', SIGNING_IN, () => enter(found, { email, password, visitor, kind, giveBack }))
}

type Attempt = { email: string; password: string; visitor: Visitor; kind: 'web' | 'api'; giveBack: (() => Promise<void>)[] }

async function enter(found: Credentials | undefined, { email, password, visitor, kind, giveBack }: Attempt): Promise<SignedIn> {
  const user = found?.kind === 'person' && found.password_hash ? found : undefined
  const isCorrect = await verifyPassword(user ? { hash: user.password_hash!, algorithm: user.password_algorithm! } : null, password)
  if (!user || !isCorrect) {
    await recordRefusal(visitor, { action: 'session.refused', subject: email, reason: 'wrong_password', userId: found?.user_id })
    throw new WrongCredentialsError()
  }
  await Promise.all([...giveBack.map((give) => give()), forgetAttempts('row', email)])
  const status = user.status === 'active' && !(await isListedByPlatform(email)) && !(await isSuperAdmin(user.user_id, visitor)) ? 'not_listed' : user.status
  if (status !== 'active') {
    await recordRefusal(visitor, { action: 'session.refused', subject: email, reason: status, userId: user.user_id })
    throw new ClosedAccountError(status)
  }
  // Hashed before the transaction begins: it waits its turn, and a connection that waits with it is one that others lack.
  const upgraded = user.password_algorithm === 'argon2id' ? null : await hashPassword(password)
  const session = await withPerson(user.user_id, visitor, async (scope) => {
    // Set anew while this one waited its turn: it is the old one.
    const [now] = await scope.tx.$queryRaw<Pick<Credentials, 'password_hash'>[]>`SELECT * FROM kernel.my_password()`
    if (now?.password_hash !== user.password_hash) throw new WrongCredentialsError()
    if (upgraded) await scope.tx.user.updateMany({ where: { id: user.user_id }, data: { passwordHash: upgraded, passwordAlgorithm: 'argon2id' } })
    return openSession(scope, { method: 'password', kind, needsFactor: user.has_second_factor })
  })
  return { ...session, userId: user.user_id, needsFactor: user.has_second_factor }
}

// The list closes the installation to everybody but those who run it.
const isSuperAdmin = (userId: string, visitor: Visitor) => withPerson(userId, visitor, async ({ tx }) => (await tx.user.findUniqueOrThrow({ where: { id: userId } })).isSuperAdmin)
