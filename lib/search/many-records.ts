import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Searchable } from './search'
import { weighTokens } from './tokens'

const SNIPPET_LENGTH = 160

/** Puts records that were made in this transaction into the search index: as `indexRecord`, in two statements for all of them. */
export async function indexNewRecords({ tx, member }: Scope, records: Searchable[]): Promise<void> {
  const at = new Date()
  const documents = records.map(({ entityKind, entityId, title, body = '', containerId = null }) => ({ id: uuidv7(), entity_kind: entityKind, entity_id: entityId, title, snippet: body.slice(0, SNIPPET_LENGTH), container_id: containerId }))
  await tx.$executeRaw`
    INSERT INTO search_documents (tenant_id, changed_at, updated_at, id, entity_kind, entity_id, title, snippet, container_id)
    SELECT ${member.tenantId}::uuid, ${at}, ${at}, r.id, r.entity_kind, r.entity_id, r.title, r.snippet, r.container_id
      FROM jsonb_to_recordset(${JSON.stringify(documents)}::jsonb) AS r(id uuid, entity_kind text, entity_id uuid, title text, snippet text, container_id uuid)`
  const tokens = records.flatMap(({ title, body = '', labels, containerId = null }, place) =>
    [...weighTokens({ title, body, labels })].map(([token, weight]) => [uuidv7(), documents[place]!.id, token, weight, containerId] as const))
  // Columns as arrays: half the text of objects, of which there are eight for each record.
  const column = (at: 0 | 1 | 2 | 3 | 4) => tokens.map((token) => token[at])
  await tx.$executeRaw`
    INSERT INTO search_tokens (tenant_id, id, document_id, token, weight, container_id)
    SELECT ${member.tenantId}::uuid, t.id, t.document_id, t.token, t.weight, t.container_id
      FROM unnest(${column(0)}::uuid[], ${column(1)}::uuid[], ${column(2)}::text[], ${column(3)}::int[], ${column(4)}::uuid[]) AS t(id, document_id, token, weight, container_id)`
}
