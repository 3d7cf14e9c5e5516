import 'server-only'
import { z } from 'zod'
import { authorize } from '@/lib/authorization/permissions'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Changes } from './audit'

const PAGE_SIZE = 50

export type AuditRow = { id: string; action: string; entityKind: string; entityId: string | null; actorName: string; at: Date; success: boolean; label: string | null; changes: Changes }

export const auditFilterSchema = z.object({
  person: z.union([z.literal(''), z.uuid()]).default(''),
  action: z.string().regex(/^[a-z_.]{0,60}$/).default(''),
  before: z.union([z.literal(''), z.uuid()]).default(''),
})
export type AuditFilter = z.infer<typeof auditFilterSchema>

/** The organization's history, newest first. Events on private records are listed; what they say stays under the record's guards. */
export async function listAuditEvents(scope: Scope, filter: AuditFilter, pageSize = PAGE_SIZE): Promise<{ events: AuditRow[]; nextCursor: string | null }> {
  authorize(scope, 'audit:read')
  const where = { ...(filter.person ? { actorUserId: filter.person } : {}), ...(filter.action ? { action: filter.action } : {}), ...(filter.before ? { id: { lt: filter.before } } : {}) }
  const rows = await readEvents(scope, where, pageSize + 1)
  return { events: rows.slice(0, pageSize), nextCursor: rows.length > pageSize ? rows[pageSize - 1]!.id : null }
}

/** One record's history, newest first: for everybody who sees the record. */
export async function listHistory(scope: Scope, entityKind: string, entityId: string): Promise<AuditRow[]> {
  return readEvents(scope, { entityKind, entityId }, 100)
}

/** Every kind of event that has happened here, for the filter. */
export async function listAuditActions(scope: Scope): Promise<string[]> {
  authorize(scope, 'audit:read')
  const groups = await scope.tx.auditEvent.groupBy({ by: ['action'], orderBy: { action: 'asc' } })
  return groups.map(({ action }) => action)
}

async function readEvents({ tx }: Scope, where: { actorUserId?: string; action?: string; entityKind?: string; entityId?: string; id?: { lt: string } }, take: number): Promise<AuditRow[]> {
  const rows = await tx.auditEvent.findMany({ where, take, orderBy: { id: 'desc' }, include: { actor: true, details: true } })
  return rows.map(({ id, action, entityKind, entityId, actor, at, success, details }) => ({
    id, action, entityKind, entityId, at, success, actorName: actor?.displayName ?? 'System', label: details[0]?.label ?? null, changes: (details[0]?.changes ?? {}) as Changes,
  }))
}
