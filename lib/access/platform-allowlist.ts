import { env } from '@/lib/env'
import { ask } from '@/lib/platform/ask'
import type { PlatformTransaction } from '@/lib/platform/person'
import { domainOf, normalizeEmail } from './email'

/** Whether the environment lets an address in. ALLOWED_ADDRESSES empty: everybody. The bound of what the console may list. */
export function isListedByEnvironment(address: string): boolean {
  const { ALLOWED_ADDRESSES } = env()
  if (ALLOWED_ADDRESSES.length === 0) return true
  const email = normalizeEmail(address)
  return email !== null && (ALLOWED_ADDRESSES.includes(email) || ALLOWED_ADDRESSES.includes(domainOf(email)))
}

/**
 * Whether this installation lets an address in at all: both lists do, the environment's and the one of the console, as they are
 * now. Inside a transaction it is asked there: a second connection would be one that others lack.
 */
export async function isListedByPlatform(address: string, tx?: Pick<PlatformTransaction, '$queryRaw'>): Promise<boolean> {
  if (!isListedByEnvironment(address)) return false
  const email = normalizeEmail(address) ?? ''
  const [row] = tx ? await tx.$queryRaw<{ is_listed: boolean }[]>`SELECT kernel.is_listed(${email})` : await ask<{ is_listed: boolean }>('is_listed($1)', [email])
  return row!.is_listed
}
