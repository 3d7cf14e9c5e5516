import { env } from '@/lib/env'
import { domainOf, normalizeEmail } from './email'

/** Whether this installation lets an address in at all. ALLOWED_ADDRESSES empty: everybody whom an organization takes. */
export function isListedByPlatform(address: string): boolean {
  const { ALLOWED_ADDRESSES } = env()
  if (ALLOWED_ADDRESSES.length === 0) return true
  const email = normalizeEmail(address)
  return email !== null && (ALLOWED_ADDRESSES.includes(email) || ALLOWED_ADDRESSES.includes(domainOf(email)))
}
