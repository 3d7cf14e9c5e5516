import { randomInt } from 'node:crypto'
import { applyImport, checkImport, uploadImport } from '@/lib/imports/imports'
import { getJob } from '@/lib/jobs/jobs'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { withFile } from './make-file'
import { asSetup } from './make-person'
import { startWorker } from './worker'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export const listOf = (count: number) => `Title,Description,State,Importance,Tags\n${Array.from({ length: count }, (_, at) => `Task ${at + 1},Salt for road ${at % 97} and its bridges,${at % 3 ? 'open' : 'doing'},${at % 5 ? 'normal' : 'high'},${at % 7 ? '' : 'winter'}\n`).join('')}`

type Fire = { rows: number; portion?: number; kills: number; calm?: (isOver: () => boolean) => Promise<void> }
export type Battle = { rssMax: number; rssFirst: number; seconds: number; done: number[]; killed: number[] }

/**
 * Brings a list into a project through a worker process that is killed `kills` times at random points of the import. After a
 * kill the lease is made to have run out. `calm` runs beside the import, to measure what others feel of it.
 */
export async function importUnderFire(member: Member, projectId: string, { rows, portion, kills, calm }: Fire): Promise<Battle> {
  const { id, mapping } = await withFile(listOf(rows), (file) => uploadImport(member, { targetKey: 'tasks', containerId: projectId, fileName: 'tasks.csv', file }))
  if (portion) await asSetup(`UPDATE import_batches SET options = options || jsonb_build_object('portion', $2::int) WHERE id = $1`, [id, portion])
  let worker = startWorker()
  const battle: Battle = { rssMax: 0, rssFirst: 0, seconds: 0, done: [], killed: [] }
  const remember = () => Object.assign(battle, { rssMax: Math.max(battle.rssMax, worker.seen.rss), rssFirst: battle.rssFirst || worker.seen.first })
  const follow = async (job: string, killsLeft: number[]) => {
    for (;;) {
      const { status, done, error } = await withTenant(member, (scope) => getJob(scope, job))
      if (battle.done.at(-1) !== done) battle.done.push(done)
      if (status === 'succeeded') return
      if (worker.isGone()) throw new Error('The worker has ended by itself.')
      if (status === 'failed' || status === 'cancelled') throw new Error(error ?? status)
      if (killsLeft.length && done >= killsLeft[0]!) {
        // Anywhere within the portion that is under way.
        await wait(randomInt(0, 120))
        await worker.kill()
        remember()
        battle.killed.push(killsLeft.shift()!)
        await asSetup(`UPDATE jobs SET locked_until = now() - interval '1 second' WHERE id = $1 AND status = 'running'`, [job])
        worker = startWorker()
      }
      await wait(15)
    }
  }
  try {
    await follow(await withTenant(member, (scope) => checkImport(scope, { id, mapping, reason: '' })), [])
    const began = Date.now()
    const job = await withTenant(member, (scope) => applyImport(scope, { id, mode: 'skip_failed' }))
    let isOver = false
    const beside = calm?.(() => isOver)
    await follow(job, Array.from({ length: kills }, () => randomInt(0, rows)).sort((a, b) => a - b)).finally(() => (isOver = true))
    await beside
    battle.seconds = (Date.now() - began) / 1_000
    remember()
    return battle
  } finally {
    await worker.kill()
  }
}

/** What stands in the database of a project that a list of so many rows was brought into: to be compared with what should. */
export async function whatIsThere(projectId: string) {
  const [row] = await asSetup<{ tasks: number; titles: number; numbers: number; last: number; documents: number; tokens: number; events: number; rows: number; marks: number; next: number }>(`
    SELECT (SELECT count(*)::int FROM tasks WHERE project_id = $1) AS tasks, (SELECT count(DISTINCT title)::int FROM tasks WHERE project_id = $1) AS titles,
      (SELECT count(DISTINCT number)::int FROM tasks WHERE project_id = $1) AS numbers, (SELECT max(number) FROM tasks WHERE project_id = $1) AS last,
      (SELECT count(*)::int FROM search_documents WHERE container_id = $1 AND entity_kind = 'task') AS documents, (SELECT count(*)::int FROM search_tokens t JOIN search_documents d ON d.tenant_id = t.tenant_id AND d.id = t.document_id WHERE d.container_id = $1 AND d.entity_kind = 'task') AS tokens,
      (SELECT count(*)::int FROM audit_events WHERE container_id = $1 AND action = 'task.imported') AS events, (SELECT count(*)::int FROM import_rows WHERE container_id = $1 AND outcome = 'created') AS rows,
      (SELECT count(*)::int FROM record_labels WHERE container_id = $1) AS marks, (SELECT next_task_number FROM projects WHERE id = $1) AS next`, [projectId])
  return row!
}
