import 'server-only'
import { hash, verify } from '@node-rs/argon2'

// OWASP's floor for argon2id: 19 MiB, two passes, one lane. The package's default algorithm is argon2id.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const PASSWORD_MAX = 200

export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFC'), OPTIONS))
}

// Two at a time: each takes 19 MiB and a thread that other work of the process waits for.
const WORKERS = 2
const waiting: (() => void)[] = []
let working = 0

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (working >= WORKERS) await new Promise<void>((resolve) => waiting.push(resolve))
  else working++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else working--
  }
}

let decoy: Promise<string> | undefined

/** Takes as long for an unknown person (`null`) as for a known one, so that time does not tell which addresses exist. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password that nobody has')
  const expected = stored ?? (await decoy)
  const isCorrect = await inTurn(() => verify(expected, password.slice(0, PASSWORD_MAX).normalize('NFC'), OPTIONS)).catch(() => false)
  return stored !== null && password.length <= PASSWORD_MAX && isCorrect
}
