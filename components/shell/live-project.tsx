'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { hasUnseen, ofProject, type Seen } from '@/lib/live/unseen'
import { useLive } from './live'

/**
 * Reads the page again when its project has changed since it was rendered. Open dialogs and what is typed stay: only what the
 * server renders is new. `seen`: what was there before it was rendered.
 */
export function LiveProject({ id, seen }: { id: string; seen: Seen }) {
  const { changes, isAway } = useLive()
  const router = useRouter()
  const asked = useRef<{ after: Seen; heard: Seen }>(null)
  useEffect(() => {
    const heard = changes && ofProject(changes, id)
    // What was heard before asking again is in the answer, which has not come yet.
    if (!heard || !hasUnseen(heard, asked.current?.after === seen ? asked.current.heard : seen)) return
    asked.current = { after: seen, heard }
    router.refresh()
  }, [changes, id, seen, router])
  return <p role="status" className="text-[0.8125rem] text-warning empty:hidden">{isAway && 'Not connected: what colleagues change shows up when the connection is back.'}</p>
}
