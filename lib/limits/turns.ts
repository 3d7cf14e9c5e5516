import 'server-only'
import { UnavailableError } from '@/lib/errors'

type Turns = { working: number; waiting: (() => void)[] }

// Next.js may load a module once for each part of the application: the places are the process's.
const shared = globalThis as unknown as { bulkheadTurns?: Map<string, Turns> }

/**
 * Runs work when its turn comes: `atOnce` pieces of one name at a time in this process, the others wait in order and hold
 * nothing meanwhile, no connection and no thread. @throws UnavailableError at once when `waitingMax` wait already
 */
export async function inTurn<T>(name: string, { atOnce, waitingMax = Infinity }: { atOnce: number; waitingMax?: number }, work: () => Promise<T>): Promise<T> {
  const all = (shared.bulkheadTurns ??= new Map())
  const turns = all.get(name) ?? { working: 0, waiting: [] }
  all.set(name, turns)
  if (turns.working < atOnce) turns.working++
  else if (turns.waiting.length >= waitingMax) throw new UnavailableError(new Error(`${waitingMax} wait for ${name} already.`))
  else await new Promise<void>((resolve) => turns.waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = turns.waiting.shift()
    if (next) next()
    else turns.working--
  }
}
