/** How an error says to the page that stands in for it that an organization is over its plan for now; the seconds to wait follow. */
export const BUSY_DIGEST = 'too_many_requests:'

/** The seconds, if that is what went wrong. */
export const busySeconds = (digest: string | undefined): number | null => (digest?.startsWith(BUSY_DIGEST) ? Number(digest.slice(BUSY_DIGEST.length)) : null)
