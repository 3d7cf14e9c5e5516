import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { type Changes, KEPT_MINUTES } from './unseen'

const MINUTE_MS = 60_000

/**
 * How much has lately been written down of each project that I see, counted and not listed: what was written by
 * a transaction that ends later is one more, however many there are. Nothing of what it was: the
 * browser reads its page again. A page reads it first: what comes meanwhile is then read once more rather than never.
 */
export async function listChanges({ tx, member }: Scope, now = new Date()): Promise<Changes> {
  const since = Math.floor(now.getTime() / MINUTE_MS) - KEPT_MINUTES
  // Owners and admins know of events in private projects, which are no projects that they see.
  const rows = await tx.$queryRaw<{ id: string; minute: number; count: number }[]>`
    SELECT container_id AS id, floor(extract(epoch FROM at) / 60)::int AS minute, count(*)::int AS count FROM audit_events
     WHERE tenant_id = ${member.tenantId}::uuid AND at >= ${new Date(since * MINUTE_MS)} AND action NOT LIKE '%.read' AND container_id IN (SELECT c.id FROM containers c WHERE c.tenant_id = ${member.tenantId}::uuid)
     GROUP BY 1, 2 ORDER BY 1, 2`
  const changes: Changes = { since, projects: {} }
  for (const { id, minute, count } of rows) (changes.projects[id] ??= {})[minute] = count
  return changes
}
