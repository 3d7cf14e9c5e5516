import 'server-only'
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '@/lib/env'

const IV_BYTES = 12
const TAG_BYTES = 16

// One key for each use, all from the installation's secret. What was sealed with the previous one is readable while that is set.
const keysFor = (use: string) => [env().NEXTAUTH_SECRET, env().NEXTAUTH_SECRET_PREVIOUS].filter((secret) => secret !== undefined).map((secret) => Buffer.from(hkdfSync('sha256', secret, '', `bulkhead ${use}`, 32)))

/** Encrypts what has to be readable again (AES-256-GCM); `owner` binds it to a row, so that it is worth nothing in another. */
export function seal(use: string, owner: string, text: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keysFor(use)[0]!, iv).setAAD(Buffer.from(owner))
  return new Uint8Array(Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]))
}

/** @throws when it was sealed for another use, row or secret, or was changed */
export function unseal(use: string, owner: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed)
  const [key, previous] = keysFor(use)
  try {
    return open(key!, owner, bytes)
  } catch (error) {
    if (!previous) throw error
    return open(previous, owner, bytes)
  }
}

function open(key: Buffer, owner: string, bytes: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
}

/**
 * Digests of something short, by the present key, which is the one to store, and the previous one: without the installation's
 * secret the database alone cannot be searched for it.
 */
export function keyedDigests(use: string, owner: string, text: string): Uint8Array<ArrayBuffer>[] {
  return keysFor(use).map((key) => new Uint8Array(createHmac('sha256', key).update(`${owner}\0${text}`).digest()))
}
