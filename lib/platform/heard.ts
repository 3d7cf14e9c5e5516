import 'server-only'

const STAYS_MS = 45_000
const FORM = /^here ([0-9a-f-]{36}) ([0-9a-f-]{36}) ([0-9a-f-]{36}) ([0-9a-f-]{36}) (stay|leave)$/

export type Here = { containerId: string; placeId: string; userId: string }
type Entry = Here & { timer: NodeJS.Timeout }

// In memory and nowhere else: who is where is forgotten within a minute, by every instance for itself.
const shared = globalThis as unknown as { bulkheadHere?: Map<string, Map<string, Entry>> }
const all = () => (shared.bulkheadHere ??= new Map())

/** Takes a signal of somebody who has a place open. `changed` is called when somebody comes or goes, not when they stay. */
export function noteHere(payload: string, changed: (tenantId: string) => void): void {
  const [, tenantId, containerId, placeId, userId, what] = FORM.exec(payload) ?? []
  if (!tenantId || !containerId || !placeId || !userId) return
  const [key, here] = [`${placeId} ${userId}`, all().get(tenantId) ?? new Map<string, Entry>()]
  const known = here.get(key)
  clearTimeout(known?.timer)
  const forget = () => {
    here.delete(key)
    if (here.size === 0) all().delete(tenantId)
    changed(tenantId)
  }
  if (what === 'leave') return known && forget()
  all().set(tenantId, here.set(key, { containerId, placeId, userId, timer: setTimeout(forget, STAYS_MS).unref() }))
  if (!known) changed(tenantId)
}

/** Everybody of an organization who has something open. Nobody may read it as it is: lib/live/presence.ts leaves out what its reader does not see. */
export const everybodyHere = (tenantId: string): Here[] => [...(all().get(tenantId)?.values() ?? [])]
