'use client'

import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

/** Shorter waits pass without a flicker; the bar at the top shows those. */
const PATIENCE_MS = 400

const listeners = new Set<() => void>()
let waiting = 0

/** Says that another page is on its way; call what it returns when it has come or been given up. */
export function expectPage(): () => void {
  const change = (by: number) => {
    waiting += by
    for (const listener of listeners) listener()
  }
  change(1)
  return () => change(-1)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Shows the outline of a page in place of the old one while the next is slow to come. */
export function PendingPage({ children }: { children: ReactNode }) {
  const isWaiting = useSyncExternalStore(subscribe, () => waiting > 0, () => false)
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(isWaiting), isWaiting ? PATIENCE_MS : 0)
    return () => clearTimeout(timer)
  }, [isWaiting])
  const showsOutline = isWaiting && isLate
  return (
    <>
      {showsOutline && (
        <div className="flex flex-col gap-5">
          <Skeleton className="h-7 w-56" />
          <SkeletonRows rows={8} label="Loading the page…" />
        </div>
      )}
      <div className={showsOutline ? 'hidden' : 'contents'}>{children}</div>
    </>
  )
}
