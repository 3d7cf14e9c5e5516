import { AsyncLocalStorage } from 'node:async_hooks'

/** What one organization has asked of this process. `statementMs`: in the database, over all its statements; `jobMs` of it in jobs. */
export type Load = { requests: number; refused: number; statementMs: number; jobMs: number; exportedRows: number }
type Rate = { requests: number; statementMs: number }

const NOTHING: Load = { requests: 0, refused: 0, statementMs: 0, jobMs: 0, exportedRows: 0 }
const RATE_MIN = 0.01

// Next.js may load a module once for each part of the application: what is counted is the process's.
const shared = globalThis as unknown as { bulkheadInJob?: AsyncLocalStorage<true>; bulkheadLoad?: { unsaid: Map<string, Load>; rates: Map<string, Rate>; takenAt: number } }
const load = () => (shared.bulkheadLoad ??= { unsaid: new Map(), rates: new Map(), takenAt: Date.now() })

const jobs = () => (shared.bulkheadInJob ??= new AsyncLocalStorage())

/** Runs work whose time in the database is that of a job. */
export const asJob = <T>(work: () => T): T => jobs().run(true, work)

/** Time that a statement took, for a request or for a job. */
export function countStatement(organization: string, tookMs: number): void {
  count(organization, { statementMs: tookMs, ...(jobs().getStore() && { jobMs: tookMs }) })
}

export function count(organization: string, more: Partial<Load>): void {
  const { unsaid } = load()
  const now = unsaid.get(organization) ?? { ...NOTHING }
  for (const key of Object.keys(more) as (keyof Load)[]) now[key] += more[key] ?? 0
  unsaid.set(organization, now)
}

/** What was counted since the last taking and has not been told to the database. */
export const unsaidOf = (organization: string): Load => load().unsaid.get(organization) ?? NOTHING

/** Takes all of it, to be told. What cannot be told is counted again. */
export function takeUnsaid(): Map<string, Load> {
  const state = load()
  const { unsaid, rates, takenAt } = state
  Object.assign(state, { unsaid: new Map(), takenAt: Date.now() })
  // A mean of about the last minute, which forgets who is quiet.
  const seconds = Math.max(0.1, (Date.now() - takenAt) / 1_000)
  const fading = Math.exp(-seconds / 60)
  for (const organization of new Set([...rates.keys(), ...unsaid.keys()])) {
    const [before, now] = [rates.get(organization) ?? { requests: 0, statementMs: 0 }, unsaid.get(organization) ?? NOTHING]
    const mean = (old: number, amount: number) => old * fading + (amount / seconds) * 60 * (1 - fading)
    const rate = { requests: mean(before.requests, now.requests), statementMs: mean(before.statementMs, now.statementMs) }
    if (rate.requests < RATE_MIN && rate.statementMs < RATE_MIN) rates.delete(organization)
    else rates.set(organization, rate)
  }
  return unsaid
}

/** The busiest organizations of this process, by time in the database a minute. */
export const busiestHere = (most: number): (Rate & { organization: string })[] => [...load().rates].map(([organization, rate]) => ({ organization, ...rate })).toSorted((a, b) => b.statementMs - a.statementMs).slice(0, most)
