import 'server-only'
import { changesBetween, recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, NotFoundError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import { LISTS, toConfig } from './lists'
import type { CreateView, ListKey, UpdateView } from './schema'

const PER_LIST_MAX = 200

/** `query`: the filters as an address says them. `owner`: whose it is, unless mine. */
export type View = { id: string; name: string; query: string; isShared: boolean; isDefault: boolean; isMine: boolean; owner: string | null }

/** Views of a list: my own and those shared with everybody, by name. */
export async function listViews({ tx, member }: Scope, list: ListKey): Promise<View[]> {
  const rows = await tx.savedView.findMany({ where: { listKey: list }, include: { owner: true }, orderBy: [{ nameLc: 'asc' }, { id: 'asc' }], take: PER_LIST_MAX })
  return rows.map(({ id, name, config, isShared, isDefault, ownerUserId, owner }) => {
    const isMine = ownerUserId === member.userId
    return { id, name, query: new URLSearchParams(config as Record<string, string>).toString(), isShared, isDefault: isMine && isDefault, isMine, owner: isMine ? null : owner.displayName }
  })
}

/** @throws InvalidError for filters that the list would refuse · ForbiddenError when the role may not share · ConflictError for a name that one of mine has */
export async function createView(scope: Scope, { list, name, query, isShared, isDefault }: CreateView): Promise<{ id: string }> {
  authorize(scope, LISTS[list].permission)
  if (isShared) authorize(scope, 'views:share')
  const { tx, member } = scope
  const config = toConfig(list, query)
  if ((await tx.savedView.count({ where: { listKey: list, ownerUserId: member.userId } })) >= PER_LIST_MAX / 2) throw new ConflictError(`You have ${PER_LIST_MAX / 2} views of this list: delete one first.`)
  if (isDefault) await clearDefault(scope, list)
  const id = uuidv7()
  const { count } = await tx.savedView.createMany({ data: [{ id, ownerUserId: member.userId, listKey: list, name, nameLc: toLookup(name), config, isShared, isDefault }], skipDuplicates: true })
  if (count === 0) throw taken(name)
  await recordAudit(scope, { action: 'view.created', entityKind: 'saved_view', entityId: id, label: name, ownerUserId: isShared ? null : member.userId, changes: changesBetween({}, { name, isShared, isDefault }) })
  return { id }
}

/** A view's name, whom it is shown to, and whether I open the list with it. Its filters stay. @throws NotFoundError when it is not mine · ForbiddenError · ConflictError */
export async function updateView(scope: Scope, { id, name, isShared, isDefault }: UpdateView): Promise<void> {
  authorize(scope, 'organization:read')
  const { tx } = scope
  const before = await findMine(scope, id)
  if (isShared && !before.isShared) authorize(scope, 'views:share')
  const nameLc = toLookup(name)
  if ((await tx.savedView.count({ where: { ownerUserId: before.ownerUserId, listKey: before.listKey, nameLc, id: { not: id } } })) > 0) throw taken(name)
  if (isDefault && !before.isDefault) await clearDefault(scope, before.listKey)
  await tx.savedView.updateMany({ where: { id }, data: { name, nameLc, isShared, isDefault } })
  await recordAudit(scope, {
    action: 'view.updated', entityKind: 'saved_view', entityId: id, label: name, ownerUserId: isShared || before.isShared ? null : before.ownerUserId,
    changes: changesBetween({ name: before.name, isShared: before.isShared, isDefault: before.isDefault }, { name, isShared, isDefault }),
  })
}

/** @throws NotFoundError when it is not mine */
export async function deleteView(scope: Scope, id: string): Promise<void> {
  authorize(scope, 'organization:read')
  const view = await findMine(scope, id)
  await scope.tx.savedView.deleteMany({ where: { id } })
  await recordAudit(scope, { action: 'view.deleted', entityKind: 'saved_view', entityId: id, label: view.name, ownerUserId: view.isShared ? null : view.ownerUserId })
}

async function findMine({ tx, member }: Scope, id: string) {
  const view = await tx.savedView.findFirst({ where: { id, ownerUserId: member.userId } })
  if (!view) throw new NotFoundError()
  return view
}

async function clearDefault({ tx, member }: Scope, listKey: string): Promise<void> {
  await tx.savedView.updateMany({ where: { ownerUserId: member.userId, listKey, isDefault: true }, data: { isDefault: false } })
}

const taken = (name: string) => new ConflictError(`You have a view called ${name} already.`)
