import 'server-only'
import { ask } from '@/lib/platform/ask'
import type { PersonScope } from '@/lib/platform/person'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Visitor } from '@/lib/visitors/visitor'

type Entry = { action: string; subject?: string; success?: boolean; reason?: string }
const facts = ({ ip, userAgent, requestId }: Visitor) => ({ ip, userAgent: userAgent?.slice(0, 400) ?? null, requestId: requestId ?? null })

/** Appends to a person's security log in the transaction of the act itself. */
export async function recordOwnEvent({ tx, userId, visitor }: PersonScope, { success = true, ...entry }: Entry): Promise<void> {
  await tx.platformAuditEvent.createMany({ data: [{ id: uuidv7(), userId, success, ...entry, ...facts(visitor) }] })
}

// As somebody typed it, but for what cannot be stored or would break a line.
const inert = (subject: string) => subject.slice(0, 320).replace(/\p{Cc}/gu, ' ')

/** Records a refusal, of somebody known or not, in a transaction of its own: the same statement either way. */
export async function recordRefusal(visitor: Visitor, { action, subject, reason, userId }: Entry & { userId?: string | null }): Promise<void> {
  const { ip, userAgent, requestId } = facts(visitor)
  await ask('record_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [uuidv7(), userId ?? null, action, subject ? inert(subject) : null, false, reason ?? null, ip, userAgent, requestId, new Date()])
}

export type SecurityEvent = { id: string; action: string; subject: string | null; success: boolean; reason: string | null; ip: string | null; userAgent: string | null; at: Date }
const PAGE = 50

/** The person's own events, the latest first; `before` is the id of the last one seen. */
export async function listSecurityEvents({ tx, userId }: PersonScope, before?: string): Promise<{ events: SecurityEvent[]; next: string | null }> {
  const rows = await tx.platformAuditEvent.findMany({ where: { userId, ...(before && { id: { lt: before } }) }, orderBy: [{ id: 'desc' }], take: PAGE + 1 })
  return { events: rows.slice(0, PAGE), next: rows.length > PAGE ? rows[PAGE - 1]!.id : null }
}
