import 'server-only'
import { randomInt } from 'node:crypto'
import type { PersonScope } from '@/lib/platform/person'
import { keyedDigests } from '@/lib/tokens/seal'
import { v7 as uuidv7 } from '@/lib/uuid'
import { readHeldFactors } from './held-factors'

const COUNT = 10
const LENGTH = 10
// No letters or digits that look alike: 31^10 is some 8·10^14.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const USE = 'recovery code'

/** Makes ten new codes and forgets the old ones. They are shown now and never again. */
export async function createRecoveryCodes({ tx, userId }: PersonScope): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, () => Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''))
  await tx.recoveryCode.deleteMany({ where: { userId } })
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ id: uuidv7(), userId, codeHash: keyedDigests(USE, userId, code)[0]! })) })
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}

/** Whether a code is one of the person's; it is used up by being asked. */
export async function takeRecoveryCode({ tx, userId }: PersonScope, given: string): Promise<boolean> {
  const code = given.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (code.length !== LENGTH) return false
  const { count } = await tx.recoveryCode.updateMany({ where: { userId, codeHash: { in: keyedDigests(USE, userId, code) }, usedAt: null }, data: { usedAt: new Date() } })
  return count === 1
}

export async function countRecoveryCodes({ tx, userId }: PersonScope): Promise<number> {
  return tx.recoveryCode.count({ where: { userId, usedAt: null } })
}

/** With the last factor its recovery codes go: they would count for the next one without ever having been shown with it. */
export async function forgetRecoveryCodesWithoutFactor(scope: PersonScope): Promise<void> {
  const { hasTotp, hasPasskey } = await readHeldFactors(scope)
  if (!hasTotp && !hasPasskey) await scope.tx.recoveryCode.deleteMany({ where: { userId: scope.userId } })
}
