'use client'

import { useRouter, usePathname } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react'
import type { Changes } from '@/lib/live/unseen'

type Present = Record<string, { userId: string; name: string }[]>
type Heard = { unread: number; changes: Changes | null; present: Present }
type Live = Heard & { isAway: boolean }

const LiveContext = createContext<Live>({ unread: 0, changes: null, present: {}, isAway: false })
// A short break, as every walk through a lift is, is not worth a word.
const AWAY_AFTER_MS = 5_000
const [AGAIN_MS, AGAIN_MAX_MS] = [3_000, 60_000]

/** How many notifications this person has not read here, as it changes. */
export const useUnread = () => useContext(LiveContext).unread
/** Which projects have changed lately, by how much was written down of them; who else has a task or project open; and whether the connection is away. */
export const useLive = () => useContext(LiveContext)

/**
 * One stream a browser and organization: browsers open few connections to a site, and people many tabs. The tab that holds the
 * lock listens and passes on what it hears; when it is closed, the next one does.
 */
export function LiveProvider({ slug, initial, children }: { slug: string; initial: number; children: ReactNode }) {
  const [heard, setHeard] = useState<(Heard & { since: number }) | null>(null)
  const [isAway, setAway] = useState(false)
  const router = useRouter()
  const pathname = usePathname()
  const hear = useEffectEvent((news: Heard | 'away') => {
    setAway(news === 'away')
    if (news === 'away') return
    const isNew = news.unread !== (heard?.unread ?? initial)
    setHeard({ ...news, since: initial })
    if (isNew && pathname.endsWith('/inbox')) router.refresh()
  })
  useEffect(() => {
    const name = `bulkhead-live-${slug}`
    const channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }: MessageEvent<Heard | 'away'>) => hear(data)
    const stop = new AbortController()
    const follow = () =>
      new Promise<void>((resolve) => {
        const pass = (news: Heard | 'away') => {
          channel.postMessage(news)
          hear(news)
        }
        let [away, again]: (ReturnType<typeof setTimeout> | undefined)[] = []
        let source: EventSource
        let failures = 0
        const open = () => {
          source = new EventSource(`/api/v1/${slug}/live`)
          source.onopen = () => {
            clearTimeout(away)
            failures = 0
          }
          source.onerror = () => {
            clearTimeout(away)
            away = setTimeout(() => pass('away'), AWAY_AFTER_MS)
            // A browser comes back by itself to a stream that broke, and never to one that was refused, as by a server that is starting.
            if (source.readyState === EventSource.CLOSED) again = setTimeout(open, Math.min(AGAIN_MAX_MS, AGAIN_MS * 2 ** failures++))
          }
          source.onmessage = ({ data }: MessageEvent<string>) => {
            clearTimeout(away)
            pass(JSON.parse(data) as Heard)
          }
        }
        open()
        stop.signal.addEventListener('abort', () => {
          source.close()
          clearTimeout(away)
          clearTimeout(again)
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
  return <LiveContext value={{ unread: heard && heard.since === initial ? heard.unread : initial, changes: heard?.changes ?? null, present: (!isAway && heard?.present) || {}, isAway }}>{children}</LiveContext>
}
