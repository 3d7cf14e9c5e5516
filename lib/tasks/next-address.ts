const SKIPPED_MAX = 50

/** What the page of the next task reads from its address. `skip`: put off for this visit, the earliest first. */
export type NextAddress = { project: string; skip: string[] }

export function nextAddress({ project, skip }: NextAddress): string {
  const query = new URLSearchParams({ ...(project && { project }), ...(skip.length > 0 && { skip: skip.slice(-SKIPPED_MAX).join(',') }) }).toString()
  return query && `?${query}`
}
