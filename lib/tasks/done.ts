import { sql } from '@/lib/tenancy/sql'

/** A task is done, be it archived since; what was cancelled before it was archived is not. Of a statement in which tasks alone have these columns. */
export const DONE = sql`(status = 'done' OR (status = 'archived' AND completed_at IS NOT NULL))`
/** Cancelled, be it archived since. */
export const CANCELLED = sql`(status = 'cancelled' OR (status = 'archived' AND completed_at IS NULL))`
/** The same as `DONE`, of a Prisma query. */
export const IS_DONE = { OR: [{ status: 'done' }, { status: 'archived', completedAt: { not: null } }] }
/** The same as `CANCELLED`, of a Prisma query. */
export const IS_CANCELLED = { OR: [{ status: 'cancelled' }, { status: 'archived', completedAt: null }] }
