import type { IncomingMessage, ServerResponse } from 'node:http'
import { requestSeconds } from '../../lib/telemetry/metrics.ts'
import { openSpan } from '../../lib/telemetry/trace.ts'

/** Measures one request until it is answered or given up, and runs the work for it inside its span. */
export function measured(request: IncomingMessage, response: ServerResponse, nameOf: (url: string) => string, work: () => unknown): void {
  const [method, route, stop] = [request.method ?? '', nameOf(request.url ?? ''), requestSeconds.startTimer()]
  const span = openSpan(`${method} ${route}`, { 'http.request.method': method, 'http.route': route, request: String(response.getHeader('x-request-id')) })
  response.once('close', () => {
    // Whoever hung up before the answer began got none.
    const status = response.headersSent ? response.statusCode : 499
    stop({ method, route, status })
    span?.end({ 'http.response.status_code': status }, status >= 500 ? String(status) : undefined)
  })
  if (span) span.run(work)
  else work()
}
