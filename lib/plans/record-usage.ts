import 'server-only'
import { ask } from '@/lib/platform/ask'

/** Writes down what every organization holds today, and ends trials that have run out. Repeating it changes nothing. */
export async function recordUsage(now = new Date()): Promise<{ recorded: number; trialsEnded: number }> {
  const [row] = await ask<{ recorded: string; trials_ended: string }>('record_usage($1)', [now])
  return { recorded: Number(row!.recorded), trialsEnded: Number(row!.trials_ended) }
}

/** Counts one API call of an organization. `isOver`: it is one too many for this hour. */
export async function countApiCall(tenantId: string, now = new Date()): Promise<{ used: number; max: number | null; isOver: boolean; waitS: number }> {
  const [row] = await ask<{ used: string; most: number | null }>('count_usage($1, $2, $3, $4)', [tenantId, 'api_calls', now, 1])
  const [used, max] = [Number(row!.used), row!.most]
  return { used, max, isOver: max !== null && used > max, waitS: Math.ceil((3_600_000 - (now.getTime() % 3_600_000)) / 1000) }
}
