import 'server-only'
import { Refusal } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import { findMembership } from '@/lib/platform/directory'
import { JobLostError, JobRun, JobStoppedError, LEASE_S } from './job-run'
import { JOB_KINDS } from './kinds'
import { onJobFinished } from './on-job-finished'

const POLL_MS = 500
/** Jobs that one process works on at once. */
const AT_ONCE = 2
/** Seconds until the next try, after the first failure without progress, the second, … When they are used up, the job has failed. */
const RETRY_SECONDS = [5, 30, 120, 600]

type TakenJob = { tenant_id: string; id: string; requested_by: string; attempt: number; failures: number }

/** Takes and runs one job that is due. Returns whether there was one. */
export async function runDueJob({ now = new Date(), stop = new AbortController().signal }: { now?: Date; stop?: AbortSignal } = {}): Promise<boolean> {
  const [job] = await ask<TakenJob>('take_jobs($1, $2, $3)', [now, LEASE_S, 1])
  if (!job) return false
  await run(job, stop)
  return true
}

async function run(job: TakenJob, stop: AbortSignal): Promise<void> {
  // The role is the one they have now; whoever is no active member any more has nobody acting in their name.
  const member = await findMembership(job.tenant_id, job.requested_by)
  if (!member) return void (await ask('fail_job($1, $2, $3, $4, $5)', [job.tenant_id, job.id, job.attempt, 'You are not an active member of this organization any more.', new Date()]))
  const work = new JobRun({ member, id: job.id, attempt: job.attempt, stop })
  try {
    await work.begin()
    if (job.failures > RETRY_SECONDS.length + 1) return void (await fail(work, 'This was tried several times and got nowhere.'))
    const handler = await JOB_KINDS[work.kind]?.()
    if (!handler) return void (await fail(work, 'This release does not know how to do that any more.'))
    const result = (await handler(work)) ?? {}
    await work.finish({ status: 'succeeded', result }, (scope) => onJobFinished(scope, { id: work.id, kind: work.kind, status: 'succeeded', error: null, payload: work.payload }))
  } catch (error) {
    await recover(work, error, work.hasProgressed ? 1 : job.failures)
  } finally {
    work.end()
  }
}

async function recover(work: JobRun, error: unknown, failures: number): Promise<void> {
  if (error instanceof JobLostError) return
  // Given back at once, and not counted: it is no fault of the job's.
  if (error instanceof JobStoppedError) return void (await work.finish({ status: 'queued', failures: 0 }))
  if (error instanceof Refusal) return void (await fail(work, error.message))
  const seconds = RETRY_SECONDS[failures - 1]
  console.error(JSON.stringify({ at: new Date().toISOString(), event: 'job.failed', job: work.id, kind: work.kind, again: seconds !== undefined, problem: (error as Error).message }))
  if (seconds === undefined) return void (await fail(work, 'Something went wrong on our side. What was finished before stays; the step under way was undone.'))
  await work.finish({ status: 'queued', failures, runAfter: new Date(Date.now() + seconds * 1_000) })
}

const fail = (work: JobRun, reason: string) => work.finish({ status: 'failed', error: reason }, (scope) => onJobFinished(scope, { id: work.id, kind: work.kind, status: 'failed', error: reason, payload: work.payload }))

const shared = globalThis as unknown as { bulkheadJobs?: { stop: () => Promise<void> } }

/**
 * Runs jobs in the background of this process, next to any number of other instances. `stop`, which the server calls when it
 * goes down (scripts/serve), waits for the chunks under way; one that it does not wait out is taken up again after its lease.
 */
export function startJobRunner(): { stop: () => Promise<void> } {
  return (shared.bulkheadJobs ??= begin())
}

function begin() {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  const look = () => {
    if (stopping.signal.aborted || running.size >= AT_ONCE) return
    const turn: Promise<void> = turnUntilIdle(stopping.signal).finally(() => running.delete(turn))
    running.add(turn)
  }
  const timer = setInterval(look, POLL_MS)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      stopping.abort()
      await Promise.allSettled(running)
    },
  }
}

async function turnUntilIdle(stop: AbortSignal): Promise<void> {
  try {
    while (!stop.aborted && (await runDueJob({ stop }))) continue
  } catch (error) {
    // The database is away: jobs wait for it.
    console.error(JSON.stringify({ at: new Date().toISOString(), event: 'job.delayed', problem: (error as Error).message }))
  }
}
