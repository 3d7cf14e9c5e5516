import 'server-only'
import { ask } from '@/lib/platform/ask'

const FIRST = '00000000-0000-0000-0000-000000000000'
/** Organizations at a time, within the time of one statement. */
const PORTION = 100

/** Writes down what every organization holds today, and ends trials that have run out. Repeating it changes nothing. */
export async function recordUsage(now = new Date()): Promise<{ recorded: number; trialsEnded: number }> {
  const sum = { recorded: 0, trialsEnded: 0 }
  for (let after: string | null = FIRST; after !== null; ) {
    const rows: { recorded: string; trials_ended: string; last: string | null }[] = await ask('record_usage($1, $2, $3)', [now, after, PORTION])
    sum.recorded += Number(rows[0]!.recorded)
    sum.trialsEnded += Number(rows[0]!.trials_ended)
    after = rows[0]!.last
  }
  return sum
}

/** Counts one API call of an organization. `isOver`: it is one too many for this hour. */
export async function countApiCall(tenantId: string, now = new Date()): Promise<{ used: number; max: number | null; isOver: boolean; waitS: number }> {
  const [row] = await ask<{ used: string; most: number | null }>('count_usage($1, $2, $3, $4)', [tenantId, 'api_calls', now, 1])
  const [used, max] = [Number(row!.used), row!.most]
  return { used, max, isOver: max !== null && used > max, waitS: Math.ceil((3_600_000 - (now.getTime() % 3_600_000)) / 1000) }
}
