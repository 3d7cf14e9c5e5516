'use client'

import { type ReactNode, useEffect, useRef } from 'react'

const BEFORE = 0.4

/** A region of its own to scroll in, also by keyboard, which begins with today in view. */
export function ScrollToToday({ label, x, children }: { label: string; x: number; children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    region.current!.scrollLeft = x - BEFORE * region.current!.clientWidth
  }, [x])
  return <div ref={region} role="region" aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border bg-surface-raised">{children}</div>
}
