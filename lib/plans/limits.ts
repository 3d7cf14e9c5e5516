import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { LIMIT_KEYS, type LimitKey } from './limit-keys'

export const LIMITS = LIMIT_KEYS
export type { LimitKey }
/** What is used and what may be; `max` null: as many as are wanted. */
export type Usage = { key: LimitKey; used: number; max: number | null }

/** From here on people are told that a limit is near. */
export const NEAR = 0.8

/** Seats, projects, megabytes of files, API calls of this hour: in use and allowed, for every member. */
export async function readUsage({ tx }: Scope): Promise<Usage[]> {
  const rows = await tx.$queryRaw<{ limit_key: LimitKey; used: bigint; most: number | null }[]>`SELECT * FROM kernel.my_usage(${new Date()})`
  return rows.map(({ limit_key: key, used, most }) => ({ key, used: Number(used), max: most }))
}

/** How many more there may be; null while the limit is far, or there is none. Said before it is reached, not when. */
export async function readRemaining(scope: Scope, key: LimitKey): Promise<number | null> {
  const usage = (await readUsage(scope)).find((row) => row.key === key)
  if (!usage || usage.max === null || usage.used < usage.max * NEAR) return null
  return Math.max(0, usage.max - usage.used)
}
