import { randomBytes } from 'node:crypto'

/** Begins with the organization, so that its files can be counted, moved and erased together, and is not to be guessed. */
export function newFileKey(tenantId: string): string {
  return `${tenantId}/${randomBytes(16).toString('hex')}`
}

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-f]{32}$/

export const isFileKey = (key: string) => KEY.test(key)

/** @throws Error on a key that could lead elsewhere */
export function requireFileKey(key: string): string {
  if (!isFileKey(key)) throw new Error('This is no key of a file.')
  return key
}
