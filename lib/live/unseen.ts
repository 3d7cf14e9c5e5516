/** How many events each minute (since 1970) holds for each project, by its id. Complete from the minute `since` on; events do not go. */
export type Changes = { since: number; projects: Record<string, Record<string, number>> }

/** The same for one project, as it was before a page of it was read. */
export type Seen = { since: number; minutes: Record<string, number> }

export const KEPT_MINUTES = 10
// Longer than any transaction takes from writing an event to its end, as for seals.
const LATE_MINUTES = 7

export const ofProject = ({ since, projects }: Changes, id: string): Seen => ({ since, minutes: projects[id] ?? {} })

/**
 * Whether something was heard that was not there yet when the other was read: a minute that holds more, whichever order
 * transactions ended in; or so long a silence between both that nobody can tell. What was heard before is never new.
 */
export function hasUnseen(heard: Seen, seen: Seen): boolean {
  if (heard.since > seen.since + KEPT_MINUTES - LATE_MINUTES) return true
  return Object.entries(heard.minutes).some(([minute, count]) => Number(minute) >= seen.since && count > (seen.minutes[minute] ?? 0))
}
