import 'server-only'
import { askConsole } from '@/lib/console/ask-console'
import { ask } from '@/lib/platform/ask'
import { keep, type SlowStatement, takeSlow } from '@/lib/telemetry/slow'

/** Tells the database which statements of this process were slow. What cannot be told is told later. */
export async function tellSlow(now = new Date()): Promise<void> {
  const told = takeSlow()
  if (told.length === 0) return
  const rows = told.map(({ text, calls, totalMs, maxMs, lastAt }) => ({ text, calls, total_ms: Math.round(totalMs), max_ms: Math.round(maxMs), last_at: lastAt }))
  try {
    await ask('add_slow_statements($1, $2)', [JSON.stringify(rows), now])
  } catch (error) {
    for (const one of told) keep(one)
    throw error
  }
}

/** Of all processes, fifty at most, the worst first: by the slowest call, or by the time of all calls. @throws NotFoundError for who is no super-admin */
export async function listSlowStatements(token: string, input: { hours: number; order: 'slowest' | 'total' }, now = new Date()): Promise<SlowStatement[]> {
  const { rows } = await askConsole<{ rows: (Omit<SlowStatement, 'lastAt'> & { lastAt: string })[] }>(token, 'statements', input, now)
  return rows.map((row) => ({ ...row, lastAt: new Date(row.lastAt) }))
}
