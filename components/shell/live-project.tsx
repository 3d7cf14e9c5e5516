'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useLive } from './live'

/**
 * Reads the page again when its project has changed since it was rendered. Open dialogs and what is typed stay: only what the
 * server renders is new. `renderedAt`: milliseconds, by the server's clock like the changes.
 */
export function LiveProject({ id, renderedAt }: { id: string; renderedAt: number }) {
  const { changes, isAway } = useLive()
  const router = useRouter()
  const asked = useRef(0)
  const changedAt = changes[id] ?? 0
  useEffect(() => {
    if (changedAt <= Math.max(renderedAt, asked.current)) return
    asked.current = changedAt
    router.refresh()
  }, [changedAt, renderedAt, router])
  return <p role="status" className="text-[0.8125rem] text-warning empty:hidden">{isAway && 'Not connected: what colleagues change shows up when the connection is back.'}</p>
}
