import 'server-only'
import { z } from 'zod'
import { fromCursor, toCursor } from '@/lib/keyset'
import { sql } from '@/lib/tenancy/sql'
import type { Scope } from '@/lib/tenancy/with-tenant'

export type TrashedTask = { id: string; title: string; key: string; number: number; deletedAt: Date }

const cursorSchema = z.tuple([z.iso.datetime().refine((at) => at > '1900'), z.uuid()])
export const trashCursor = ({ deletedAt, id }: TrashedTask) => toCursor(deletedAt, id)

/** The trash, newest first. Subtasks that went with their parent come back with it and are not listed apart. `after`: a `trashCursor`. */
export async function listTrash(scope: Scope, { after, take = 200 }: { after?: string; take?: number } = {}): Promise<TrashedTask[]> {
  const { tenantId } = scope.member
  const last = fromCursor(cursorSchema, after)
  const beyond = last ? sql`AND t.deleted_at <= ${new Date(last[0])} AND (t.deleted_at < ${new Date(last[0])} OR t.id > ${last[1]}::uuid)` : sql``
  return scope.tx.$queryRaw<TrashedTask[]>(sql`
    SELECT t.id, t.title, t.number, p.key, t.deleted_at AS "deletedAt"
      FROM tasks t JOIN projects p ON p.tenant_id = ${tenantId}::uuid AND p.id = t.project_id
     WHERE t.tenant_id = ${tenantId}::uuid AND t.deleted_at IS NOT NULL ${beyond}
       AND NOT EXISTS (SELECT 1 FROM tasks a WHERE a.tenant_id = ${tenantId}::uuid AND a.id = t.parent_id AND a.deleted_at = t.deleted_at)
     ORDER BY t.deleted_at DESC, t.id LIMIT ${take}`)
}
