/** A statement by its text alone, and how slow it was. Milliseconds. */
export type SlowStatement = { text: string; calls: number; totalMs: number; maxMs: number; lastAt: Date }

export const SLOW_MS = 100
const KEPT_MAX = 100
const TEXT_MAX = 2_000

// Next.js may load a module once for each part of the application: what is kept is the process's.
const shared = globalThis as unknown as { bulkheadSlow?: Map<string, SlowStatement> }
const kept = () => (shared.bulkheadSlow ??= new Map())

/** Keeps a statement that took long, until it is told. What stands in it as a value is left out; values that are sent beside it never come here. */
export function noteStatement(sql: string, tookMs: number): void {
  if (tookMs >= SLOW_MS) keep({ text: withoutValues(sql).slice(0, TEXT_MAX), calls: 1, totalMs: tookMs, maxMs: tookMs, lastAt: new Date() })
}

/** Takes all of them, to be told. */
export function takeSlow(): SlowStatement[] {
  const all = [...kept().values()]
  kept().clear()
  return all
}

/** Puts back what could not be told. The hundred worst are kept. */
export function keep(more: SlowStatement): void {
  const all = kept()
  const one = all.get(more.text)
  if (one) Object.assign(one, { calls: one.calls + more.calls, totalMs: one.totalMs + more.totalMs, maxMs: Math.max(one.maxMs, more.maxMs), lastAt: more.lastAt > one.lastAt ? more.lastAt : one.lastAt })
  else all.set(more.text, more)
  if (all.size > KEPT_MAX) all.delete([...all.values()].reduce((least, other) => (other.maxMs < least.maxMs ? other : least)).text)
}

const withoutValues = (sql: string): string => sql.replace(/^\s*--.*$/gm, '').replace(/'(?:[^']|'')*'/g, '?').replace(/(?<![$\w.])\d+(?:\.\d+)?\b/g, '?').replace(/\s+/g, ' ').trim()
