import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

const KEPT_MAX = 10_000
/** So long we answer by ourselves; then one of theirs is asked of the application again, which knows of a limit that was raised. */
const ALONE_MS = 2_000
// Until when who sent it in which organization is to wait: what the application has told them with the same credentials.
const waiting = new Map<string, { until: number; askAgainAt: number; asking?: IncomingMessage }>()

/** One that was told to wait and asks again all the same costs no more than this. Others learn nothing from it: the key is who asks, and where. */
export function refuseBusy(request: IncomingMessage, response: ServerResponse, requestId: string, now = Date.now()): boolean {
  const key = waiting.size > 0 ? keyOf(request) : null
  const told = key ? waiting.get(key) : undefined
  if (!key || !told) return false
  if (told.until <= now) return !waiting.delete(key)
  if (told.askAgainAt <= now) {
    Object.assign(told, { askAgainAt: now + ALONE_MS, asking: request })
    return false
  }
  const waitS = Math.ceil((told.until - now) / 1_000)
  const body = JSON.stringify({ error: { code: 'too_many_requests', message: `Too many requests of this organization. Try again in ${waitS} seconds.`, requestId } })
  response.writeHead(429, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'private, no-store', 'Retry-After': waitS }).end(body)
  request.resume()
  return true
}

/** What the application has answered: they are to wait so long, or, where it was asked again, not any more. */
export function noteBusy(request: IncomingMessage, waitS: number | undefined, now = Date.now()): void {
  const key = waitS || waiting.size > 0 ? keyOf(request) : null
  if (!key) return
  if (!waitS) return void (waiting.get(key)?.asking === request && waiting.delete(key))
  if (waiting.size >= KEPT_MAX) waiting.delete(waiting.keys().next().value!)
  waiting.set(key, { until: now + waitS * 1_000, askAgainAt: now + ALONE_MS })
}

// Programs alone: a person is shown a page.
function keyOf({ url = '', headers }: IncomingMessage): string | null {
  const organization = /^\/api\/v1\/([a-z0-9-]{3,40})\//.exec(url)?.[1]
  const credential = headers.authorization ?? headers.cookie
  return organization && credential ? createHash('sha256').update(`${organization}\0${credential}`).digest('base64') : null
}
