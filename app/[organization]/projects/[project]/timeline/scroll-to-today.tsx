'use client'

import { type ReactNode, useEffect, useRef } from 'react'

const BEFORE = 120

/** A region of its own to scroll in, also by keyboard, which begins a little before today. */
export function ScrollToToday({ label, x, children }: { label: string; x: number; children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    region.current!.scrollLeft = x - BEFORE
  }, [x])
  return <div ref={region} role="region" aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border bg-surface-raised">{children}</div>
}
