// The HTTP server, in development, tests and production: node scripts/serve.ts [--dev] [--port N] [--host A].
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { receiveBody } from './http/body.ts'
import { trustedProxies } from './http/client-address.ts'
import { answerClientError, answerConnect } from './http/client-error.ts'
import { refusal, refuse } from './http/guard.ts'
import { packedFiles } from './http/packed.ts'
import { limitTime, REQUEST_TIMEOUT_MS } from './http/patience.ts'
import { withResponseContext } from './http/response-context.ts'

const DRAIN_MS = 10_000
const HEADERS_TIMEOUT_MS = 60_000
// Longer than the minute after which proxies let go of an idle connection: whoever closes first must be the one who sends next.
const KEEP_ALIVE_MS = 65_000

const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false }, port: { type: 'string', default: process.env.PORT ?? '3000' }, host: { type: 'string', default: '127.0.0.1' } } })
const dev = values.dev
const port = Number(values.port)
Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })

try {
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
const nextHandler = app.getRequestHandler()

function answer(request: IncomingMessage, response: ServerResponse) {
  withResponseContext(request, response, () => {
    // Said by us alone, also on the routes that the middleware lets by.
    request.headers['x-path'] = request.url
    const status = refusal(request)
    if (status) return refuse(response, status)
    limitTime(request, response)
    const body = receiveBody(request)
    if (!body) return handOver(request, response)
    void body.then((bodyStatus) => (bodyStatus ? refuse(response, bodyStatus) : handOver(request, response)))
  })
}

function handOver(request: IncomingMessage, response: ServerResponse) {
  if (answerPacked(request, response)) return
  nextHandler(request, response).catch((error: unknown) => {
    console.error(error)
    refuse(response, 500)
  })
}

server.on('clientError', answerClientError)
server.on('connect', answerConnect)
server.on('checkExpectation', (request, response) => withResponseContext(request, response, () => refuse(response, 417)))
server.on('error', (error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE'
  console.error(taken ? `Port ${port} is taken: choose another with -- --port N.` : `Cannot listen on ${values.host}:${port}: ${error.message}.`)
  process.exit(1)
})

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref()
  // Jobs are given back after the chunk under way (lib/jobs/runner); one that takes longer goes on elsewhere after its lease.
  const jobs = (globalThis as unknown as { bulkheadJobs?: { stop: () => Promise<void> } }).bulkheadJobs?.stop()
  await Promise.all([closed, Promise.race([jobs, new Promise((resolve) => setTimeout(resolve, DRAIN_MS))])])
  // Next.js waits for development work without end; everything of ours has been answered.
  await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, 1_000))])
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
// Whoever started us is gone.
process.on('disconnect', () => void stop())

await app.prepare()
server.listen(port, values.host, () => {
  console.log(JSON.stringify({ at: new Date().toISOString(), event: 'started', host: values.host, port, dev }))
  process.send?.('ready')
})
