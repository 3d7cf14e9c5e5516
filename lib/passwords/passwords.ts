import 'server-only'
import { InvalidError } from '@/lib/errors'
import { enqueueMail } from '@/lib/mail/outbox'
import { env } from '@/lib/env'
import { withPerson, type PersonScope } from '@/lib/platform/person'
import { recordOwnEvent } from '@/lib/security-log/security-log'
import { endOtherSessions } from '@/lib/sessions/sessions'
import { withdrawTokens } from '@/lib/tokens/one-time-tokens'
import type { Visitor } from '@/lib/visitors/visitor'
import { verifyPassword } from './hash'
import { passwordProblem, type PasswordContext } from './rules'

type Stored = { password_hash: string | null; password_algorithm: string | null }

/**
 * Whether this is the person's password. Count attempts before asking, and ask outside of a transaction: hashes wait their turn,
 * and a connection that waits with them is one that others lack.
 */
export async function isMyPassword(userId: string, password: string, visitor: Visitor): Promise<boolean> {
  const [row] = await withPerson(userId, visitor, ({ tx }) => tx.$queryRaw<Stored[]>`SELECT * FROM kernel.my_password()`)
  return verifyPassword(row?.password_hash ? { hash: row.password_hash, algorithm: row.password_algorithm! } : null, password)
}

/** @throws InvalidError on the field `password` with the first rule that is broken */
export async function requireGoodPassword(password: string, context: PasswordContext): Promise<void> {
  const problem = await passwordProblem(password, context)
  if (problem) throw new InvalidError(problem, { password: [problem] })
}

/**
 * Sets the person's password, ends all their other sessions and tells them by mail. The caller has checked the rules and that
 * they may: the old password, a reset link, or nothing set before. It has hashed the password too, before the transaction.
 */
export async function setPassword(scope: PersonScope, passwordHash: string, { keepSession, event }: { keepSession: string | null; event: string }): Promise<void> {
  const { tx, userId } = scope
  const at = new Date()
  const user = await tx.user.update({ where: { id: userId }, data: { passwordHash, passwordAlgorithm: 'argon2id', passwordChangedAt: at, mustChangePassword: false } })
  await endOtherSessions(scope, keepSession, 'password_changed')
  // Links that were asked for before are of no use any more: whoever had the password may have asked for another address too.
  await withdrawTokens(scope, ['reset_password', 'change_email', 'connect'])
  await recordOwnEvent(scope, { action: event })
  if (user.email) await enqueueMail(tx, 'password_changed', user.email, { name: user.name, at: at.toISOString(), timezone: user.timezone, link: `${env().NEXTAUTH_URL}/forgot-password` })
}
