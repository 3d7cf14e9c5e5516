import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { clientAddress } from './client-address.ts'

/** What application code may say about the response to the request it runs for; read where the headers leave. */
export type ResponseContext = { requestId: string; clientAddress: string | null; status?: number; headers: Record<string, string>; /** Seconds that the organization is to wait. */ busyS?: number }

// Next.js bundles application code apart from this file: a registered symbol is what both find.
const KEY = Symbol.for('bulkhead.response')
const storage = new AsyncLocalStorage<ResponseContext>()
Object.assign(globalThis, { [KEY]: storage })

// A status that Next.js chose on purpose (404, a redirect, 304) says more than ours.
// NextAuth, which knows 401 alone, does not.
const REPLACEABLE = [200, 401, 500]

/** Runs work with a fresh request id (the client's is never believed) and applies what it set when the headers leave. */
export function withResponseContext<T>(request: IncomingMessage, response: ServerResponse, work: (context: ResponseContext) => T): T {
  const context: ResponseContext = { requestId: randomUUID(), clientAddress: clientAddress(request), headers: {} }
  delete request.headers['x-request-id']
  // Measuring, limits and Next.js each wait for its end.
  response.setMaxListeners(30)
  response.setHeader('X-Request-Id', context.requestId)
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse
  // Implicit headers come through here too: Node calls this.writeHead(this.statusCode).
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    if (response.headersSent) return writeHead(status, ...rest)
    response.setHeader('X-Request-Id', context.requestId)
    for (const [name, value] of Object.entries(context.headers)) response.setHeader(name, value)
    const replaced = context.status && REPLACEABLE.includes(status)
    // A reason phrase belongs to the status it was given for.
    if (replaced && typeof rest[0] === 'string') rest.shift()
    return writeHead(replaced ? context.status : status, ...rest)
  }) as typeof response.writeHead
  return storage.run(context, () => work(context))
}
