import { setTimeout as wait } from 'node:timers/promises'
import type { Site } from './site.ts'

const ROUNDS = 5
const READS = 40
const PAUSE_MS = 25
const QUOTA_A_MINUTE = 300
const TIMES = 10
const RATIO_MAX = 2

/**
 * One organization asks for ten times what it may in a minute, while another goes on as before. The first is refused beyond its quota;
 * the 95th percentile of the other's answers is compared with its own in the same run.
 */
export async function measureNeighbours(site: Site): Promise<boolean> {
  const [{ id }] = (await site.sql<{ id: string }>(`SELECT id FROM organizations WHERE slug = 'noisy'`)) as [{ id: string }]
  await site.sql(`INSERT INTO organization_limits (tenant_id, id, key, value) VALUES ($1, gen_random_uuid(), 'requests_per_minute', $2)`, [id, QUOTA_A_MINUTE])
  for (let n = 0; n < 50; n++) await site.read('victim')
  const alone = await readPatiently(site)

  const answers = { 200: 0, 429: 0, other: 0 }
  let isOver = false
  let isPolite = true
  const every = 60_000 / (QUOTA_A_MINUTE * TIMES)
  const noise = (async () => {
    const under: Promise<void>[] = []
    while (!isOver) {
      under.push(site.read('noisy').then(({ status, retryAfter }) => {
        if (status === 200 || status === 429) answers[status]++
        else answers.other++
        if (status === 429 && !(Number(retryAfter) >= 1)) isPolite = false
      }))
      await wait(every)
    }
    await Promise.all(under)
  })()
  // Until the quota is used up the noise is what the plan allows.
  await wait((QUOTA_A_MINUTE / (QUOTA_A_MINUTE * TIMES)) * 60_000 + 2_000)
  const beside = await readPatiently(site)
  isOver = true
  await noise
  const ratio = beside / alone
  console.log(`noisy neighbour: ${answers[200]} answered, ${answers[429]} refused with 429, ${answers.other} else; the other's p95 ${alone.toFixed(1)} ms alone, ${beside.toFixed(1)} ms beside it: ${ratio.toFixed(2)}×`)
  return answers[429] > 0 && answers.other === 0 && isPolite && ratio <= RATIO_MAX
}

/** The 95th percentile of one reader, in milliseconds: the median of several rounds. */
async function readPatiently(site: Site): Promise<number> {
  const rounds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const times: number[] = []
    for (let n = 0; n < READS; n++) {
      const { status, tookMs } = await site.read('victim')
      if (status !== 200) throw new Error(`The other organization was answered ${status}.`)
      times.push(tookMs)
      await wait(PAUSE_MS)
    }
    rounds.push(times.toSorted((a, b) => a - b)[Math.floor(READS * 0.95)]!)
  }
  return rounds.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!
}
