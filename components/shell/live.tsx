'use client'

import { useRouter, usePathname } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react'

const LiveContext = createContext(0)

/** How many notifications this person has not read here, as it changes. */
export const useUnread = () => useContext(LiveContext)

/**
 * One stream a browser and organization: browsers open few connections to a site, and people many tabs. The tab that holds the
 * lock listens and passes on what it hears; when it is closed, the next one does.
 */
export function LiveProvider({ slug, initial, children }: { slug: string; initial: number; children: ReactNode }) {
  const [heard, setHeard] = useState<{ unread: number; since: number } | null>(null)
  const router = useRouter()
  const pathname = usePathname()
  const hear = useEffectEvent((unread: number) => {
    setHeard({ unread, since: initial })
    if (pathname.endsWith('/inbox')) router.refresh()
  })
  useEffect(() => {
    const name = `bulkhead-live-${slug}`
    const channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }: MessageEvent<number>) => hear(data)
    const stop = new AbortController()
    const follow = () =>
      new Promise<void>((resolve) => {
        const source = new EventSource(`/api/v1/${slug}/live`)
        source.onmessage = ({ data }: MessageEvent<string>) => {
          const { unread } = JSON.parse(data) as { unread: number }
          channel.postMessage(unread)
          hear(unread)
        }
        stop.signal.addEventListener('abort', () => {
          source.close()
          resolve()
        })
      })
    if (navigator.locks) navigator.locks.request(name, { signal: stop.signal }, follow).catch(() => {})
    else void follow()
    return () => {
      stop.abort()
      channel.close()
    }
  }, [slug])
  // What the server rendered later is newer than what was heard before.
  return <LiveContext value={heard && heard.since === initial ? heard.unread : initial}>{children}</LiveContext>
}
