import { join } from 'node:path'
import pg from 'pg'
import { v7 as uuidv7 } from '@/lib/uuid'
import { withClient } from '../database/connect.ts'
import { root } from '../settings.ts'
import { forkWorker, type DemoDatabase } from './databases.ts'
import { connectTo, sessionOf, signIn, type Ask } from './http.ts'
import { EMAIL, PASSWORD, PATH } from './site.ts'
import { median, ms, quantile, type Row } from './table.ts'

const AT_ONCE = 50
const HEALTH = '/api/ready'
const HEALTH_PAUSE_MS = 20

/** A person of the load, who sits at an address of their own and has the browser that they always use. */
type Visitor = { email: string; from: string; cookie: string; csrfToken: string }
type Alone = { signIn: number; argon: number }
type Size = { rounds: number; storms: number }

/** Rows e: what one sign-in costs, and what fifty at once cost everybody else. */
export async function measureSignIns(database: DemoDatabase, port: number, { rounds, storms }: Size): Promise<Row[]> {
  const emails = Array.from({ length: AT_ONCE }, (_, index) => `bench${index}@bench.invalid`)
  const worker = await forkWorker<{ email: string } | { hash: string }, Alone | string>(join(root, 'scripts/bench/sign-in-worker.ts'), { TENANT_DATABASE_URL: database.tenant, PLATFORM_DATABASE_URL: database.platform })
  // Whoever signs in has just come; an idle connection might be closed by the server as it is used again.
  const [everybody, reader] = [connectTo(port, AT_ONCE, { keepAlive: false }), connectTo(port, 2)]
  try {
    await makePeople(database.url, emails, (await worker.ask({ hash: PASSWORD })) as string)
    // One after the other, so that the server has done everything once before it is measured.
    const visitors: Visitor[] = []
    for (const [index, email] of emails.entries()) visitors.push(await visit(everybody.ask, email, `198.51.100.${index + 1}`))
    return [...(await one(worker.ask as (order: { email: string }) => Promise<Alone>, everybody.ask, visitors, rounds)), ...(await many(everybody.ask, reader.ask, visitors, storms))]
  } finally {
    everybody.close()
    reader.close()
    worker.stop()
  }
}

async function makePeople(setupUrl: string, emails: string[], hash: string) {
  await withClient(setupUrl, async (client: pg.Client) => {
    for (const email of emails) await client.query(`INSERT INTO users (id, name, email, email_lc, email_verified_at, password_hash, password_algorithm) VALUES ($1, 'Bench', $2, $2, now(), $3, 'argon2id')`, [uuidv7(), email, hash])
  })
}

/** Signs in for the first time, which gives the browser its mark, and keeps what the next sign-in needs. */
async function visit(ask: Ask, email: string, from: string): Promise<Visitor> {
  const csrf = await ask('/api/auth/csrf', { from })
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string }
  const visitor = { email, from, csrfToken, cookie: csrf.cookies.join('; ') }
  const { cookies } = await enter(ask, visitor)
  return { ...visitor, cookie: [...csrf.cookies, ...cookies.filter((cookie) => cookie.includes('bulkhead.device='))].join('; ') }
}

async function enter(ask: Ask, { email, from, cookie, csrfToken }: Visitor) {
  const answer = await ask('/api/auth/callback/credentials', { from, cookie, form: { csrfToken, email, password: PASSWORD, json: 'true' } })
  sessionOf(answer, email)
  return answer
}

/** One after the other, the three ways taking turns: the product's function, the hash alone, and a request. */
async function one(alone: (order: { email: string }) => Promise<Alone>, ask: Ask, visitors: Visitor[], rounds: number): Promise<Row[]> {
  const [functions, hashes, requests] = [[], [], []] as [number[], number[], number[]]
  for (let round = -3; round < rounds; round++) {
    const visitor = visitors[(round + AT_ONCE) % AT_ONCE]!
    const { signIn: inside, argon } = await alone({ email: visitor.email })
    const began = performance.now()
    await enter(ask, visitor)
    const took = performance.now() - began
    if (round < 0) continue
    functions.push(inside)
    hashes.push(argon)
    requests.push(took)
  }
  const share = (times: number[]) => `${((median(hashes) / median(times)) * 100).toFixed(0)} % of it argon2 (${ms(median(hashes))})`
  return [
    { what: 'e  one sign-in by password, the function', figure: ms(median(functions)), detail: share(functions) },
    { what: 'e  one sign-in by password, the request', figure: ms(median(requests)), detail: share(requests) },
  ]
}

type Reading = { page: number[]; health: number[] }

/** Somebody reads a page again and again, by turns while nobody and while fifty people sign in. */
async function many(everybody: Ask, reader: Ask, visitors: Visitor[], storms: number): Promise<Row[]> {
  const cookie = await signIn(reader, EMAIL, PASSWORD)
  const [quiet, busy] = [newReading(), newReading()]
  let [lengthMs, longest] = [1_500, 0]
  for (let storm = -1; storm < storms; storm++) {
    await read(reader, cookie, storm < 0 ? newReading() : quiet, pause(lengthMs))
    const began = performance.now()
    await read(reader, cookie, storm < 0 ? newReading() : busy, Promise.all(visitors.map((visitor) => enter(everybody, visitor))))
    lengthMs = performance.now() - began
    longest = Math.max(longest, lengthMs)
  }
  const row = (what: string, part: number, kind: keyof Reading, goal?: number): Row => {
    const [during, before] = [quantile(busy[kind], part), quantile(quiet[kind], part)]
    return { what, figure: `× ${(during / before).toFixed(2)}`, detail: `${ms(during)} against ${ms(before)}, ${busy[kind].length} and ${quiet[kind].length} requests`, ...(goal && { goal: `≤ ${goal.toFixed(2)}`, met: during / before <= goal }) }
  }
  return [
    row(`e  page while ${AT_ONCE} people sign in : nobody, p95`, 0.95, 'page', 2),
    row('e  the same, p50', 0.5, 'page'),
    row(`e  health while ${AT_ONCE} people sign in : nobody, p95`, 0.95, 'health'),
    row('e  the same, p99', 0.99, 'health'),
    { what: `e  until all ${AT_ONCE} are in, the longest`, figure: ms(longest), detail: `${((AT_ONCE * 1_000) / lengthMs).toFixed(0)} sign-ins a second in the last round` },
  ]
}

const newReading = (): Reading => ({ page: [], health: [] })
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Reads until `until` is over; what is still under way then counts too. */
async function read(ask: Ask, cookie: string, into: Reading, until: Promise<unknown>) {
  let isOver = false
  const over = until.finally(() => (isOver = true))
  const lane = async (times: number[], path: string, pauseMs: number) => {
    while (!isOver) {
      const began = performance.now()
      const { status } = await ask(path, { cookie })
      if (status !== 200) throw new Error(`${path} answered ${status} while people signed in.`)
      times.push(performance.now() - began)
      if (pauseMs) await pause(pauseMs)
    }
  }
  await Promise.all([lane(into.page, PATH, 0), lane(into.health, HEALTH, HEALTH_PAUSE_MS), over])
}
