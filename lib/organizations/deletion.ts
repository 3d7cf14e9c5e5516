import 'server-only'
import { z } from 'zod'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, InvalidError, NotFoundError } from '@/lib/errors'
import { fileStore } from '@/lib/files/store'
import { eachOfAll } from '@/lib/housekeeping/each-of-all'
import { ask } from '@/lib/platform/ask'
import { withPerson } from '@/lib/platform/person'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Visitor } from '@/lib/visitors/visitor'

export const deleteOrganizationSchema = z.strictObject({ confirmation: z.string().max(60) })
/** Rows that surely go within the time of one statement. */
const PORTION = 1_000
export type Deleted = { id: string; name: string; colour: string; deletedAt: Date; purgeAfter: Date }

/**
 * Closes an organization for everybody at once. Its owner can bring it back within 30 days; then it is erased.
 * @throws InvalidError when its address was not typed · ConflictError `other_owners`: they step down first
 */
export async function deleteOrganization(scope: Scope, { confirmation }: z.infer<typeof deleteOrganizationSchema>): Promise<void> {
  authorize(scope, 'organization:delete')
  const { tx, member } = scope
  if (confirmation.trim() !== member.organization.slug) throw new InvalidError(`Type ${member.organization.slug} to confirm.`, { confirmation: [`Type ${member.organization.slug} to confirm.`] })
  await recordAudit(scope, { action: 'organization.deleted', entityKind: 'organization', entityId: member.tenantId, label: member.organization.name })
  const [row] = await tx.$queryRaw<{ outcome: string }[]>`SELECT kernel.delete_organization(${new Date()}) AS outcome`
  if (row?.outcome === 'other_owners') throw new ConflictError('There are other owners. They step down first, so that nobody loses an organization that they own unasked.', 'other_owners')
  if (row?.outcome !== 'deleted') throw new NotFoundError()
}

/** Organizations that the person owns and has deleted, and that can still be brought back. */
export async function listDeleted(userId: string): Promise<Deleted[]> {
  const rows = await ask<{ tenant_id: string; name: string; colour: string; deleted_at: Date; purge_after: Date }>('deleted_of($1, $2)', [userId, new Date()])
  return rows.map(({ tenant_id: id, name, colour, deleted_at: deletedAt, purge_after: purgeAfter }) => ({ id, name, colour, deletedAt, purgeAfter }))
}

/** Brings a deleted organization back with everything in it. @throws NotFoundError when it is not the person's, or its time is over */
export async function restoreOrganization(userId: string, id: string, visitor: Visitor): Promise<{ slug: string }> {
  const [row] = await withPerson(userId, visitor, ({ tx }) => tx.$queryRaw<{ slug: string }[]>`SELECT * FROM kernel.restore_organization(${id}::uuid, ${uuidv7()}::uuid, ${new Date()})`)
  if (!row) throw new NotFoundError()
  return row
}

/**
 * Erases organizations whose time is over: every row of theirs, and nothing of anybody else. Answers how many rows each had.
 * @throws AggregateError after all of them, when some could not be erased
 */
export async function eraseDue(now = new Date()): Promise<{ tenantId: string; rows: number }[]> {
  const erased: { tenantId: string; rows: number }[] = []
  const due = await ask<{ tenant_id: string }>('due_for_erasure($1)', [now])
  await eachOfAll(due, async ({ tenant_id: tenantId }) => {
    erased.push({ tenantId, rows: await eraseOne(tenantId, now) })
    await deleteFilesOf(tenantId)
  })
  return erased
}

// Each portion is a statement and a transaction of its own: what is gone stays gone, and the next hour goes on from there.
async function eraseOne(tenantId: string, now: Date): Promise<number> {
  for (let rows = 0; ; ) {
    const [row] = await ask<{ gone: string; is_over: boolean }>('erase_organization($1, $2, $3)', [tenantId, now, PORTION])
    rows += Number(row!.gone)
    if (row!.is_over) return rows
  }
}

// Their keys begin with the organization. Should the store be away now, the sweep finds them later: no row knows them any more.
async function deleteFilesOf(tenantId: string): Promise<void> {
  for await (const { key } of fileStore().list()) if (key.startsWith(`${tenantId}/`)) await fileStore().delete(key)
}
