export const DISMISSED_COOKIE = 'dismissed'
const KEPT_MAX = 20

/** The ids of announcements that this browser has put away. */
export const dismissedIn = (cookie: string | undefined): string[] => (cookie ?? '').split('.').filter((id) => /^[0-9a-f-]{36}$/.test(id)).slice(-KEPT_MAX)
