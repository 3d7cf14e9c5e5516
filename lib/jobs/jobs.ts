import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { ConflictError, NotFoundError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isUuid, v7 as uuidv7 } from '@/lib/uuid'
import { JOB_KINDS } from './kinds'

export const JOB_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
export type JobStatus = (typeof JOB_STATUSES)[number]
export type Job = { id: string; kind: string; status: JobStatus; done: number; total: number | null; result: Record<string, unknown> | null; error: string | null; createdAt: Date; finishedAt: Date | null }

const LISTED = 20

/**
 * Queues slow work in the open transaction: neither it nor the change that causes it can exist without the other. It runs as
 * the person who asks, with the role they have then. `payload` holds ids, not content, and no secrets.
 */
export async function enqueueJob({ tx, member }: Scope, kind: string, payload: Record<string, unknown>): Promise<string> {
  if (!(kind in JOB_KINDS)) throw new Error(`No handler does the job ${kind}: add it to lib/jobs/kinds.ts.`)
  const id = uuidv7()
  await tx.job.createMany({ data: [{ id, kind, requestedBy: member.userId, payload: payload as object }] })
  return id
}

/** My own jobs, the latest first. */
export async function listJobs({ tx }: Scope, kinds?: string[]): Promise<Job[]> {
  const rows = await tx.job.findMany({ where: kinds ? { kind: { in: kinds } } : {}, orderBy: { id: 'desc' }, take: LISTED })
  return rows.map(jobOf)
}

/** @throws NotFoundError when it is none of mine */
export async function getJob({ tx }: Scope, id: string): Promise<Job> {
  const row = isUuid(id) ? await tx.job.findFirst({ where: { id } }) : null
  if (!row) throw new NotFoundError()
  return jobOf(row)
}

/** Stops a job of mine. What it has done in finished chunks stays; the chunk under way is undone. */
export async function cancelJob(scope: Scope, id: string): Promise<void> {
  const job = await getJob(scope, id)
  const { count } = await scope.tx.job.updateMany({ where: { id, status: { in: ['queued', 'running'] } }, data: { status: 'cancelled', lockedUntil: null, finishedAt: new Date() } })
  if (count === 0) throw new ConflictError(`This has ${job.status === 'cancelled' ? 'been cancelled' : job.status} already.`)
  await recordAudit(scope, { action: 'job.cancelled', entityKind: 'job', entityId: id, label: job.kind, ownerUserId: scope.member.userId })
}

type Row = Omit<Job, 'status' | 'result'> & { status: string; result: unknown }

function jobOf({ id, kind, status, done, total, result, error, createdAt, finishedAt }: Row): Job {
  return { id, kind, status: status as JobStatus, done, total, result: result as Job['result'], error, createdAt, finishedAt }
}
