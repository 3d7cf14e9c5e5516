import 'server-only'
import type { PersonScope } from '@/lib/platform/person'

export type HeldFactors = { hasTotp: boolean; hasPasskey: boolean }

/** Which second factors the person has: an authenticator that was confirmed, passkeys. */
export async function readHeldFactors({ tx, userId }: PersonScope): Promise<HeldFactors> {
  const [totps, passkeys] = [await tx.totpFactor.count({ where: { userId, confirmedAt: { not: null } } }), await tx.passkey.count({ where: { userId } })]
  return { hasTotp: totps > 0, hasPasskey: passkeys > 0 }
}
