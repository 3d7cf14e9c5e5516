import 'server-only'
import { z } from 'zod'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ask } from '@/lib/platform/ask'
import { log, problemOf } from '@/lib/telemetry/log'
import type { Scope } from '@/lib/tenancy/with-tenant'

/** A request is in the open for 12 s at most, a chunk of a job for 300 (kernel.take_time); the rest is for clocks that differ between instances. */
export const SEAL_AFTER_MS = 420_000
const EVERY_MS = 60_000

// As many organizations a round as a minute has room for; seals have at most 10,000 events.
const ROUND = 500
const SEALS_A_STEP = 50

export type SealProblem = { seq: number; problem: 'seal_missing' | 'seal_changed' | 'chain_broken' | 'event_added' | 'event_removed' | 'event_changed' | 'head_differs'; eventId: string | null }
/** The newest seal. Noted elsewhere, it shows later that everything up to it is as it was then. */
export type Head = { seq: number; hash: string }
/** One step of a comparison; `next`: where to go on, null at the end. */
export type VerifyStep = { head: Head | null; events: number; next: number | null; problems: SealProblem[] }

type ProblemRow = { seq: number; problem: SealProblem['problem']; event_id: string | null }
type SealRow = { seq: number; hash: Uint8Array }

export const verifyStepSchema = z.strictObject({
  from: z.coerce.number().int().min(1).default(1),
  noted: z.string().trim().regex(/^(\d{1,9}:[0-9a-f]{64})?$/, 'A noted seal looks like 12:9f86d081…, a number and 64 digits.').default(''),
})

/** Seals what is older than seven minutes, in every organization. Safe beside other instances: an organization has one sealer at a time. */
export async function sealAudit(now = new Date()): Promise<{ events: number }> {
  const before = new Date(now.getTime() - SEAL_AFTER_MS)
  let events = 0
  for (const { tenant_id: tenant } of await ask<{ tenant_id: string }>('unsealed($1, $2)', [before, ROUND])) {
    const [row] = await ask<{ seal_audit: number }>('seal_audit($1, $2, $3)', [tenant, before, now])
    events += row!.seal_audit
  }
  return { events }
}

/** Compares some seals with what they cover, as an owner or admin; the last step is an event of the history. @throws ForbiddenError */
export async function verifyStep(scope: Scope, { from, noted }: z.infer<typeof verifyStepSchema>): Promise<VerifyStep> {
  authorize(scope, 'audit:read')
  const { tx, member } = scope
  const newest = await tx.auditSeal.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true, hash: true } })
  const { _sum: sum } = await tx.auditSeal.aggregate({ _sum: { rowCount: true } })
  const rows = await tx.$queryRaw<ProblemRow[]>`SELECT * FROM kernel.verify_my_seals(${from}, ${SEALS_A_STEP})`
  const then = parseHead(noted)
  const step = stepOf(newest, sum.rowCount ?? 0, from, rows, then, then && (await tx.auditSeal.findFirst({ where: { seq: then.seq }, select: { seq: true, hash: true } })))
  if (step.next === null) await recordAudit(scope, { action: 'audit.verified', entityKind: 'audit', entityId: member.tenantId, label: step.head ? `Seal ${step.head.seq}` : 'No seal yet' })
  return step
}

/** The same over the whole chain of one organization, for the command. */
export async function verifyOrganization(tenantId: string, noted = ''): Promise<VerifyStep> {
  const then = parseHead(noted)
  const [newest] = await ask<SealRow & { events: string }>('seal_of($1, $2)', [tenantId, null])
  const [old] = then ? await ask<SealRow>('seal_of($1, $2)', [tenantId, then.seq]) : []
  const problems: SealProblem[] = []
  for (let from: number | null = 1; from !== null; ) {
    const step = stepOf(newest, Number(newest?.events ?? 0), from, await ask<ProblemRow>('verify_seals($1, $2, $3)', [tenantId, from, SEALS_A_STEP]), then, old)
    problems.push(...step.problems)
    if (step.next === null) return { ...step, problems }
    from = step.next
  }
  throw new Error('A comparison ends with a step that has no next.')
}

function stepOf(newest: SealRow | null | undefined, events: number, from: number, rows: ProblemRow[], noted: Head | null, old: SealRow | null | undefined): VerifyStep {
  const head = newest ? { seq: newest.seq, hash: hex(newest.hash) } : null
  const next = head && from + SEALS_A_STEP <= head.seq ? from + SEALS_A_STEP : null
  const problems = rows.map(({ seq, problem, event_id: eventId }): SealProblem => ({ seq, problem, eventId }))
  // Asked once, with the first step: a chain that was cut off or written anew has another hash there, or none.
  if (noted && from === 1 && (!old || hex(old.hash) !== noted.hash)) problems.push({ seq: noted.seq, problem: 'head_differs', eventId: null })
  return { head, events, next, problems }
}

function parseHead(noted: string): Head | null {
  const [seq, hash] = noted.split(':')
  return seq && hash ? { seq: Number(seq), hash } : null
}

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')

const shared = globalThis as unknown as { bulkheadSealing?: NodeJS.Timeout }

/** Every minute, in the background of this process. */
export function startSealing(): void {
  shared.bulkheadSealing ??= setInterval(() => {
    sealAudit().catch((error: unknown) => log('error', 'seal.delayed', { problem: problemOf(error) }))
  }, EVERY_MS).unref()
}
