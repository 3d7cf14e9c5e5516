import 'server-only'
import { z } from 'zod'
import { authorize } from '@/lib/authorization/permissions'
import type { EventCondition } from '@/lib/tenancy/sql'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isRealDay, startOfDay } from '@/lib/text'
import type { Changes } from './audit'

const PAGE_SIZE = 50

export type AuditRow = { id: string; action: string; entityKind: string; entityId: string | null; actorName: string; actorKind: string; at: Date; success: boolean; reason: string | null; label: string | null; changes: Changes; isPrivate: boolean }
export type AuditEventDetail = AuditRow & { ip: string | null; userAgent: string | null; requestId: string | null; sealedBy: number | null }

const day = z.union([z.literal(''), z.string().refine(isRealDay)]).default('')
export const auditFilterSchema = z.object({
  person: z.union([z.literal(''), z.uuid()]).default(''),
  action: z.string().regex(/^[a-z_.]{0,60}$/).default(''),
  /** The kind of record, and which one. */
  kind: z.string().regex(/^[a-z_]{0,40}$/).default(''),
  record: z.union([z.literal(''), z.uuid()]).default(''),
  q: z.string().trim().max(120).default(''),
  from: day,
  until: day,
  outcome: z.enum(['', 'done', 'refused']).default(''),
  /** What one support session has opened and changed. */
  support: z.union([z.literal(''), z.uuid()]).default(''),
  by: z.enum(['', 'user', 'api_key', 'system', 'support']).default(''),
  /** Where the page before ended: time and id. */
  before: z.union([z.literal(''), z.string().regex(/^\d{1,15}_[0-9a-f-]{36}$/)]).default(''),
})
export type AuditFilter = z.infer<typeof auditFilterSchema>

/** The organization's history, newest first. Events on private records are listed; what they say stays under the record's guards. */
export async function listAuditEvents(scope: Scope, filter: AuditFilter, take = PAGE_SIZE): Promise<{ events: AuditRow[]; nextCursor: string | null }> {
  authorize(scope, 'audit:read')
  const rows = await readEvents(scope, conditionsOf(filter, scope.member.timezone), take + 1)
  const last = rows[take - 1]
  return { events: rows.slice(0, take), nextCursor: rows.length > take && last ? `${last.at.getTime()}_${last.id}` : null }
}

/** One event with all that is known of it. Null for none here. */
export async function findAuditEvent(scope: Scope, id: string): Promise<AuditEventDetail | null> {
  authorize(scope, 'audit:read')
  const [event] = await findRows(scope, [{ id }], 1)
  if (!event) return null
  const { at, ip, userAgent, requestId } = event
  const seal = await scope.tx.auditSeal.findFirst({ where: { OR: [{ toAt: { gt: at } }, { toAt: at, toId: { gte: id } }] }, orderBy: { seq: 'asc' }, select: { seq: true } })
  return { ...rowOf(event), ip, userAgent, requestId, sealedBy: seal?.seq ?? null }
}

/** One record's history, newest first: for everybody who sees the record. Who has read it is told to those who manage its project (lib/reads). */
export async function listHistory(scope: Scope, entityKind: string, entityId: string): Promise<AuditRow[]> {
  return readEvents(scope, [{ entityKind, entityId }, { NOT: { action: { endsWith: '.read' } } }], 100)
}

/** Whose support session the history is filtered by, and since when; null without that filter, or for one that was not here. */
export async function findSupportOf({ tx }: Scope, { support }: AuditFilter): Promise<{ adminName: string; at: Date } | null> {
  const row = support ? await tx.supportSession.findFirst({ where: { id: support }, select: { adminName: true, startsAt: true, createdAt: true } }) : null
  return row && { adminName: row.adminName, at: row.startsAt ?? row.createdAt }
}

/** Every kind of event and of record that has been here, for the filters. */
export async function listAuditActions(scope: Scope): Promise<{ actions: string[]; kinds: string[] }> {
  authorize(scope, 'audit:read')
  const valuesOf = (rows: { value: string }[]) => rows.map(({ value }) => value).sort()
  // From each value to the next by its index: a few dozen steps, where grouping would read a history of millions.
  return {
    actions: valuesOf(await scope.tx.$queryRaw`
      WITH RECURSIVE found AS (
        (SELECT action AS value FROM audit_events ORDER BY action LIMIT 1)
        UNION ALL
        SELECT (SELECT e.action FROM audit_events e WHERE e.action > found.value ORDER BY e.action LIMIT 1) FROM found WHERE found.value IS NOT NULL)
      SELECT value FROM found WHERE value IS NOT NULL`),
    kinds: valuesOf(await scope.tx.$queryRaw`
      WITH RECURSIVE found AS (
        (SELECT entity_kind AS value FROM audit_events ORDER BY entity_kind LIMIT 1)
        UNION ALL
        SELECT (SELECT e.entity_kind FROM audit_events e WHERE e.entity_kind > found.value ORDER BY e.entity_kind LIMIT 1) FROM found WHERE found.value IS NOT NULL)
      SELECT value FROM found WHERE value IS NOT NULL`),
  }
}

function conditionsOf({ person, action, kind, record, q, from, until, outcome, support, by, before }: AuditFilter, timezone: string): EventCondition[] {
  const [time, id] = before.split('_')
  return [
    ...(person ? [{ actorUserId: person }] : []), ...(action ? [{ action }] : []), ...(kind ? [{ entityKind: kind }] : []), ...(record ? [{ entityId: record }] : []),
    ...(q ? [{ details: { some: { label: { contains: q, mode: 'insensitive' as const } } } }] : []),
    ...(from ? [{ at: { gte: startOfDay(from, timezone) } }] : []), ...(until ? [{ at: { lt: startOfDay(until, timezone, 1) } }] : []),
    ...(outcome ? [{ success: outcome === 'done' }] : []), ...(support ? [{ supportSessionId: support }] : []), ...(by ? [{ actorKind: by }] : []),
    ...(time && id ? [{ at: { lte: new Date(Number(time)) } }, { OR: [{ at: { lt: new Date(Number(time)) } }, { id: { lt: id } }] }] : []),
  ]
}

type EventRow = Awaited<ReturnType<typeof findRows>>[number]
const BY: Record<string, string> = { system: 'System', support: 'Support', api_key: 'API key' }

const rowOf = ({ id, action, entityKind, entityId, actor, actorKind, supportSession, at, success, reason, details, containerId }: EventRow): AuditRow => ({
  id, action, entityKind, entityId, at, success, reason, actorKind,
  actorName: (supportSession && `${supportSession.adminName} (support)`) ?? actor?.displayName ?? BY[actorKind] ?? 'Somebody', label: details[0]?.label ?? null,
  changes: (details[0]?.changes ?? {}) as Changes, isPrivate: details.length === 0 && containerId !== null,
})

async function readEvents(scope: Scope, conditions: EventCondition[], take: number): Promise<AuditRow[]> {
  return (await findRows(scope, conditions, take)).map(rowOf)
}

const findRows = ({ tx }: Scope, conditions: EventCondition[], take: number) =>
  tx.auditEvent.findMany({ where: { AND: conditions }, take, orderBy: [{ at: 'desc' }, { id: 'desc' }], include: { actor: true, details: true, supportSession: { select: { adminName: true } } } })
