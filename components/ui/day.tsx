'use client'

import { useDateStyle } from './date-style'
import { dayOf } from './exact-time'

/** The day of an instant in a time zone, as the person signed in writes days. */
export function Day({ iso, timeZone }: { iso: string; timeZone: string }) {
  return <time dateTime={iso} className="whitespace-nowrap">{dayOf(iso, timeZone, useDateStyle())}</time>
}
