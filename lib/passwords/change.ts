import 'server-only'
import { InvalidError } from '@/lib/errors'
import { takeAttempt } from '@/lib/limits/limits'
import type { Person } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { recordRefusal } from '@/lib/security-log/security-log'
import { requireRecentProof } from '@/lib/second-factor/factors'
import { rotateSession } from '@/lib/sessions/sessions'
import type { Visitor } from '@/lib/visitors/visitor'
import { hashPassword } from './hash'
import { isMyPassword, requireGoodPassword, setPassword } from './passwords'

/**
 * Changes the person's password, or gives them a first one. Every other session ends and this one gets a new token, which is
 * returned. @throws InvalidError on `currentPassword` or `password` · TooManyRequestsError · Refusal `prove_again`
 */
export async function changePassword(person: Person, input: { currentPassword: string; password: string }, visitor: Visitor): Promise<string> {
  if (person.hasPassword) await requireCurrentPassword(person, input.currentPassword, visitor)
  else requireRecentProof(person)
  return setOwnPassword(person, input.password, visitor, 'password.changed')
}

/**
 * Replaces a password that had to be changed. The sign-in that led here has mostly just proven the old one; a session that was
 * open when the change was asked for has not, and whoever holds it proves themselves again. @throws Refusal `prove_again` · InvalidError
 */
export async function replacePassword(person: Person, password: string, visitor: Visitor): Promise<string> {
  requireRecentProof(person)
  const isSame = await isMyPassword(person.userId, password, visitor)
  if (isSame) throw new InvalidError('Choose another one than the present.', { password: ['This is your present password. Choose another.'] })
  return setOwnPassword(person, password, visitor, 'password.replaced')
}

async function requireCurrentPassword({ userId }: Person, password: string, visitor: Visitor): Promise<void> {
  const giveBack = await takeAttempt('factor', userId)
  if (await isMyPassword(userId, password, visitor)) return giveBack()
  await recordRefusal(visitor, { action: 'password.change_refused', userId })
  throw new InvalidError('Your present password is not right.', { currentPassword: ['This is not your present password.'] })
}

async function setOwnPassword(person: Person, password: string, visitor: Visitor, event: string): Promise<string> {
  const { userId, sessionId, name, email, hasSecondFactor } = person
  await requireGoodPassword(password, { name, email, hasSecondFactor })
  const passwordHash = await hashPassword(password)
  return withPerson(userId, visitor, async (scope) => {
    await setPassword(scope, passwordHash, { keepSession: sessionId, event })
    return rotateSession(scope, sessionId, { provenAt: new Date() })
  })
}
