import { sql } from '@/lib/tenancy/sql'
import type { TenantTransaction } from '@/lib/tenancy/client'

/** A task is done, be it archived since; what was cancelled before it was archived is not. Of a statement in which tasks alone have these columns. */
export const DONE = sql`(status = 'done' OR (status = 'archived' AND completed_at IS NOT NULL))`
/** Cancelled, be it archived since. */
export const CANCELLED = sql`(status = 'cancelled' OR (status = 'archived' AND completed_at IS NULL))`
/** The same as `DONE` and `CANCELLED`, of a Prisma query. */
export const IS_DONE = { OR: [{ status: 'done' }, { status: 'archived', completedAt: { not: null } }] }
export const IS_CANCELLED = { OR: [{ status: 'cancelled' }, { status: 'archived', completedAt: null }] }

/**
 * Done on a day that is known. What a file brought in as done without one was completed in the moment of its making, which
 * nothing else is: it is done, and was finished in no week. In SQL, in a Prisma query and of a row.
 */
export const FINISHED = sql`(${DONE} AND completed_at <> created_at)`
export const isFinishedIn = (tx: TenantTransaction, completedAt: { gte?: Date; lte?: Date } = {}) => ({ AND: [IS_DONE, { completedAt: { not: null, ...completedAt } }, { NOT: { completedAt: { equals: tx.task.fields.createdAt } } }] })
export const finishedAt = ({ completedAt, createdAt }: { completedAt: Date | null; createdAt: Date }) => (completedAt?.getTime() === createdAt.getTime() ? null : completedAt)
