'use client'

import { useDateStyle } from './date-style'
import { exactTime } from './exact-time'

/** An instant in a time zone, to the minute, where "last week" is not enough. */
export function Moment({ iso, timeZone }: { iso: string; timeZone: string }) {
  return <time dateTime={iso} title={timeZone}>{exactTime(iso, timeZone, useDateStyle())}</time>
}
