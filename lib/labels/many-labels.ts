import 'server-only'
import { authorize } from '@/lib/authorization/permissions'
import { recordAudit } from '@/lib/audit/audit'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import { LABEL_COLOURS } from './schema'

/** Shared labels of these names, made where there are none: name in lower case → id, and which are new. */
export async function ensureLabels(scope: Scope, names: string[]): Promise<{ ids: Map<string, string>; made: string[] }> {
  const wanted = new Map(names.map((name) => [toLookup(name), name]))
  if (wanted.size === 0) return { ids: new Map(), made: [] }
  const find = async () => new Map((await scope.tx.label.findMany({ where: { ownerUserId: null, nameLc: { in: [...wanted.keys()] } } })).map(({ nameLc, id }) => [nameLc, id]))
  const known = await find()
  const missing = [...wanted].filter(([nameLc]) => !known.has(nameLc)).map(([nameLc, name]) => ({ id: uuidv7(), name, nameLc, colour: LABEL_COLOURS.at(-1)!, createdBy: scope.member.userId }))
  if (missing.length === 0) return { ids: known, made: [] }
  authorize(scope, 'labels:manage')
  await scope.tx.label.createMany({ data: missing, skipDuplicates: true })
  const ids = await find()
  // Not those that somebody else made in the same moment.
  const made = missing.filter(({ nameLc, id }) => ids.get(nameLc) === id)
  await recordAudit(scope, ...made.map(({ id, name, colour }) => ({ action: 'label.created', entityKind: 'label', entityId: id, label: name, changes: { name: [null, name] as [null, string], colour: [null, colour] as [null, string] } })))
  return { ids, made: made.map(({ id }) => id) }
}

/** Deletes those of these labels that nothing carries, also nothing hidden from me. Returns which. */
export async function deleteUnusedLabels({ tx }: Scope, ids: string[]): Promise<string[]> {
  const gone = await tx.$queryRaw<{ id: string }[]>`SELECT kernel.unmake_labels(${ids}::uuid[]) AS id`
  return gone.map(({ id }) => id)
}
