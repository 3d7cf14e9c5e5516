/** How many skipped tasks are remembered: the latest. */
export const SKIPPED_MAX = 50

/** What the page of the next task reads from its address. `person`: '' for oneself. `skip`: put off for this visit, the earliest first. */
export type NextAddress = { person: string; project: string; workstream: string; label: string; skip: string[] }

export function nextAddress({ skip, ...filters }: Partial<NextAddress>): string {
  const chosen = Object.entries(filters).filter(([, value]) => value)
  const query = new URLSearchParams([...chosen, ...(skip?.length ? [['skip', skip.slice(-SKIPPED_MAX).join(',')]] : [])]).toString()
  return query && `?${query}`
}
