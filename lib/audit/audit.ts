import 'server-only'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Scope } from '@/lib/tenancy/with-tenant'

/** Field → [before, after]. Secrets never. */
export type Changes = Record<string, [unknown, unknown]>

export type AuditEntry = {
  /** A verb on an object: `task.completed`. */
  action: string
  entityKind: string
  entityId: string
  /** How the record was called then; kept under the record's own guards. */
  label: string
  changes?: Changes
  containerId?: string | null
  ownerUserId?: string | null
}

/** Appends events to the organization's history in the transaction of the change itself: neither exists without the other. */
export async function recordAudit(scope: Scope, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const { tx, member, request, key } = scope
  const at = new Date()
  const rows = entries.map((entry) => ({ ...entry, id: uuidv7() }))
  await tx.auditEvent.createMany({
    data: rows.map(({ id, action, entityKind, entityId, containerId }) => ({
      id, action, entityKind, entityId, containerId, at, actorUserId: member.userId, actorKind: key ? 'api_key' : 'user', apiKeyId: key?.id,
      ip: request?.ip, userAgent: request?.userAgent?.slice(0, 400), requestId: request?.requestId,
    })),
  })
  await tx.auditDetail.createMany({
    data: rows.map(({ id, label, changes = {}, containerId, ownerUserId }) => ({
      id: uuidv7(), eventId: id, label: label.slice(0, 200), changes: JSON.parse(JSON.stringify({
        ...changes, ...(key && { apiKey: [null, key.prefix] }), ...(member.support && { support: [null, member.support.adminName] }),
      })) as object, containerId, ownerUserId,
    })),
  })
}

/** The fields of `after` that differ from `before`, as audit changes. */
export function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Changes {
  const plain = (value: unknown) => (value instanceof Date ? value.toISOString() : value ?? null)
  return Object.fromEntries(
    Object.keys(after)
      .filter((field) => after[field] !== undefined && plain(before[field]) !== plain(after[field]))
      .map((field) => [field, [plain(before[field]), plain(after[field])]]),
  )
}
