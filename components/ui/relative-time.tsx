'use client'

import { useSyncExternalStore } from 'react'
import { classNames } from './class-names'
import { useDateStyle } from './date-style'
import { exactTime, relativeTime } from './exact-time'

const TICK_MS = 30_000

/** Relative from the first: the server's words may be half a minute older than the browser's, which then replaces them. */
export function RelativeTime({ iso, timeZone, className }: { iso: string; timeZone: string; className?: string }) {
  const nowMs = useSyncExternalStore(everyTick, currentTick, currentTick)
  const exact = exactTime(iso, timeZone, useDateStyle())
  return (
    <time suppressHydrationWarning dateTime={iso} title={`${exact} (${timeZone})`} className={classNames('whitespace-nowrap', className)}>
      {relativeTime(iso, nowMs)}
    </time>
  )
}

function everyTick(notify: () => void) {
  const timer = setInterval(notify, TICK_MS)
  return () => clearInterval(timer)
}

function currentTick() {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS
}
