import type { AsyncLocalStorage } from 'node:async_hooks'

type Response = { requestId: string; clientAddress: string | null; status?: number; headers: Record<string, string>; busyS?: number }

/** The response of the request being served, opened by the HTTP server (scripts/serve.ts); absent outside of one. */
function current(): Response | undefined {
  const key = Symbol.for('bulkhead.response')
  return (globalThis as unknown as Record<symbol, AsyncLocalStorage<Response> | undefined>)[key]?.getStore()
}

/** Says with which status the page or action being rendered is to be answered. Next itself knows only 200, 403, 404 and 500. */
export function respondWith(status: number, headers: Record<string, string> = {}): void {
  const response = current()
  if (!response) return
  response.status = status
  Object.assign(response.headers, headers)
}

/** Says that this organization is over its plan for so long: the server answers who asks again with the same credentials (scripts/http/busy). */
export function respondBusy(waitS: number): void {
  const response = current()
  if (response) response.busyS = waitS
}

export function requestId(): string | undefined {
  return current()?.requestId
}

/** The client's address, as the server saw it past the proxies it trusts; nothing the client says of itself. */
export function clientAddress(): string | null {
  return current()?.clientAddress ?? null
}

/** Whether the server (scripts/serve.ts) takes no more and finishes what it has. */
export function isStopping(): boolean {
  return (globalThis as unknown as Record<symbol, boolean | undefined>)[Symbol.for('bulkhead.stopping')] ?? false
}

/** The database does not answer: try again soon. */
export function respondUnavailable(): void {
  respondWith(503, { 'Retry-After': '2' })
}
