import 'server-only'
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '@/lib/env'

const IV_BYTES = 12
const TAG_BYTES = 16

// One key for each use, all from the installation's secret.
const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', env().NEXTAUTH_SECRET, '', `bulkhead ${use}`, 32))

/** Encrypts what has to be readable again (AES-256-GCM); `owner` binds it to a row, so that it is worth nothing in another. */
export function seal(use: string, owner: string, text: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyFor(use), iv).setAAD(Buffer.from(owner))
  return new Uint8Array(Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]))
}

/** @throws when it was sealed for another use, row or secret, or was changed */
export function unseal(use: string, owner: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', keyFor(use), bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
}

/** A digest of something short: without the installation's secret the database alone cannot be searched for it. */
export function keyedDigest(use: string, owner: string, text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac('sha256', keyFor(use)).update(`${owner}\0${text}`).digest())
}
