import 'server-only'
import { UnavailableError } from '@/lib/errors'
import { withSpan } from '@/lib/telemetry/trace'
import { isUnavailable } from '@/lib/unavailable'
import { ACQUIRE_TIMEOUT_MS, tenantClient, type TenantTransaction } from './client'
import { tenantContext } from './context'
import { refusalOfDatabase } from './held-rules'
import type { Member } from './member'

/** Longer than the role's statement_timeout (8 s) and shorter than its transaction_timeout (12 s). */
const TRANSACTION_TIMEOUT_MS = 10_000

/** A membership and an open transaction of its tenant: what every noun function takes first. */
export type Scope = { readonly tx: TenantTransaction; readonly member: Member; readonly request?: RequestFacts; readonly key?: KeyFacts }

/** The API key that acts in the member's name: with these permissions at most, and in one container if it is limited to one. `prefix`: what is shown of it. */
export type KeyFacts = { readonly id: string; readonly prefix: string; readonly scopes: readonly string[]; readonly containerId: string | null }

/** Where a write came from, for its audit event. */
export type RequestFacts = { readonly requestId?: string; readonly ip?: string; readonly userAgent?: string }

export class NestedTenantError extends Error {
  constructor() {
    super('withTenant inside withTenant: the outer transaction would go on as the inner one.')
    this.name = 'NestedTenantError'
  }
}

/**
 * Runs `work` in one transaction of the member's tenant. The only way to tenant data.
 * Throw refusals out of it; a caught database error rolls everything back and is reported. No waiting inside it.
 * `seconds` (300 at most) is for the chunks of a job alone: it takes longer than a request may.
 * `snapshotSeconds`: reads everything as it stood at one moment, for so long in all; it takes its next 300 seconds itself (takeTime).
 * @throws Refusal for a rule that the database holds (the last owner, a plan's limits) · UnavailableError when no connection can be had in time · NestedTenantError inside another withTenant
 */
export async function withTenant<T>(
  member: Member,
  work: (scope: Scope) => Promise<T>,
  options: { readOnly?: boolean; request?: RequestFacts; key?: KeyFacts; seconds?: number; snapshotSeconds?: number } = {},
): Promise<T> {
  if (tenantContext.getStore()) throw new NestedTenantError()
  const { tenantId, userId, role } = member
  const isSnapshot = options.snapshotSeconds !== undefined
  const seconds = options.snapshotSeconds ?? options.seconds
  const context = { tenantId, userId, role, readOnly: isSnapshot || (options.readOnly ?? false), isSnapshot, isPatient: seconds !== undefined, containerId: options.key?.containerId, supportId: member.support?.id }
  // Awaited inside: Prisma's promises are lazy and would otherwise start outside the context.
  return tenantContext.run(context, async () => {
    try {
      return await withSpan('transaction', { 'db.system.name': 'postgresql', organization: tenantId, read_only: context.readOnly }, () => tenantClient().client.$transaction(
        async (tx) => {
          if (seconds) await takeTime(tx, seconds)
          return work({ tx: tx as unknown as TenantTransaction, member, request: options.request, key: options.key })
        },
        { maxWait: ACQUIRE_TIMEOUT_MS + 500, timeout: seconds ? seconds * 1_000 : TRANSACTION_TIMEOUT_MS },
      ))
    } catch (error) {
      throw isUnavailable(error) ? new UnavailableError(error) : (refusalOfDatabase(error, member.support) ?? error)
    }
  })
}

const TAKEN_MAX_S = 300

/** So long from now the open transaction may take, in place of what was given to it before: more than once only where nothing is written. */
export async function takeTime(tx: Pick<TenantTransaction, '$executeRaw'>, seconds = TAKEN_MAX_S): Promise<void> {
  await tx.$executeRaw`SELECT kernel.take_time(${Math.min(seconds, TAKEN_MAX_S)}::int)`
}
