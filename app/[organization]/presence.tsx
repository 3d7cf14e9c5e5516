'use client'

import { useEffect } from 'react'
import { useOrganization } from '@/components/forms/organization'
import { useLive } from '@/components/shell/live'
import { Avatar } from '@/components/ui/avatar'

const BEAT_MS = 20_000
const SHOWN_MAX = 5

/** Says that this task or project is open here, and shows who else has it open. A tab that nobody looks at is not there. */
export function Presence({ taskId, projectId }: { taskId?: string; projectId?: string }) {
  const { slug } = useOrganization()
  const id = taskId ?? projectId!
  const people = useLive().present[id] ?? []
  useEffect(() => {
    const tell = (leave: boolean) => void fetch(`/api/v1/${slug}/presence?${new URLSearchParams({ kind: taskId ? 'task' : 'project', id, leave: leave ? '1' : '0' })}`, { method: 'POST', keepalive: true }).catch(() => {})
    const beat = () => document.visibilityState === 'visible' && tell(false)
    const look = () => tell(document.visibilityState !== 'visible')
    const leave = () => tell(true)
    beat()
    const timer = setInterval(beat, BEAT_MS)
    document.addEventListener('visibilitychange', look)
    window.addEventListener('pagehide', leave)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [slug, taskId, id])
  if (people.length === 0) return null
  return (
    <ul aria-label="Also here" className="flex items-center -space-x-1">
      {people.slice(0, SHOWN_MAX).map(({ userId, name }) => <li key={userId} className="rounded-full ring-2 ring-surface"><Avatar id={userId} name={name} size="sm" labelled /></li>)}
      {people.length > SHOWN_MAX && <li className="ps-2 text-xs text-text-muted">+{people.length - SHOWN_MAX}</li>}
    </ul>
  )
}
