import 'server-only'
import { Refusal } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import { findMembership } from '@/lib/platform/directory'
import { asJob } from '@/lib/telemetry/load'
import { log, problemOf } from '@/lib/telemetry/log'
import { jobSeconds } from '@/lib/telemetry/metrics'
import { openSpan } from '@/lib/telemetry/trace'
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
  atWork++
  await run(job, stop).finally(() => atWork--)
  return true
}

let atWork = 0

async function run(job: TakenJob, stop: AbortSignal): Promise<void> {
  // The role is the one they have now; whoever is no active member any more has nobody acting in their name.
  const member = await findMembership(job.tenant_id, job.requested_by)
  if (!member) return void (await ask('fail_job($1, $2, $3, $4, $5)', [job.tenant_id, job.id, job.attempt, 'You are not an active member of this organization any more.', new Date()]))
  const work = new JobRun({ member, id: job.id, attempt: job.attempt, stop })
  const timer = jobSeconds.startTimer()
  const span = openSpan('job', { job: job.id, organization: job.tenant_id, attempt: job.attempt })
  const outcome = await asJob(() => (span ? span.run(() => perform(work, job)) : perform(work, job)))
  timer({ kind: work.kind || 'unknown', outcome })
  span?.end({ kind: work.kind, outcome }, outcome === 'failed' ? outcome : undefined)
}

type Outcome = 'succeeded' | 'failed' | 'given_back' | 'lost'

async function perform(work: JobRun, job: TakenJob): Promise<Outcome> {
  try {
    await work.begin()
    if (job.failures > RETRY_SECONDS.length + 1) return fail(work, 'This was tried several times and got nowhere.')
    const handler = await JOB_KINDS[work.kind]?.()
    if (!handler) return fail(work, 'This release does not know how to do that any more.')
    const result = (await handler(work)) ?? {}
    await work.finish({ status: 'succeeded', result }, (scope) => onJobFinished(scope, { id: work.id, kind: work.kind, status: 'succeeded', error: null, payload: work.payload }))
    return 'succeeded'
  } catch (error) {
    return await recover(work, error, work.hasProgressed ? 1 : job.failures)
  } finally {
    work.end()
  }
}

async function recover(work: JobRun, error: unknown, failures: number): Promise<Outcome> {
  if (error instanceof JobLostError) return 'lost'
  // Given back at once, and not counted: it is no fault of the job's.
  if (error instanceof JobStoppedError) return giveBack(work, { failures: 0 })
  if (error instanceof Refusal) return fail(work, error.message)
  const seconds = RETRY_SECONDS[failures - 1]
  log('error', 'job.failed', { job: work.id, kind: work.kind, again: seconds !== undefined, problem: problemOf(error) })
  if (seconds === undefined) return fail(work, 'Something went wrong on our side. What was finished before stays; the step under way was undone.')
  return giveBack(work, { failures, runAfter: new Date(Date.now() + seconds * 1_000) })
}

async function fail(work: JobRun, reason: string): Promise<Outcome> {
  await work.finish({ status: 'failed', error: reason }, (scope) => onJobFinished(scope, { id: work.id, kind: work.kind, status: 'failed', error: reason, payload: work.payload }))
  return 'failed'
}

async function giveBack(work: JobRun, how: { failures: number; runAfter?: Date }): Promise<Outcome> {
  await work.finish({ status: 'queued', ...how })
  return 'given_back'
}

type Runner = { stop: () => Promise<void>; heardAt: () => number }
const shared = globalThis as unknown as { bulkheadJobs?: Runner }

/** Longer than any question of the runner may take. */
const SILENCE_MAX_MS = 20_000

/** Whether the runner of this process has lately been told what is due, or is at work. */
export function areJobsAlive(): boolean {
  return shared.bulkheadJobs !== undefined && Date.now() - shared.bulkheadJobs.heardAt() < SILENCE_MAX_MS
}

/**
 * Runs jobs in the background of this process, next to any number of other instances. `stop`, which the server calls when it
 * goes down (scripts/serve), waits for the chunks under way; one that it does not wait out is taken up again after its lease.
 */
export function startJobRunner(): Runner {
  return (shared.bulkheadJobs ??= begin())
}

function begin(): Runner {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()
  let heardAt = Date.now()
  const hear = () => { heardAt = Date.now() }
  const look = () => {
    if (atWork > 0) hear()
    if (stopping.signal.aborted || running.size >= AT_ONCE) return
    const turn: Promise<void> = turnUntilIdle(stopping.signal, hear).finally(() => running.delete(turn))
    running.add(turn)
  }
  const timer = setInterval(look, POLL_MS)
  timer.unref()
  return {
    heardAt: () => heardAt,
    stop: async () => {
      clearInterval(timer)
      stopping.abort()
      await Promise.allSettled(running)
    },
  }
}

async function turnUntilIdle(stop: AbortSignal, hear: () => void): Promise<void> {
  try {
    while (!stop.aborted && (await runDueJob({ stop }))) continue
    hear()
  } catch (error) {
    // The database is away: jobs wait for it.
    log('error', 'job.delayed', { problem: problemOf(error) })
  }
}
