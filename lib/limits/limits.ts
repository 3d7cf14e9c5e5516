import 'server-only'
import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { TooManyRequestsError } from '@/lib/errors'
import { countingPool } from '@/lib/platform/counting'

/** How many attempts in how many seconds; `blockS`: how long it stays shut once they are used up. */
const LIMITS = {
  /** Wrong passwords of one account from browsers it does not know, and from each that it knows. */
  account: { points: 5, duration: 60 },
  /** Wrong passwords from one address, whatever the account. */
  address: { points: 20, duration: 60 },
  /** Wrong in a row, ended by a right one: closes the account to browsers it does not know. */
  row: { points: 10, duration: 86_400, blockDuration: 1_800 },
  /** Codes of a second factor for one person, whatever the session. */
  factor: { points: 5, duration: 60 },
  /** Mails that anybody can cause to one address: resets, sign-ups. */
  mailTo: { points: 5, duration: 3_600 },
  /** The same by one visitor. */
  mailBy: { points: 60, duration: 3_600 },
  /** Codes of organizations that one person tries. */
  join: { points: 10, duration: 600 },
  /** Challenges for a passkey that a visitor asks for before saying who they are: each is a row. */
  challenge: { points: 120, duration: 600 },
  /** Invitations that one person makes, and that one organization does. */
  inviteBy: { points: 200, duration: 3_600 },
  inviteFrom: { points: 200, duration: 3_600 },
  /** Organizations that one person founds. */
  found: { points: 30, duration: 86_400 },
  /** Archives that one organization makes, and that one person sends to have restored: up to two gigabytes each. */
  archive: { points: 3, duration: 86_400 },
  restore: { points: 5, duration: 86_400 },
  /** Large exports that one person asks for, and import files that they send. */
  exportBy: { points: 100, duration: 86_400 },
  importBy: { points: 200, duration: 86_400 },
} as const

export type Limit = keyof typeof LIMITS

const limiters = new Map<Limit, RateLimiterPostgres>()

// One counter for all instances: a row in PostgreSQL, moved by one statement. Nothing is kept in memory, and when the
// database does not answer, nothing is allowed.
function limiter(limit: Limit): RateLimiterPostgres {
  const known = limiters.get(limit)
  if (known) return known
  const made = makeLimiter(limit, LIMITS[limit])
  limiters.set(limit, made)
  return made
}

const callLimiters = new Map<number, RateLimiterPostgres>()

function makeLimiter(keyPrefix: string, options: { points: number; duration: number }): RateLimiterPostgres {
  return new RateLimiterPostgres({ storeClient: countingPool(), storeType: 'client', tableName: 'rate_limits', schemaName: 'public', tableCreated: true, clearExpiredByTimeout: false, keyPrefix, ...options })
}

/** Counters name nobody: the key is a digest of what is counted. */
function keyOf(parts: (string | null)[]): string {
  return createHash('sha256').update(parts.map((part) => part && networkOf(part)).join('\0')).digest('base64url')
}

/** What one visitor may call theirs: an IPv4 address, or the /64 of an IPv6 one, of which every connection has 2^64. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.replace(/%.*$/, '').replace(/[\d.]+$/, (end) => (end.includes('.') ? '0:0' : end)).split('::')
  const groups = (side: string | undefined) => (side ? side.split(':') : [])
  const [left, right] = [groups(head), groups(tail)]
  const all = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${all.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(':')}::/64`
}

/**
 * Takes one attempt before it is made, so that two hundred at once get no more than the limit.
 * @returns gives the attempt back when it turns out to have been right
 * @throws TooManyRequestsError with the seconds to wait
 */
export async function takeAttempt(limit: Limit, ...parts: (string | null)[]): Promise<() => Promise<void>> {
  const key = keyOf(parts)
  await consume(limiter(limit), key)
  return async () => void (await limiter(limit).reward(key))
}

/** One call of an API key, of those that it has an hour. @throws TooManyRequestsError */
export async function takeApiCall(keyId: string, perHour: number): Promise<void> {
  const known = callLimiters.get(perHour)
  const calls = known ?? makeLimiter('apiKey', { points: perHour, duration: 3_600 })
  if (!known) callLimiters.set(perHour, calls)
  await consume(calls, keyOf([keyId]))
}

/** Begins a counter anew: the password was right, or was set anew. */
export async function forgetAttempts(limit: Limit, ...parts: (string | null)[]): Promise<void> {
  await limiter(limit).delete(keyOf(parts))
}

async function consume(counter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await counter.consume(key)
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw new TooManyRequestsError(Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)))
    throw refusal
  }
}
