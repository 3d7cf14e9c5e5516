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
  const changes: Record<string, number> = {}
  for (const { containerId, at } of events) changes[containerId!] ??= at.getTime()
  return changes
}
