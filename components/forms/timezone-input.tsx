'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** The browser's time zone, known only there: empty until the page has come to life. */
export function useBrowserTimezone(): string {
  return useSyncExternalStore(never, () => Intl.DateTimeFormat().resolvedOptions().timeZone, () => '')
}

/** Sends the browser's time zone along, unseen. */
export function TimezoneInput() {
  return <input type="hidden" name="timezone" value={useBrowserTimezone()} />
}
