import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'

const LATELY_MS = 120_000
const READ_MAX = 500

/**
 * Projects that I see and that have changed within two minutes, with the time of their last event in milliseconds. Nothing
 * of what it was: the browser reads its page again, under its own rights.
 */
export async function listChanges({ tx }: Scope, now = new Date()): Promise<Record<string, number>> {
  const events = await tx.auditEvent.findMany({ where: { at: { gt: new Date(now.getTime() - LATELY_MS) }, containerId: { not: null }, NOT: { action: { endsWith: '.read' } } }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: READ_MAX, select: { containerId: true, at: true } })
  // Owners and admins know of events in private projects, which are no projects that they see.
  const ids = [...new Set(events.map(({ containerId }) => containerId!))]
  const seen = new Set((ids.length ? await tx.container.findMany({ where: { id: { in: ids } }, select: { id: true } }) : []).map(({ id }) => id))
  const changes: Record<string, number> = {}
  for (const { containerId, at } of events) if (seen.has(containerId!)) changes[containerId!] ??= at.getTime()
  return changes
}
