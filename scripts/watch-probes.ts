import { setTimeout as wait } from 'node:timers/promises'
import { takeProbeRequest } from '@/lib/isolation/probe'

const EVERY_MS = 3_000

/** Runs a probe for each time that somebody has asked for one, until told to stop. A database that is away is looked for again. */
export async function watchProbes(url: string, run: () => Promise<unknown>, signal?: AbortSignal): Promise<void> {
  let isAway = false
  while (!signal?.aborted) {
    try {
      if (await takeProbeRequest(url)) await run()
      isAway = false
    } catch (error) {
      if (!isAway) console.error(`The probe that was asked for could not run, and is tried again: ${(error as Error).message}`)
      isAway = true
    }
    await wait(EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}
