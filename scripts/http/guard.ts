import type { IncomingMessage, ServerResponse } from 'node:http'
import { BODY_LIMIT_BYTES, isUpload, uploadLimit } from './body.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

const SENTENCES: Record<number, string> = {
  400: 'The request is malformed.',
  403: 'The request comes from another site.',
  405: 'This method is not supported.',
  408: 'The request took too long to arrive.',
  411: 'The request must say how long it is.',
  413: 'The request is too large.',
  417: 'This expectation cannot be met.',
  503: 'Too much is asked for at once. Try again in a moment.',
}

/** Why a request cannot be one of ours: a status to answer with before any of the application runs. */
export function refusal(request: IncomingMessage): number | undefined {
  const { method = '', url = '', headers } = request
  if (!METHODS.includes(method)) return 405
  if (!isReadable(url) || !isReadableHost(request)) return 400
  if (isUpload(request) && !(Number(headers['content-length']) >= 0)) return 411
  if (Number(headers['content-length'] ?? 0) > (uploadLimit(request) ?? BODY_LIMIT_BYTES)) return 413
  if (!isRouterState(headers['next-router-state-tree'])) return 400
  if (isAction(request) && !isSameOrigin(request)) return 403
  return undefined
}

// No text of PostgreSQL may hold a zero byte, so no address of ours does. The rest would be an exception in the router.
function isReadable(url: string): boolean {
  if (!url.startsWith('/') || /%00/.test(url)) return false
  try {
    const path = url.split('?', 1)[0] ?? ''
    decodeURIComponent(path)
    // Dots and backslashes that a router would fold lead elsewhere than they seem to; browsers fold them before sending.
    return new URL(url, 'http://localhost').pathname === path
  } catch {
    return false
  }
}

function isReadableHost({ headers, httpVersion }: IncomingMessage): boolean {
  return headers.host === undefined ? httpVersion === '1.0' : URL.canParse(`http://${headers.host}`)
}

// Next.js parses this header and fails with 500 when it cannot.
function isRouterState(value: string | string[] | undefined): boolean {
  if (value === undefined) return true
  try {
    return Array.isArray(JSON.parse(decodeURIComponent(String(value))))
  } catch {
    return false
  }
}

/** A call of a server action, by script or by a plain form. The HTTP API under /api has keys and no such calls. */
function isAction({ method, url = '', headers }: IncomingMessage): boolean {
  return method === 'POST' && !url.startsWith('/api/') && ('next-action' in headers || /^multipart\//i.test(headers['content-type'] ?? ''))
}

// Every browser sends one of the two headers with a POST; Next.js lets a missing Origin pass and answers a wrong one with 500.
function isSameOrigin({ headers }: IncomingMessage): boolean {
  const host = headers['x-forwarded-host'] ?? headers.host
  if (headers.origin === undefined) return headers['sec-fetch-site'] === 'same-origin'
  return URL.canParse(headers.origin) && new URL(headers.origin).host === host
}

/**
 * Answers with a status alone. The connection stays open, because closing it on a client that is still sending would lose
 * the answer.
 */
export function refuse(response: ServerResponse, status: number) {
  if (response.headersSent) return void response.destroy()
  for (const name of response.getHeaderNames()) if (name !== 'x-request-id') response.removeHeader(name)
  const text = `${SENTENCES[status] ?? 'This request cannot be answered.'}\n`
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': text.length, 'Cache-Control': 'no-store' }
  const more = status === 405 ? { Allow: METHODS.join(', ') } : status === 503 ? { 'Retry-After': '2' } : {}
  response.writeHead(status, { ...headers, ...more }).end(text)
}
