import 'server-only'
import type { z } from 'zod'
import { auditFilterSchema, listAuditEvents } from '@/lib/audit/audit-list'
import type { ExportList } from './lists'

export const auditExport: ExportList<z.infer<typeof auditFilterSchema>> = {
  title: 'Audit log',
  permission: 'audit:read',
  filter: auditFilterSchema,
  columns: [
    { key: 'id', label: 'Event', kind: 'text' }, { key: 'at', label: 'When', kind: 'instant' }, { key: 'who', label: 'Who', kind: 'text' }, { key: 'action', label: 'Action', kind: 'text' },
    { key: 'kind', label: 'Record', kind: 'text' }, { key: 'record', label: 'Called', kind: 'text' }, { key: 'recordId', label: 'Record id', kind: 'text' }, { key: 'changes', label: 'Changes', kind: 'text' },
  ],
  async page(scope, filter, { after, size }) {
    const { events, nextCursor } = await listAuditEvents(scope, { ...filter, before: after ?? '' }, size)
    const rows = events.map(({ id, at, actorName, action, entityKind, entityId, label, changes }) => ({
      id, at, who: actorName, action, kind: entityKind, record: label, recordId: entityId, changes: Object.keys(changes).length ? JSON.stringify(changes) : null,
    }))
    return { rows, next: nextCursor }
  },
}
