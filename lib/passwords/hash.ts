import 'server-only'
import { hash, verify } from '@node-rs/argon2'
import bcrypt from 'bcryptjs'
import { inTurn } from '@/lib/limits/turns'

// OWASP's floor for argon2id: 19 MiB, two passes, one lane. The package's default algorithm is argon2id.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
export const PASSWORD_MAX = 200
const BCRYPT_BYTES = 72

export async function hashPassword(password: string): Promise<string> {
  return inTurn('hash', HASHING, () => hash(password.normalize('NFC'), OPTIONS))
}

// Each takes 19 MiB and a thread that other work of the process waits for.
const HASHING = { atOnce: 2 }

let decoy: Promise<string> | undefined

export type StoredPassword = { hash: string; algorithm: string }

/**
 * Takes as long for an unknown person (`null`) as for a known one, so that time does not tell which addresses exist. A bcrypt
 * hash (imported) costs what it cost where it was made, and is replaced at the next sign-in.
 */
export async function verifyPassword(stored: StoredPassword | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password that nobody has')
  const given = password.slice(0, PASSWORD_MAX).normalize('NFC')
  // bcrypt reads 72 bytes and no more: a longer password could be another one that begins alike. It is wrong, but not sooner.
  const isReadable = stored?.algorithm !== 'bcrypt' || Buffer.byteLength(given) <= BCRYPT_BYTES
  const isCorrect = await (stored?.algorithm === 'bcrypt' && isReadable ? verifyBcrypt(stored.hash, given) : verifyArgon(stored && isReadable ? stored.hash : await decoy, given))
  return stored !== null && isReadable && password.length <= PASSWORD_MAX && isCorrect
}

const verifyArgon = (expected: string, given: string) => inTurn('hash', HASHING, () => verify(expected, given, OPTIONS)).catch(() => false)

const verifyBcrypt = (expected: string, given: string) => inTurn('hash', HASHING, () => bcrypt.compare(given, expected)).catch(() => false)
