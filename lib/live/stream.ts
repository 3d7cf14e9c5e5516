import 'server-only'
import { listen } from '@/lib/platform/listener'

const CHECK_MS = 60_000

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
      const unlisten = listen(tenantId, userId, () => void send())
      const timer = setInterval(() => void send(true), CHECK_MS)
      timer.unref()
      close = () => {
        if (isClosed) return
        isClosed = true
        unlisten()
        clearInterval(timer)
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
