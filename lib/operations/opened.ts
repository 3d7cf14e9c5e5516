import 'server-only'
import { keepsReads, type Opened } from '@/lib/reads/reads'
import type { Scope } from '@/lib/tenancy/with-tenant'

type Kind = 'task' | 'project' | 'idea'

const noted = new WeakMap<Scope, Map<string, Kind>>()

/** Notes what an operation was asked about, where it is found: whatever it answers of it is read. */
export function noteOpened(scope: Scope, kind: Kind, id: string): void {
  const known = noted.get(scope) ?? new Map<string, Kind>()
  noted.set(scope, known.set(id, kind))
}

/** The records that were read and are to be kept; for a key without one, which operation it was used for. */
export async function openedIn(scope: Scope, operation: string): Promise<Opened[]> {
  const kept: Opened[] = []
  for (const [id, kind] of noted.get(scope) ?? []) {
    const opened = await factsOf(scope, kind, id)
    if (opened && (scope.key || (opened.containerId && (await keepsReads(scope, opened.containerId))))) kept.push(opened)
  }
  return kept.length === 0 && scope.key ? [{ entityKind: 'api_key', entityId: scope.key.id, containerId: null, label: operation }] : kept
}

async function factsOf({ tx }: Scope, entityKind: Kind, entityId: string): Promise<Opened | null> {
  const where = { id: entityId }
  const about = { entityKind, entityId }
  if (entityKind === 'project') {
    const found = await tx.container.findFirst({ where })
    return found && { ...about, containerId: entityId, label: found.name }
  }
  if (entityKind === 'idea') {
    const found = await tx.idea.findFirst({ where })
    return found && { ...about, containerId: found.containerId, ownerUserId: found.ownerUserId, label: found.title }
  }
  const found = await tx.task.findFirst({ where })
  return found && { ...about, containerId: found.projectId, label: found.title }
}
