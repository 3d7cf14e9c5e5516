import { connectTo, signIn, type Answer } from './http.ts'
import { EMAIL, PASSWORD, PATH } from './site.ts'
import { ms, quantile, type Row } from './table.ts'

const CONCURRENCY = 8
const WARM_UP_MS = 3_000
const SEARCHES = 50

/** Row c: the task list of a signed-in person, from the production build on a seeded database. */
export async function measurePage(port: number, durationMs: number): Promise<Row[]> {
  const { ask, close } = connectTo(port, CONCURRENCY)
  try {
    const cookie = await signIn(ask, EMAIL, PASSWORD)
    const first = await ask(PATH, { cookie })
    if (first.status !== 200 || !first.body.includes('/northline/projects')) throw new Error(`The task list answered ${first.status}.`)
    await load(() => ask(PATH, { cookie }), WARM_UP_MS)
    const times = await load(() => ask(PATH, { cookie }), durationMs)
    const rate = times.length / (durationMs / 1_000)
    const keys = await oneByOne(() => ask('/api/v1/northline/search?q=r', { cookie }), SEARCHES)
    return [{ what: 'c  search, first keystroke to result', figure: ms(quantile(keys, 0.5)), detail: `p95 ${ms(quantile(keys, 0.95))}, ${SEARCHES} requests, one after another` }, { what: 'c  task list page, signed in', figure: `${rate.toFixed(0)} / s`, detail: `p50 ${ms(quantile(times, 0.5))}, p95 ${ms(quantile(times, 0.95))}, ${CONCURRENCY} at once, ${(first.body.length / 1024).toFixed(0)} kB` }]
  } finally {
    close()
  }
}

async function oneByOne(one: () => Promise<Answer>, count: number): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const began = performance.now()
    const { status } = await one()
    if (status !== 200) throw new Error(`A search answered ${status}.`)
    times.push(performance.now() - began)
  }
  return times
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
