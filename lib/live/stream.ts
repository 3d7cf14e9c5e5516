import 'server-only'
import { EVERYBODY, listen } from '@/lib/platform/listener'

const CHECK_MS = 60_000
// A busy organization changes many times a second; each browser asks at most this often what it was.
const CALM_MS = 1_000

// Streams are the one answer that does not end by itself: the process ends them when it stops.
const shared = globalThis as unknown as { bulkheadStreams?: Set<() => void> }
const open = () => (shared.bulkheadStreams ??= new Set())

export function closeStreams(): void {
  for (const close of open()) close()
}

/**
 * Server-sent events for one member: what `read` answers, now, whenever they are told something, and once a minute. `read`
 * proves the session and the membership each time; null ends the stream, and the browser learns why when it comes back.
 */
export function memberStream({ tenantId, userId }: { tenantId: string; userId: string }, read: () => Promise<object | null>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let close = () => {}
  return new ReadableStream({
    start(controller) {
      let [isClosed, isReading, isStale, last] = [false, false, false, '']
      let calm: NodeJS.Timeout | undefined
      const hearChange = () => {
        calm ??= setTimeout(() => {
          calm = undefined
          void send()
        }, CALM_MS * (0.5 + Math.random() / 2))
        calm.unref()
      }
      const unlisten = [listen(tenantId, userId, () => void send()), listen(tenantId, EVERYBODY, hearChange)]
      const timer = setInterval(() => void send(true), CHECK_MS)
      timer.unref()
      close = () => {
        if (isClosed) return
        isClosed = true
        for (const end of unlisten) end()
        clearInterval(timer)
        clearTimeout(calm)
        open().delete(close)
        signal.removeEventListener('abort', close)
        try {
          controller.close()
        } catch {
          // The browser has gone first.
        }
      }
      // One at a time: signals that come meanwhile are one more reading.
      const send = async (isBeat = false): Promise<void> => {
        if (isReading) return void (isStale = true)
        isReading = true
        try {
          const answer = await read()
          if (answer === null) return close()
          const text = JSON.stringify(answer)
          if (!isClosed && (text !== last || isBeat)) controller.enqueue(encoder.encode(text === last ? ': still here\n\n' : `data: ${text}\n\n`))
          last = text
        } catch {
          // The database is away: the browser comes back by itself.
          close()
        } finally {
          isReading = false
          if (isStale && !isClosed) {
            isStale = false
            void send()
          }
        }
      }
      open().add(close)
      signal.addEventListener('abort', close)
      controller.enqueue(encoder.encode('retry: 3000\n\n'))
      void send()
    },
    cancel: () => close(),
  })
}
