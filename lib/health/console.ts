import 'server-only'
import { z } from 'zod'
import { ConflictError, NotFoundError } from '@/lib/errors'
import { fromCursor, pageOf, toCursor } from '@/lib/keyset'
import { ask } from '@/lib/platform/ask'
import { hashToken } from '@/lib/tokens/token'

export const steerJobSchema = z.strictObject({ organization: z.uuid('There is no such job.'), id: z.uuid('There is no such job.') })
export const ERROR_CLASSES: Record<string, string> = { fault: 'a fault of ours', refused: 'refused, as the person was told', requester_out: 'whoever asked is out', no_progress: 'tried several times in vain', unknown_kind: 'unknown to this release' }

/** A job as those who run the installation may know it: whose, what kind, how it goes; never what it is about. */
export type JobOfAll = {
  organizationId: string; organization: string; slug: string; id: string; kind: string; status: string; attempts: number; done: number; total: number | null; errorClass: string | null; createdAt: Date; finishedAt: Date | null; runAfter: Date
}
/** Minutes until now. `statementMs`: time in the database. `requestsMax` a minute; null for no limit. */
export type BusyOrganization = { organizationId: string; organization: string; slug: string; plan: string; requests: number; refused: number; statementMs: number; exportedRows: number; busiestMinute: number; requestsMax: number | null }
export type StorageOfOrganization = { organizationId: string; organization: string; slug: string; files: number; sizeBytes: number; mostMb: number | null }

const COUNTS = new Set(['requests', 'refused', 'statementMs', 'exportedRows', 'busiestMinute', 'allMs', 'files', 'sizeBytes'])
/** Where a page of a list by amount ended. */
const amountCursor = z.tuple([z.number().int().min(0), z.uuid()])

async function list<T>(call: string, values: unknown[]): Promise<T[]> {
  const rows = await ask<Record<string, unknown>>(call, values)
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => {
    const name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    return [name, COUNTS.has(name) ? Number(value) : value]
  })) as T)
}

/** The latest first; none for who is no super-admin. `before`: the id of the last one of the page before. */
export const listJobsOfAll = (token: string, { status, kind, before, size }: { status: string | null; kind: string | null; before: string | null; size: number }, now = new Date()) =>
  list<JobOfAll>('all_jobs($1, $2, $3, $4, $5, $6)', [hashToken(token), now, status, kind, before, size])

/** @throws NotFoundError when there is none, or for who is no super-admin · ConflictError when it is over, or not failed */
export async function steerJob(token: string, { organization, id }: z.infer<typeof steerJobSchema>, what: 'retry' | 'cancel', now = new Date()): Promise<void> {
  const [row] = await ask<{ steer_job: string }>('steer_job($1, $2, $3, $4, $5)', [hashToken(token), now, organization, id, what])
  if (row?.steer_job === 'over') throw new ConflictError(what === 'retry' ? 'Only a job that has failed begins again.' : 'This job is over.')
  if (row?.steer_job !== 'done') throw new NotFoundError()
}

/** By time in the database, a page at a time. `allMs`: of all organizations in these minutes. */
export async function listBusiest(token: string, { minutes, after, size }: { minutes: number; after?: string; size: number }, now = new Date()): Promise<{ rows: BusyOrganization[]; next: string | null; allMs: number }> {
  const [ms, id] = fromCursor(amountCursor, after) ?? [null, null]
  const found = await list<BusyOrganization & { allMs: number }>('busiest($1, $2, $3, $4, $5, $6)', [hashToken(token), now, minutes, ms, id, size + 1])
  return { ...pageOf(found, size, ({ statementMs, organizationId }) => toCursor(statementMs, organizationId)), allMs: found[0]?.allMs ?? 0 }
}

/** By the size of their files, a page at a time. */
export async function listStorage(token: string, { after, size }: { after?: string; size: number }, now = new Date()): Promise<{ rows: StorageOfOrganization[]; next: string | null }> {
  const [bytes, id] = fromCursor(amountCursor, after) ?? [null, null]
  const found = await list<StorageOfOrganization>('storage_of_all($1, $2, $3, $4, $5)', [hashToken(token), now, bytes, id, size + 1])
  return pageOf(found, size, ({ sizeBytes, organizationId }) => toCursor(sizeBytes, organizationId))
}
