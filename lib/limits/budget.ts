import 'server-only'
import { TooManyRequestsError } from '@/lib/errors'
import { tellSlow } from '@/lib/health/slow-statements'
import { respondBusy } from '@/lib/http/response'
import { ask } from '@/lib/platform/ask'
import { count, takeUnsaid, unsaidOf } from '@/lib/telemetry/load'
import { log, problemOf } from '@/lib/telemetry/log'
import { refusedRequests } from '@/lib/telemetry/metrics'

const EVERY_MS = 1_000
const MINUTE_MS = 60_000
/** Rows leave an hour minute by minute: a few minutes later there is room again. */
const EXPORT_WAIT_S = 300

type Known = { minute: number; requests: number; statementMs: number; exportedRows: number; requestsMax: number | null; statementSecondsMax: number | null; exportedRowsMax: number | null }
type Row = { organization_id: string; requests: string; statement_ms: string; exported_rows: string; requests_max: number | null; statement_seconds_max: number | null; exported_rows_max: number | null }

const AT_STOP = Symbol.for('bulkhead.at-stop')
const shared = globalThis as unknown as { bulkheadBudgets?: Map<string, Known>; bulkheadTelling?: NodeJS.Timeout; [AT_STOP]?: Set<() => Promise<void>> }
const budgets = () => (shared.bulkheadBudgets ??= new Map())
const minuteOf = (at: number) => Math.floor(at / MINUTE_MS)

/**
 * Counts one request of an organization, and refuses it when the organization has used up what its plan gives it a minute: requests,
 * or time in the database (that of its jobs apart), over all processes. They tell each other once a second, so that no request waits for the counting; for so
 * long an organization may be over.
 * @throws TooManyRequestsError until the next minute
 */
export function takeRequest(organization: string, now = Date.now()): void {
  const known = budgets().get(organization)
  const unsaid = unsaidOf(organization)
  if (known) {
    const isNow = known.minute === minuteOf(now)
    const [requests, statementMs] = [(isNow ? known.requests : 0) + unsaid.requests, (isNow ? known.statementMs : 0) + unsaid.statementMs - unsaid.jobMs]
    if (known.requestsMax !== null && requests >= known.requestsMax) refuse(organization, 'requests', now)
    if (known.statementSecondsMax !== null && statementMs >= known.statementSecondsMax * 1_000) refuse(organization, 'statement_time', now)
  }
  count(organization, { requests: 1 })
}

/** Counts rows that are taken away. @throws TooManyRequestsError when the organization has taken as many as its plan gives it an hour */
export function takeRows(organization: string, rows: number): void {
  const known = budgets().get(organization)
  if (known && known.exportedRowsMax !== null && known.exportedRows + unsaidOf(organization).exportedRows + rows > known.exportedRowsMax) {
    refusedRequests.inc({ limit: 'exported_rows' })
    throw new TooManyRequestsError(EXPORT_WAIT_S)
  }
  count(organization, { exportedRows: rows })
}

function refuse(organization: string, limit: string, now: number): never {
  count(organization, { refused: 1 })
  refusedRequests.inc({ limit })
  const waitS = Math.max(1, Math.ceil((MINUTE_MS - (now % MINUTE_MS)) / 1_000))
  respondBusy(waitS)
  throw new TooManyRequestsError(waitS)
}

/** Tells the database what this process has counted, and hears where those organizations stand over all of them. */
export async function tellLoad(now = new Date()): Promise<void> {
  const told = takeUnsaid()
  if (told.size === 0) return
  const counted = [...told].map(([organization_id, { requests, refused, statementMs, jobMs, exportedRows }]) => ({ organization_id, requests, refused, statement_ms: Math.round(statementMs), job_ms: Math.round(jobMs), exported_rows: exportedRows }))
  try {
    for (const row of await ask<Row>('add_load($1, $2)', [JSON.stringify(counted), now])) {
      budgets().set(row.organization_id, {
        minute: minuteOf(now.getTime()), requests: Number(row.requests), statementMs: Number(row.statement_ms), exportedRows: Number(row.exported_rows),
        requestsMax: row.requests_max, statementSecondsMax: row.statement_seconds_max, exportedRowsMax: row.exported_rows_max,
      })
    }
  } catch (error) {
    for (const [organization, load] of told) count(organization, load)
    throw error
  }
}

async function tellAll(): Promise<void> {
  await tellLoad()
  await tellSlow()
}

/** Once a second, in the background of this process. */
export function startTellingLoad(): void {
  let isTelling = false
  shared.bulkheadTelling ??= setInterval(() => {
    if (isTelling) return
    isTelling = true
    // The database is away: told when it is back.
    tellAll().catch((error: unknown) => log('warn', 'load.delayed', { problem: problemOf(error) })).finally(() => (isTelling = false))
  }, EVERY_MS).unref()
  ;(shared[AT_STOP] ??= new Set()).add(tellAll)
}
