import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'

const TOGETHER = 1_000

export type ImportEntry = { action: string; entityKind: string; entityId: string; containerId: string | null; label: string; from: string }

/** An event for each record that came from a file, saying from where: as `recordAudit`, in two statements for each thousand of them. */
export async function recordImports({ tx, member, request }: Scope, entries: ImportEntry[]): Promise<void> {
  const at = new Date()
  for (let first = 0; first < entries.length; first += TOGETHER) await write(entries.slice(first, first + TOGETHER))

  async function write(some: ImportEntry[]): Promise<void> {
    const rows = some.map(({ action, entityKind, entityId, containerId, label, from }) => ({
      id: uuidv7(), detail_id: uuidv7(), action, entity_kind: entityKind, entity_id: entityId, container_id: containerId, label: label.slice(0, 200),
      changes: { from: [null, from] },
    }))
    const json = JSON.stringify(rows)
    await tx.$executeRaw`
      INSERT INTO audit_events (tenant_id, actor_user_id, actor_kind, at, request_id, id, action, entity_kind, entity_id, container_id)
      SELECT ${member.tenantId}::uuid, ${member.userId}::uuid, 'user', ${at}, ${request?.requestId ?? null}, r.id, r.action, r.entity_kind, r.entity_id, r.container_id
        FROM jsonb_to_recordset(${json}::jsonb) AS r(id uuid, action text, entity_kind text, entity_id uuid, container_id uuid)`
    await tx.$executeRaw`
      INSERT INTO audit_details (tenant_id, id, event_id, label, changes, container_id)
      SELECT ${member.tenantId}::uuid, r.detail_id, r.id, r.label, r.changes, r.container_id
        FROM jsonb_to_recordset(${json}::jsonb) AS r(id uuid, detail_id uuid, label text, changes jsonb, container_id uuid)`
  }
}
