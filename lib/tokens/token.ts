import { createHash, randomBytes } from 'node:crypto'

/** A secret of 256 random bits for a cookie or a link, and the digest that is stored of it. */
export function newToken(): { secret: string; hash: Uint8Array<ArrayBuffer> } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: hashToken(secret) }
}

export function hashToken(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest())
}
