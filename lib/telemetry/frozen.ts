import { UnavailableError } from '@/lib/errors'

// A server that hangs answers nothing and closes nothing, so nothing fails: somebody has to notice.
const EVERY_MS = 150
const SILENCE_MAX_MS = 1_000
// A process that was busy itself cannot judge the other side.
const LATE_MS = 200

type Watch = { isFrozen: boolean; waiting: Set<(error: Error) => void>; askedAt: number | null; cuts: Set<() => void> }
const shared = globalThis as unknown as { bulkheadFrozen?: Watch }
const watch = (): Watch => (shared.bulkheadFrozen ??= { isFrozen: false, waiting: new Set(), askedAt: null, cuts: new Set() })

const hanging = () => Object.assign(new UnavailableError(new Error('The database hangs.')), { code: 'ETIMEDOUT', errno: -110, syscall: 'read' })

/** Whether the database has been asked and is silent. */
export const isFrozen = (): boolean => watch().isFrozen

/** The answer, or an UnavailableError as soon as the database is seen to hang. */
export function unlessFrozen<T>(answer: Promise<T>): Promise<T> {
  const { waiting } = watch()
  if (watch().isFrozen) {
    answer.catch(() => undefined)
    return Promise.reject(hanging())
  }
  return new Promise((resolve, reject) => {
    waiting.add(reject)
    const over = () => waiting.delete(reject)
    answer.then((value) => (over(), resolve(value)), (error: unknown) => (over(), reject(error as Error)))
  })
}

/** `cut` is called when the database hangs: what was open then may be open on this side alone, and answers nobody any more. */
export const onFreeze = (cut: () => void): unknown => watch().cuts.add(cut)

/**
 * Asks the database again and again on a connection of its own; one that refuses is not hanging, and fails by itself. While it hangs it
 * is asked anew each time, and only the latest question counts: after a failover nothing ever answers the one before. `signal`: given up.
 * @returns ends it
 */
export function watchForFreeze(ask: (signal: AbortSignal) => Promise<void>): () => void {
  const state = watch()
  let [lastTick, asked] = [Date.now(), new AbortController()]
  const begin = () => {
    const mine = (asked = new AbortController())
    state.askedAt = Date.now()
    const answered = () => asked === mine && Object.assign(state, { askedAt: null, isFrozen: false })
    ask(mine.signal).then(answered, answered)
  }
  const timer = setInterval(() => {
    const late = Date.now() - lastTick - EVERY_MS
    lastTick = Date.now()
    if (late > LATE_MS && state.askedAt !== null) state.askedAt += late
    if (state.askedAt === null) return begin()
    if (Date.now() - state.askedAt <= SILENCE_MAX_MS) return
    if (!state.isFrozen) {
      state.isFrozen = true
      for (const reject of state.waiting) reject(hanging())
      state.waiting.clear()
      for (const cut of state.cuts) cut()
    }
    asked.abort()
    begin()
  }, EVERY_MS).unref()
  return () => clearInterval(timer)
}
