import pg from 'pg'

/** Within which a refusal is said: of the product, measured on a calm machine, and of `npm test`, which shares its own. */
export const PATIENCE_MS = { whole: 2_000, short: 3_000 }
const isStored = (status: number) => status === 200 || status === 201

export type Line = { fault: string; attempted: number; acknowledged: number; stored: number; lost: number; doubled: number; answers: string; slowestMs: number; recoveryMs: number | null; problems: string[] }

/** Every write that was tried and what was answered: what is acknowledged must be there once, everything else once at most. */
export class Ledger {
  readonly attempted: string[] = []
  readonly acknowledged = new Set<string>()
  private readonly statuses = new Map<number, number>()
  private readonly problems = new Set<string>()
  private slowestMs = 0
  private late = 0
  private seriesOf = 0

  constructor(readonly fault: string, private readonly write: (title: string) => Promise<{ status: number; retryAfter: string | null }>, private readonly may: { patienceMs: number; hangUp?: boolean; also?: number }) {}

  async try(): Promise<number> {
    const title = `${this.fault} ${this.seriesOf++}`
    this.attempted.push(title)
    const began = performance.now()
    const { status, retryAfter } = await this.write(title).catch(() => ({ status: 0, retryAfter: null }))
    const tookMs = performance.now() - began
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1)
    if (isStored(status)) this.acknowledged.add(title)
    else if (status === 503) {
      if (!retryAfter) this.problems.add('503 without Retry-After')
      if (tookMs > this.may.patienceMs) this.late++
      this.slowestMs = Math.max(this.slowestMs, tookMs)
    } else if (status !== this.may.also && (status !== 0 || !this.may.hangUp)) this.problems.add(status === 0 ? 'a connection was cut' : `answered ${status}`)
    return status
  }

  /** Goes on writing, so many at once, until told to stop. */
  load(atOnce: number): { stop: () => Promise<void> } {
    let isOver = false
    const lanes = Array.from({ length: atOnce }, async () => {
      while (!isOver) if (!isStored(await this.try())) await new Promise((resolve) => setTimeout(resolve, 50))
    })
    return { stop: async () => void ((isOver = true), await Promise.all(lanes)) }
  }

  /** Milliseconds until a write is acknowledged again. */
  async recovery(withinMs: number): Promise<number> {
    const began = performance.now()
    while (!isStored(await this.try())) {
      if (performance.now() - began > withinMs) {
        this.problems.add(`no recovery within ${withinMs} ms`)
        break
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return Math.round(performance.now() - began)
  }

  async close(url: string, recoveryMs: number | null): Promise<Line> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows } = await client.query<{ title: string; count: number }>('SELECT title, count(*)::int AS count FROM tasks WHERE title = ANY ($1) GROUP BY title', [this.attempted])
    await client.end()
    const stored = new Map(rows.map(({ title, count }) => [title, count]))
    return {
      fault: this.fault, attempted: this.attempted.length, acknowledged: this.acknowledged.size, stored: stored.size, lost: [...this.acknowledged].filter((title) => !stored.has(title)).length,
      doubled: rows.filter(({ count }) => count > 1).length, answers: [...this.statuses].map(([status, count]) => `${status || 'cut'}×${count}`).join(' '), slowestMs: Math.round(this.slowestMs), recoveryMs, problems: [...this.problems, ...(this.late ? [`${this.late} of the 503 only after ${this.may.patienceMs / 1_000} s, the slowest ${Math.round(this.slowestMs)} ms`] : [])],
    }
  }
}

export const isHeld = ({ lost, doubled, problems }: Line): boolean => lost === 0 && doubled === 0 && problems.length === 0

/** As a table; what is wrong stands under it. */
export function print(lines: Line[]): boolean {
  console.table(Object.fromEntries(lines.map(({ fault, problems: _, ...rest }) => [fault, rest])))
  const wrong = lines.flatMap(({ fault, lost, doubled, problems }) => [...problems, ...(lost ? [`${lost} lost`] : []), ...(doubled ? [`${doubled} doubled`] : [])].map((problem) => `${fault}: ${problem}`))
  for (const problem of wrong) console.log(problem)
  const sum = (key: 'attempted' | 'acknowledged' | 'lost' | 'doubled') => lines.reduce((all, line) => all + line[key], 0)
  console.log(`${lines.length} faults, ${sum('attempted')} writes, ${sum('acknowledged')} acknowledged, ${sum('lost')} lost, ${sum('doubled')} doubled, ${wrong.length} problems`)
  return wrong.length === 0
}
