import 'server-only'
import { findMembership } from '@/lib/platform/directory'
import type { Member } from '@/lib/tenancy/member'
import { takeTime, withTenant, type Scope } from '@/lib/tenancy/with-tenant'

export const LEASE_S = 30
const HEARTBEAT_MS = 8_000
/** How long one chunk may take at most. */
const CHUNK_S = 20

/** How long everything may be read as it stood at one moment: nothing that is deleted meanwhile is cleaned up in the database. */
const SNAPSHOT_S = 3_600

/** The job is not this runner's any more: cancelled, or taken by another after its lease was over. Nothing more is written. */
export class JobLostError extends Error {
  override name = 'JobLostError'
}

/**
 * The process is going down, or whoever asked for the job is not who they were when it began (another role, shut out): it is
 * given back, and whoever takes it looks again who they are now and goes on from its last chunk.
 */
export class JobStoppedError extends Error {
  override name = 'JobStoppedError'
}

export type Progress = { done?: number; total?: number; state?: Record<string, unknown> }

type Taken = { member: Member; id: string; attempt: number; stop: AbortSignal }

/**
 * One run of a job by one process. All that a handler writes, it writes in chunks: each is one transaction of the requester that
 * ends by saying how far the job is, on condition that it is still this run's. So after a crash the next run begins where
 * the last committed chunk ended, and of two runs at once one writes nothing.
 */
export class JobRun {
  state: Record<string, unknown> = {}
  payload: Record<string, unknown> = {}
  kind = ''
  /** Whether this run has come further than the ones before: then its failures are counted anew. */
  hasProgressed = false
  private reached = 0
  readonly lost = new AbortController()
  private readonly changed = new AbortController()
  private heart?: NodeJS.Timeout
  private seen: Pick<Progress, 'done' | 'total'> = {}

  constructor(private readonly taken: Taken) {}

  get member(): Member {
    return this.taken.member
  }

  get id(): string {
    return this.taken.id
  }

  /** Reads what the job is about, and keeps the lease until `end`. */
  async begin(): Promise<void> {
    const job = await withTenant(this.member, ({ tx }) => tx.job.findFirst({ where: this.mine }), { readOnly: true })
    if (!job) throw new JobLostError()
    Object.assign(this, { kind: job.kind, payload: job.payload, state: job.state, reached: job.done })
    this.heart = setInterval(() => void this.beat(), HEARTBEAT_MS)
    this.heart.unref()
  }

  end(): void {
    clearInterval(this.heart)
  }

  /** One step that commits as a whole or not at all. `seconds`: how long it may take, when that is long. */
  async chunk<T>(work: (scope: Scope) => Promise<{ value: T } & Progress>, { seconds = CHUNK_S }: { seconds?: number } = {}): Promise<T> {
    this.check()
    const { value, state, isProgress } = await withTenant(
      this.member,
      async (scope) => {
        const { value, ...progress } = await work(scope)
        await this.requireSameMember(scope)
        const isProgress = await this.report(scope, progress)
        return { value, state: progress.state, isProgress }
      },
      { seconds },
    )
    if (state) this.state = state
    if (isProgress) this.hasProgressed = true
    return value
  }

  /**
   * Reads everything as it stood at one moment, page by page, and writes nothing. `further`, called with each page, says how far
   * it is, which the next beat writes down, and takes the time for the next one.
   */
  async snapshot<T>(work: (scope: Scope, further: (progress: Pick<Progress, 'done' | 'total'>) => Promise<void>) => Promise<T>): Promise<T> {
    this.check()
    const further = (scope: Scope) => async (progress: Pick<Progress, 'done' | 'total'>) => {
      this.check()
      this.seen = progress
      await takeTime(scope.tx)
    }
    return withTenant(this.member, (scope) => work(scope, further(scope)), { snapshotSeconds: SNAPSHOT_S })
  }

  /** Only looks: nothing it does is kept, and the job is not further. */
  async rehearse<T>(work: (scope: Scope) => Promise<T>, { seconds = CHUNK_S }: { seconds?: number } = {}): Promise<T> {
    this.check()
    const undo = new Error('A rehearsal is rolled back.')
    let answer: { value: T } | undefined
    await withTenant(this.member, async (scope) => {
      answer = { value: await work(scope) }
      throw undo
    }, { seconds }).catch((error: unknown) => {
      if (error !== undo) throw error
    })
    return answer!.value
  }

  /** @throws JobLostError or JobStoppedError when it is not worth going on */
  check(): void {
    if (this.lost.signal.aborted) throw new JobLostError()
    if (this.taken.stop.aborted || this.changed.signal.aborted) throw new JobStoppedError()
  }

  private get mine() {
    return { id: this.taken.id, attempts: this.taken.attempt, status: 'running' }
  }

  private lease() {
    return new Date(Date.now() + LEASE_S * 1_000)
  }

  // The last statement of the chunk: it holds the row for a moment only, so that cancelling never waits for the work.
  private async report({ tx }: Scope, { done, total, state }: Progress): Promise<boolean> {
    // A step that the next run would take again is none: else what fails behind it would be tried for ever.
    const isProgress = state !== undefined || (done ?? 0) > this.reached
    const { count } = await tx.job.updateMany({ where: this.mine, data: { done, total, state: state as object | undefined, ...(isProgress && { failures: 0 }), lockedUntil: this.lease() } })
    if (count === 0) throw new JobLostError()
    this.reached = Math.max(this.reached, done ?? 0)
    return isProgress
  }

  // Before anything is kept: a role that was taken away while the chunk was written writes nothing.
  private async requireSameMember({ tx, member }: Scope): Promise<void> {
    const now = await tx.membership.findFirst({ where: { userId: member.userId }, select: { role: true, status: true } })
    if (now?.status !== 'active' || now.role !== member.role) throw new JobStoppedError()
  }

  private async beat(): Promise<void> {
    try {
      const { count } = await withTenant(this.member, ({ tx }) => tx.job.updateMany({ where: this.mine, data: { lockedUntil: this.lease(), ...this.seen } }))
      if (count === 0) this.lost.abort()
      // Also of a suspended organization or a rule that is off, and of work that only reads for a long time.
      if ((await findMembership(this.member.tenantId, this.member.userId))?.role !== this.member.role) this.changed.abort()
    } catch {
      // The database is away: the lease runs out by itself, and the next chunk says so.
    }
  }

  /** Ends the run: done, failed for good, to be tried again, or given back. False when it was not this run's any more. */
  async finish(ending: { status: 'succeeded' | 'failed' | 'queued'; result?: Record<string, unknown>; error?: string; runAfter?: Date; failures?: number }, told?: (scope: Scope) => Promise<void>): Promise<boolean> {
    const isOver = ending.status !== 'queued'
    return withTenant(this.member, async (scope) => {
      const { count } = await scope.tx.job.updateMany({
        where: this.mine, data: { ...ending, result: ending.result as object | undefined, error: ending.error?.slice(0, 400) ?? null, lockedUntil: null, ...(isOver ? { finishedAt: new Date() } : {}) },
      })
      if (count === 1 && isOver) await told?.(scope)
      return count === 1
    })
  }
}
