import { Agent, request } from 'node:http'
import { freePort } from '../ports.ts'
import { requireNode, script, startServer } from '../processes.ts'
import { markBuilt, needsBuild } from '../stamps.ts'
import { ms, quantile, type Row } from './table.ts'

const CONCURRENCY = 8
const WARM_UP_MS = 3_000
const PATH = '/northline/tasks'
const EMAIL = 'tomas.lind@example.com'

type Answer = { status: number; cookies: string[]; body: string }
type Connections = { tenant: string; platform: string }

/** Row c: the task list of a signed-in person, from the production build on a seeded database. */
export async function measurePage({ tenant, platform }: Connections, durationMs: number): Promise<Row[]> {
  const port = await freePort()
  const password = 'bench-bench-bench-bench'
  const env = {
    TENANT_DATABASE_URL: tenant, PLATFORM_DATABASE_URL: platform, DEMO_PASSWORD: password, DATABASE_URL: '',
    NEXTAUTH_URL: `http://localhost:${port}`, NEXTAUTH_SECRET: 'only-for-this-run-only-for-this-run-only',
  }
  await requireNode('Seeding', script('prisma/seed/seed.ts', { server: true }), { env })
  if (needsBuild()) {
    await requireNode('The build', ['node_modules/next/dist/bin/next', 'build'], { env: { ...env, NODE_ENV: 'production' } })
    markBuilt()
  }
  const server = await startServer(['--port', String(port)], { env, show: false })
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY })
  const ask = (path: string, options: { cookie?: string; form?: Record<string, string> } = {}) => send(agent, port, path, options)
  try {
    const cookie = await signIn(ask, EMAIL, password)
    const first = await ask(PATH, { cookie })
    if (first.status !== 200 || !first.body.includes('/northline/projects')) throw new Error(`The task list answered ${first.status}.`)
    await load(() => ask(PATH, { cookie }), WARM_UP_MS)
    const times = await load(() => ask(PATH, { cookie }), durationMs)
    const rate = times.length / (durationMs / 1_000)
    return [{ what: 'c  task list page, signed in', figure: `${rate.toFixed(0)} / s`, detail: `p50 ${ms(quantile(times, 0.5))}, p95 ${ms(quantile(times, 0.95))}, ${CONCURRENCY} at once, ${(first.body.length / 1024).toFixed(0)} kB` }]
  } finally {
    agent.destroy()
    server.kill('SIGTERM')
  }
}

type Ask = (path: string, options?: { cookie?: string; form?: Record<string, string> }) => Promise<Answer>

async function signIn(ask: Ask, email: string, password: string): Promise<string> {
  const csrf = await ask('/api/auth/csrf')
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string }
  const answer = await ask('/api/auth/callback/credentials', { cookie: csrf.cookies.join('; '), form: { csrfToken, email, password, json: 'true' } })
  const session = answer.cookies.find((cookie) => cookie.includes('bulkhead.session='))
  if (!session) throw new Error(`Signing in as ${email} answered ${answer.status} without a session.`)
  return session
}

/** Keeps so many requests going for a while; the milliseconds of each. */
async function load(one: () => Promise<Answer>, durationMs: number): Promise<number[]> {
  const end = performance.now() + durationMs
  const times: number[] = []
  const lane = async () => {
    while (performance.now() < end) {
      const began = performance.now()
      const { status } = await one()
      if (status !== 200) throw new Error(`A request under load answered ${status}.`)
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, lane))
  return times
}

function send(agent: Agent, port: number, path: string, { cookie, form }: { cookie?: string; form?: Record<string, string> }): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString()
  const headers = {
    host: `localhost:${port}`, ...(cookie ? { cookie } : {}),
    ...(body ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)), origin: `http://localhost:${port}` } : {}),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, cookies: (response.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]!), body: text }))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
