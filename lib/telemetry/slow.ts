/** A statement by its text alone, and how slow it was: the worst of this process. Milliseconds. */
export type SlowStatement = { text: string; calls: number; totalMs: number; maxMs: number; lastAt: Date }

const SLOW_MS = 100
const KEPT_MAX = 100
const TEXT_MAX = 2_000

const shared = globalThis as unknown as { bulkheadSlow?: Map<string, SlowStatement> }
const kept = () => (shared.bulkheadSlow ??= new Map())

/** Keeps a statement that took long. What stands in it as a value is left out; values that are sent beside it never come here. */
export function noteStatement(sql: string, tookMs: number): void {
  if (tookMs < SLOW_MS) return
  const text = withoutValues(sql).slice(0, TEXT_MAX)
  const all = kept()
  const one = all.get(text)
  if (one) Object.assign(one, { calls: one.calls + 1, totalMs: one.totalMs + tookMs, maxMs: Math.max(one.maxMs, tookMs), lastAt: new Date() })
  else all.set(text, { text, calls: 1, totalMs: tookMs, maxMs: tookMs, lastAt: new Date() })
  if (all.size > KEPT_MAX) all.delete([...all.values()].reduce((least, other) => (other.maxMs < least.maxMs ? other : least)).text)
}

/** The slowest first. */
export const slowStatements = (): SlowStatement[] => [...kept().values()].toSorted((a, b) => b.maxMs - a.maxMs)

const withoutValues = (sql: string): string => sql.replace(/'(?:[^']|'')*'/g, '?').replace(/(?<![$\w.])\d+(?:\.\d+)?\b/g, '?').replace(/\s+/g, ' ').trim()
