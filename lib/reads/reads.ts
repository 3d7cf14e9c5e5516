import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import type { Member } from '@/lib/tenancy/member'
import { type KeyFacts, type RequestFacts, type Scope, withTenant } from '@/lib/tenancy/with-tenant'

const HOUR_MS = 3_600_000

/** A record that was opened. `containerId`: of whose sharing it is; `ownerUserId`: whose alone. */
export type Opened = { entityKind: string; entityId: string; containerId: string | null; ownerUserId?: string | null; label: string }
type From = { request?: RequestFacts; key?: KeyFacts }

/** Whether opening records of a container is kept, asked while they are read. */
export async function keepsReads({ tx }: Scope, containerId: string): Promise<boolean> {
  return (await tx.container.findFirst({ where: { id: containerId }, select: { logReads: true } }))?.logReads ?? false
}

/**
 * Keeps in the history that a record was opened: once by each person (and key), record and hour. Whoever is answered only after
 * it was kept has not read unseen.
 */
export async function keepOpened(member: Member, opened: Opened, { request, key }: From = {}): Promise<void> {
  // Every page that support opens is in the history already, and a session that only looks writes nothing.
  if (member.support) return
  const action = opened.entityKind === 'api_key' ? 'api_key.used' : `${opened.entityKind}.read`
  await withTenant(member, async (scope) => {
    const { entityKind, entityId, label } = opened
    const lately = { entityKind, entityId, action, actorUserId: member.userId, apiKeyId: key?.id ?? null, at: { gt: new Date(Date.now() - HOUR_MS) }, ...(entityKind === 'api_key' && { details: { some: { label } } }) }
    if (!(await scope.tx.auditEvent.findFirst({ where: lately, select: { id: true } }))) await recordAudit(scope, { ...opened, action })
  }, { request, key })
}

/** What was asked for and refused: a record by its id, or a task by its number with the slug or key of its project. */
export type Refused = { record: string } | { project: string; number: number | null }

/** Notes a refusal where a record of reading is kept. It answers nothing, and is called when the answer is on its way: no time is told by it. */
export async function noteRefused(member: Member, refused: Refused, what: 'open' | 'change'): Promise<void> {
  if (member.support) return
  const [record, project, number] = 'record' in refused ? [refused.record, null, null] : [null, refused.project, refused.number]
  await withTenant(member, ({ tx }) => tx.$queryRaw`SELECT kernel.note_refused(${record}::uuid, ${project}::text, ${number}::int, ${what}, ${new Date()})::text`)
}
