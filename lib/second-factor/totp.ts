import 'server-only'
import { Secret, TOTP } from 'otpauth'
import { ConflictError, InvalidError } from '@/lib/errors'
import type { PersonScope } from '@/lib/platform/person'
import { seal, unseal } from '@/lib/tokens/seal'
import { createRecoveryCodes, forgetRecoveryCodesWithoutFactor } from './recovery-codes'
import { recordFactorChange } from './factor-events'

/** RFC 6238 with the values that every authenticator application knows: SHA-1, six digits, thirty seconds. */
const PERIOD_S = 30
/** A code is taken one step early or late, for clocks that differ. */
const WINDOW = 1
const SECRET_BYTES = 20
const USE = 'totp'

const authenticator = (secret: string, label = '') => new TOTP({ issuer: 'Bulkhead', label, algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret })

/** Begins to set up an authenticator: a new secret, worth nothing until a code of it has been given. */
export async function startTotp({ tx, userId }: PersonScope): Promise<{ secret: string; uri: string }> {
  const existing = await tx.totpFactor.findUnique({ where: { userId } })
  if (existing?.confirmedAt) throw new ConflictError('You have an authenticator already. Remove it before you set up another.', 'has_totp')
  const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  const secret = new Secret({ size: SECRET_BYTES }).base32
  const sealed = seal(USE, userId, secret)
  await tx.totpFactor.upsert({ where: { userId }, create: { userId, secret: sealed }, update: { secret: sealed, createdAt: new Date(), lastStep: 0 } })
  return { secret, uri: authenticator(secret, email ?? 'account').toString() }
}

/** Ends the set-up with a first code, and hands out recovery codes if there are none. @throws InvalidError on `code` */
export async function confirmTotp(scope: PersonScope, code: string): Promise<{ recoveryCodes: string[] | null }> {
  const { tx, userId } = scope
  if (!(await takeTotp(scope, code, { isConfirmed: false }))) throw wrongCode()
  await tx.totpFactor.update({ where: { userId }, data: { confirmedAt: new Date() } })
  await recordFactorChange(scope, 'totp.added', 'an authenticator was added')
  const has = await tx.recoveryCode.count({ where: { userId, usedAt: null } })
  return { recoveryCodes: has > 0 ? null : await createRecoveryCodes(scope) }
}

/** Whether a code is right now. Each step is taken once, also by two requests at the same time; the secret is sealed anew, with the present key. */
export async function takeTotp({ tx, userId }: PersonScope, code: string, { isConfirmed = true } = {}): Promise<boolean> {
  const factor = await tx.totpFactor.findUnique({ where: { userId } })
  if (!factor || (factor.confirmedAt !== null) !== isConfirmed) return false
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return false
  const now = Date.now()
  const secret = unseal(USE, userId, factor.secret)
  const delta = authenticator(secret).validate({ token, timestamp: now, window: WINDOW })
  if (delta === null) return false
  const step = Math.floor(now / 1_000 / PERIOD_S) + delta
  const { count } = await tx.totpFactor.updateMany({ where: { userId, lastStep: { lt: step } }, data: { lastStep: step, secret: seal(USE, userId, secret) } })
  return count === 1
}

export async function removeTotp(scope: PersonScope): Promise<void> {
  const { count } = await scope.tx.totpFactor.deleteMany({ where: { userId: scope.userId } })
  if (count === 0) return
  await forgetRecoveryCodesWithoutFactor(scope)
  await recordFactorChange(scope, 'totp.removed', 'your authenticator was removed')
}

export const wrongCode = () => new InvalidError('This code is not right. Codes change every 30 seconds, and each is taken once.', { code: ['This code is not right.'] })
