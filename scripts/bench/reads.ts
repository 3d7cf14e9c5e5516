import type { Worker } from './databases.ts'
import { ms, median, ratioRow, type Row } from './table.ts'
import type { Way } from './worker.ts'
import type { WorkName } from './work.ts'

/** A worker and the organizations it visits: ten of them in both databases, so that both have as much in memory. */
export type Side = { worker: Worker; organizations: number[] }
type Sides = { small: Side; large: Side }
type Times = Record<string, number[]>
type Measure = { work: WorkName; ways: Way[] }

const MEASURES: Measure[] = [
  { work: 'read', ways: ['tenant', 'plain', 'separate'] },
  { work: 'rows', ways: ['tenant', 'plain', 'separate'] },
  { work: 'list', ways: ['tenant', 'plain'] },
  { work: 'create', ways: ['tenant'] },
  { work: 'rows', ways: ['member'] },
]
const LISTS: WorkName[] = ['list', 'sort due', 'sort priority', 'sort created', 'board', 'my work', 'projects', 'search']
/** An ordinary member: neither sees everything nor is limited to reading. */
const PERSON = 3

/** Rows a, b and d: everything in turns, the two databases and the ways of reading, so that a slow moment slows all of them. */
export async function measureReads(sides: Sides, rounds: number): Promise<Row[]> {
  const buffers = await measureBuffers(sides)
  const times: Times = {}
  // The first rounds warm up connections, plans and the compiler, and are thrown away.
  const warmUp = Math.max(1, Math.ceil(rounds / 4))
  for (let round = -warmUp; round < rounds; round++) {
    for (const { work, ways } of MEASURES)
      for (const [name, { worker, organizations }] of Object.entries(sides)) {
        const answer = await worker.ask<number[][]>({ do: 'time', ways, work, organizations, person: PERSON })
        if (round >= 0) ways.forEach((way, index) => (times[`${name} ${way} ${work}`] ??= []).push(...answer[index]!))
      }
  }
  const read = await sides.small.worker.ask<{ roundTrips: number }>({ do: 'roundTrips', way: 'tenant', work: 'read', organization: 1 })
  const check = await sides.small.worker.ask<{ roundTrips: number }>({ do: 'roundTrips', way: 'member', work: 'rows', organization: 1 })
  const pair = (ours: string, theirs: string): [number[], number[]] => [times[ours]!, times[theirs]!]
  return [
    ratioRow('a  one read of 50 tasks, row security : none, 10 organizations', pair('small tenant read', 'small plain read'), 1.1),
    ratioRow('a  the same, in the large database', pair('large tenant read', 'large plain read'), 1.1),
    ratioRow('a  one read of 50 tasks, ours : settings as statements', pair('small tenant read', 'small separate read'), 1),
    ratioRow('a  the four reads behind a page of tasks, row security : none', pair('small tenant rows', 'small plain rows')),
    ratioRow('a  whole list (count, people, labels), row security : none', pair('small tenant list', 'small plain list')),
    { what: 'a  round trips of one read', figure: String(read.roundTrips) },
    ratioRow('b  one read of 50 tasks, large : 10 organizations', pair('large tenant read', 'small tenant read'), 1.3),
    ratioRow('b  whole list, large : 10 organizations', pair('large tenant list', 'small tenant list'), 1.3),
    ratioRow('b  create a task, large : 10 organizations', pair('large tenant create', 'small tenant create'), 1.3),
    ...buffers,
    { what: 'd  session and membership check', figure: ms(median(times['large member rows']!)), detail: `${check.roundTrips} round trip` },
  ]
}

// Before anything is written, so that both databases lie as they were loaded.
async function measureBuffers({ small, large }: Sides): Promise<Row[]> {
  const touched = (side: Side, work: WorkName) => side.worker.ask<number>({ do: 'buffers', work, organization: side.organizations[1]!, person: PERSON })
  const rows: Row[] = []
  for (const work of ['read', 'rows', ...LISTS, 'create'] as WorkName[]) {
    const [few, many] = [await touched(small, work), await touched(large, work)]
    const goal = work === 'read' || work === 'create' ? { goal: '± 10 %', met: Math.abs(many / few - 1) <= 0.1 } : {}
    rows.push({ what: `b  shared buffers, ${work === 'read' ? 'one read of 50 tasks' : work === 'rows' ? 'the reads behind a page' : work}`, figure: `× ${(many / few).toFixed(2)}`, detail: `${many} against ${few}`, ...goal })
  }
  return rows
}
