import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, NotFoundError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { CreateLabel } from './schema'

/** The shared labels and my own, by name. */
export async function listLabels({ tx }: Scope) {
  return tx.label.findMany({ orderBy: [{ nameLc: 'asc' }, { id: 'asc' }], take: 500 })
}

/** @throws ConflictError when a label of this name exists among the shared ones, or among mine for a personal one */
export async function createLabel(scope: Scope, { name, colour, isPersonal }: CreateLabel) {
  authorize(scope, 'labels:manage')
  const ownerUserId = isPersonal ? scope.member.userId : null
  const id = uuidv7()
  const { count } = await scope.tx.label.createMany({ data: [{ id, name, nameLc: toLookup(name), colour, ownerUserId, createdBy: scope.member.userId }], skipDuplicates: true })
  if (count === 0) throw new ConflictError(`A label called ${name} exists already.`)
  await recordAudit(scope, { action: 'label.created', entityKind: 'label', entityId: id, label: name, ownerUserId, changes: { name: [null, name], colour: [null, colour] } })
  return { id, name, colour, ownerUserId }
}

/** Removes a label and takes it off every record. */
export async function deleteLabel(scope: Scope, id: string): Promise<void> {
  authorize(scope, 'labels:manage')
  const label = await scope.tx.label.findFirst({ where: { id } })
  if (!label) throw new NotFoundError()
  // From records that I cannot see as well: one left over would refuse the deletion, and so tell of itself.
  await scope.tx.$executeRaw`SELECT kernel.take_label_off(${id}::uuid)`
  await scope.tx.label.deleteMany({ where: { id } })
  await recordAudit(scope, { action: 'label.deleted', entityKind: 'label', entityId: id, label: label.name, ownerUserId: label.ownerUserId })
}
