import 'server-only'
import { purgeAudit } from '@/lib/audit/purge'
import { sweepFiles } from '@/lib/files/sweep-files'
import { eraseDue } from '@/lib/organizations/deletion'
import { eraseDueProjects } from '@/lib/projects/deletion'
import { ask } from '@/lib/platform/ask'
import { recordUsage } from '@/lib/plans/record-usage'
import { log, problemOf } from '@/lib/telemetry/log'
import { eachOfAll } from './each-of-all'

const EVERY_MS = 3_600_000
const SWEPT_AT_ONCE = 5_000

export type Swept = { tokens: number; mails: number; counters: number; jobs: number }

/** Deletes links, mail, counters, notifications and jobs that are of no use to anybody any more (the times are in kernel.sweep and its like). Safe beside other instances. */
export async function sweep(now = new Date()): Promise<Swept> {
  const [row] = await ask<Record<'tokens' | 'mails' | 'counters', string>>('sweep($1)', [now])
  await inPortions('sweep_notifications', now)
  await inPortions('sweep_load', now)
  await inPortions('sweep_load_hours', now)
  await ask('sweep_slow_statements($1)', [now])
  const [jobs] = await ask<{ sweep_jobs: string }>('sweep_jobs($1)', [now])
  return { tokens: Number(row!.tokens), mails: Number(row!.mails), counters: Number(row!.counters), jobs: Number(jobs!.sweep_jobs) }
}

const CHORES = { sweep: () => sweep(), usage: () => recordUsage(), audit: () => purgeAudit(), erasing: () => eraseDue(), projects: () => eraseDueProjects(), files: () => sweepFiles() }
type Chores = Record<string, () => Promise<unknown>>

/** One after the other, files last: what an erased organization leaves in the store belongs to no row then. A chore that fails is told, and keeps none of the others from being done. */
export async function keepHouse(chores: Chores = CHORES): Promise<void> {
  await eachOfAll(Object.entries(chores), async ([name, chore]) => {
    await chore().catch((error: unknown) => { throw new Error(`${name}: ${(error as Error).message}`, { cause: error }) })
  })
}

async function inPortions(name: 'sweep_notifications' | 'sweep_load' | 'sweep_load_hours', now: Date): Promise<void> {
  for (let gone = SWEPT_AT_ONCE; gone === SWEPT_AT_ONCE; ) gone = Number((await ask<Record<string, string>>(`${name}($1, $2)`, [now, SWEPT_AT_ONCE]))[0]![name])
}

const shared = globalThis as unknown as { bulkheadSweeping?: NodeJS.Timeout }

/** Once an hour, in the background of this process: what is of no use goes, and what is in use is written down. */
export function startSweeping(): void {
  shared.bulkheadSweeping ??= setInterval(() => {
    // The database or the file store is away: an hour later is soon enough.
    keepHouse().catch((error: unknown) => log('error', 'sweep.delayed', { problem: problemOf(error) }))
  }, EVERY_MS).unref()
}
