// The HTTP server, in development, tests and production: node scripts/serve.ts [--dev] [--port N] [--host A].
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { log, logEverything } from '../lib/telemetry/log.ts'
import { startTracing } from '../lib/telemetry/trace.ts'
import { noteBusy, refuseBusy } from './http/busy.ts'
import { isUpload, receiveBody } from './http/body.ts'
import { trustedProxies } from './http/client-address.ts'
import { answerClientError, answerConnect } from './http/client-error.ts'
import { refusal, refuse } from './http/guard.ts'
import { packedFiles } from './http/packed.ts'
import { measured } from './http/measure.ts'
import { limitTime, REQUEST_TIMEOUT_MS } from './http/patience.ts'
import { workQueue } from './http/queue.ts'
import { withResponseContext } from './http/response-context.ts'
import { routeNames } from './http/routes.ts'

// Within the half minute after which a supervisor kills.
const DRAIN_MS = 25_000
const JOBS_MS = 10_000
// With the work itself within the two seconds in which a refusal is said.
const PATIENCE_MS = 1_200
// For the memory of the process: those that wait, and those that read slowly.
const HELD_MAX = 2_000
const STOPPING = Symbol.for('bulkhead.stopping')
const AT_STOP = Symbol.for('bulkhead.at-stop')
const HEADERS_TIMEOUT_MS = 60_000
// Longer than the minute after which proxies let go of an idle connection: whoever closes first must be the one who sends next.
const KEEP_ALIVE_MS = 65_000

const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false }, port: { type: 'string', default: process.env.PORT ?? '3000' }, host: { type: 'string', default: '127.0.0.1' } } })
const dev = values.dev
const requestsAtOnce = Number(process.env.REQUESTS_AT_ONCE || 24)
// How long requests are still taken once /api/ready says no: until every proxy in front has asked it.
const stopDelayMs = Number(process.env.STOP_DELAY_S || 0) * 1_000
const port = Number(values.port)
Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })

try {
  if (!(stopDelayMs >= 0 && stopDelayMs <= 60_000)) throw new Error('STOP_DELAY_S: must be 0 to 60 seconds.')
  if (!(requestsAtOnce >= 1)) throw new Error('REQUESTS_AT_ONCE: must be 1 or more.')
  trustedProxies()
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}

// Read only now: Next.js and React look at NODE_ENV when they are loaded.
const { default: next } = await import('next')
// A request without Host gets an answer of ours with its id, and an upgrade that nobody asked for is an ordinary request.
const server = createServer({ requireHostHeader: false, headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS, shouldUpgradeCallback: () => dev }, answer)
const app = next({ dev, hostname: values.host, port, dir: join(import.meta.dirname, '..'), httpServer: server })
const answerPacked = dev ? () => false : packedFiles(join(import.meta.dirname, '../.next/static'))
const nameOf = routeNames(join(import.meta.dirname, dev ? '../.next/dev-server' : '../.next'))
const nextHandler = app.getRequestHandler()

let stopping = false
function answer(request: IncomingMessage, response: ServerResponse) {
  withResponseContext(request, response, (context) => {
    // Said by us alone, also on the routes that the middleware lets by.
    request.headers['x-path'] = request.url
    // Whoever sends next must not send here.
    if (stopping) response.shouldKeepAlive = false
    measured(request, response, nameOf, () => {
      if (refuseBusy(request, response, context.requestId)) return
      response.once('close', () => noteBusy(request, context.busyS))
      take(request, response)
    })
  })
}

function take(request: IncomingMessage, response: ServerResponse) {
  const status = refusal(request)
  if (status) return refuse(response, status)
  limitTime(request, response)
  const body = receiveBody(request)
  if (!body) return handOver(request, response)
  void body.then((bodyStatus) => (bodyStatus ? refuse(response, bodyStatus) : handOver(request, response)))
}

let held = 0
const admit = workQueue(requestsAtOnce, PATIENCE_MS)
function handOver(request: IncomingMessage, response: ServerResponse) {
  if (answerPacked(request, response)) return
  const begin = () => void nextHandler(request, response).catch((error: unknown) => {
    console.error(error)
    refuse(response, 500)
  })
  // Streams stay open and do nothing most of the time, uploads take as long as the line; who asks whether we are well is told.
  if (isUpload(request) || /\/live$|^\/api\/(health|ready|metrics)$/.test((request.url ?? '').split('?', 1)[0]!)) return begin()
  if (held >= HELD_MAX) return refuse(response, 503)
  held++
  response.once('close', () => held--)
  admit({ response, begin, refuse: () => refuse(response, 503) })
}

server.on('clientError', answerClientError)
server.on('connect', answerConnect)
server.on('checkExpectation', (request, response) => withResponseContext(request, response, () => refuse(response, 417)))
server.on('error', (error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE'
  console.error(taken ? `Port ${port} is taken: choose another with -- --port N.` : `Cannot listen on ${values.host}:${port}: ${error.message}.`)
  process.exit(1)
})

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
async function stop() {
  if (stopping) return
  stopping = true
  const shared = globalThis as unknown as { [STOPPING]?: boolean; [AT_STOP]?: Set<() => Promise<void>>; bulkheadJobs?: { stop: () => Promise<void> } }
  shared[STOPPING] = true
  // Jobs are given back after the chunk under way (lib/jobs/runner); one that takes longer goes on elsewhere after its lease.
  const jobs = Promise.race([shared.bulkheadJobs?.stop(), after(JOBS_MS)])
  if (stopDelayMs) await after(stopDelayMs)
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref()
  await Promise.all([closed, jobs])
  // What was counted and traced until now.
  await Promise.race([Promise.allSettled([...(shared[AT_STOP] ?? [])].map((last) => last())), after(1_000)])
  // Next.js waits for development work without end; everything of ours has been answered.
  await Promise.race([app.close(), after(1_000)])
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
// Whoever started us is gone.
process.on('disconnect', () => void stop())

await startTracing()
await app.prepare()
server.listen(port, values.host, () => {
  // In development a person reads it.
  if (!dev) logEverything()
  log('info', 'started', { host: values.host, port, dev })
  process.send?.('ready')
})
