'use client'

import { useSyncExternalStore } from 'react'
import { classNames } from './class-names'
import { exactTime, relativeTime } from './exact-time'

const TICK_MS = 30_000

/** The server and the first client render show the exact time; only then does it become relative. */
export function RelativeTime({ iso, timeZone, className }: { iso: string; timeZone: string; className?: string }) {
  const nowMs = useSyncExternalStore(everyTick, currentTick, () => null)
  const exact = exactTime(iso, timeZone)
  return (
    <time dateTime={iso} title={`${exact} (${timeZone})`} className={classNames('whitespace-nowrap', className)}>
      {nowMs === null ? exact : relativeTime(iso, nowMs)}
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
