import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize, can } from '@/lib/authorization/permissions'
import { InvalidError, NotFoundError } from '@/lib/errors'
import { eachOfAll } from '@/lib/housekeeping/each-of-all'
import { ask } from '@/lib/platform/ask'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { requireManage } from './access'
import type { DeleteProject } from './schema'

const KEPT_DAYS = 30
/** Rows that surely go within the time of one statement. */
const PORTION = 1_000

/** What goes with a project, as its owner counts it. */
export type Contents = { tasks: number; files: number; ideas: number; notes: number }
/** `purgeAfter`: until then it can be brought back. */
export type DeletedProject = { id: string; name: string; key: string; deletedAt: Date; purgeAfter: Date }

/** @throws NotFoundError · ForbiddenError when I do not manage it */
export async function weighProject(scope: Scope, id: string): Promise<Contents> {
  authorize(scope, 'projects:delete')
  const { tx } = scope
  await findManaged(scope, id)
  return {
    tasks: await tx.task.count({ where: { projectId: id, deletedAt: null } }), files: await tx.attachment.count({ where: { containerId: id, deletedAt: null } }),
    ideas: await tx.idea.count({ where: { containerId: id } }), notes: await tx.contextEntry.count({ where: { containerId: id } }),
  }
}

/**
 * Takes a project away from everybody at once, with all that is in it. It can be brought back for 30 days; then it is erased.
 * @throws NotFoundError · ForbiddenError when I do not manage it · InvalidError when its key was not typed
 */
export async function deleteProject(scope: Scope, { id, confirmation }: DeleteProject): Promise<{ name: string }> {
  authorize(scope, 'projects:delete')
  const { tx, member, key: apiKey } = scope
  const { key, container } = await findManaged(scope, id)
  if (confirmation.trim().toUpperCase() !== key) throw new InvalidError(`Type ${key} to confirm.`, { confirmation: [`Type ${key} to confirm.`] })
  // Its guard is gone in a moment: without it owners and admins still read the name, unless the project was never theirs to see.
  const isNamed = container.visibility !== 'private' && !apiKey?.containerId
  await recordAudit(scope, { action: 'project.deleted', entityKind: 'project', entityId: id, containerId: isNamed ? null : id, label: container.name })
  const at = new Date()
  const { count } = await tx.container.updateMany({ where: { id }, data: { deletedAt: at, deletedBy: member.userId, purgeAfter: new Date(at.getTime() + KEPT_DAYS * 86_400_000) } })
  if (count === 0) throw new NotFoundError()
  return { name: container.name }
}

/** Those that I may bring back, the latest first. */
export async function listDeletedProjects({ tx, member }: Scope): Promise<DeletedProject[]> {
  if (!can(member.role, 'projects:delete')) return []
  return tx.$queryRaw<DeletedProject[]>`SELECT id, name, key, deleted_at AS "deletedAt", purge_after AS "purgeAfter" FROM kernel.deleted_projects(${new Date()})`
}

/** @throws NotFoundError when it is not mine to bring back, or its time is over · LimitError when the plan has no place for it */
export async function restoreProject(scope: Scope, id: string): Promise<{ name: string }> {
  authorize(scope, 'projects:delete')
  const [row] = await scope.tx.$queryRaw<{ name: string | null }[]>`SELECT kernel.restore_project(${id}::uuid, ${new Date()}) AS name`
  if (!row?.name) throw new NotFoundError()
  await recordAudit(scope, { action: 'project.restored', entityKind: 'project', entityId: id, containerId: id, label: row.name })
  return { name: row.name }
}

/** Erases projects whose time is over: all that was in them. Answers how many rows each had. @throws AggregateError after all of them, when some could not be erased */
export async function eraseDueProjects(now = new Date()): Promise<{ id: string; rows: number }[]> {
  const erased: { id: string; rows: number }[] = []
  await eachOfAll(await ask<{ tenant_id: string; id: string }>('due_projects($1)', [now]), async ({ tenant_id: tenantId, id }) => {
    let rows = 0
    for (let isOver = false; !isOver; ) {
      const [row] = await ask<{ gone: string; is_over: boolean }>('erase_project($1, $2, $3, $4)', [tenantId, id, now, PORTION])
      rows += Number(row!.gone)
      isOver = row!.is_over
    }
    erased.push({ id, rows })
  })
  return erased
}

async function findManaged(scope: Scope, id: string) {
  const project = await scope.tx.project.findFirst({ where: { id }, include: { container: true } })
  if (!project) throw new NotFoundError()
  await requireManage(scope, id)
  return project
}
