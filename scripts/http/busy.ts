import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

const KEPT_MAX = 10_000
// Until when who sent it in which organization is to wait: what the application has told them with the same credentials.
const waiting = new Map<string, number>()

/** One that was told to wait and asks again all the same costs no more than this. Others learn nothing from it: the key is who asks, and where. */
export function refuseBusy(request: IncomingMessage, response: ServerResponse, requestId: string, now = Date.now()): boolean {
  const key = waiting.size > 0 ? keyOf(request) : null
  const until = key ? waiting.get(key) : undefined
  if (!key || until === undefined) return false
  if (until <= now) return !waiting.delete(key)
  const waitS = Math.ceil((until - now) / 1_000)
  const body = JSON.stringify({ error: { code: 'too_many_requests', message: `Too many requests of this organization. Try again in ${waitS} seconds.`, requestId } })
  response.writeHead(429, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'private, no-store', 'Retry-After': waitS }).end(body)
  request.resume()
  return true
}

/** They were told to wait so long. */
export function noteBusy(request: IncomingMessage, waitS: number, now = Date.now()): void {
  const key = keyOf(request)
  if (!key) return
  if (waiting.size >= KEPT_MAX) waiting.delete(waiting.keys().next().value!)
  waiting.set(key, now + waitS * 1_000)
}

// Programs alone: a person is shown a page.
function keyOf({ url = '', headers }: IncomingMessage): string | null {
  const organization = /^\/api\/v1\/([a-z0-9-]{3,40})\//.exec(url)?.[1]
  const credential = headers.authorization ?? headers.cookie
  return organization && credential ? createHash('sha256').update(`${organization}\0${credential}`).digest('base64') : null
}
