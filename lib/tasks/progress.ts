import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { derivedProgress } from './rules'

/** A task with subtasks shows their mean: written whenever one of them changes, in the same transaction. Of two at once the second counts with the first. */
export async function deriveProgress({ tx, member }: Scope, parentId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM tasks WHERE tenant_id = ${member.tenantId}::uuid AND id = ${parentId}::uuid FOR NO KEY UPDATE`
  // What was cancelled before it was archived counts as little as before.
  const subtasks = await tx.task.findMany({ where: { parentId, deletedAt: null, OR: [{ status: { not: 'archived' } }, { completedAt: { not: null } }] }, select: { status: true, progress: true } })
  const progress = derivedProgress(subtasks)
  if (progress !== null) await tx.task.updateMany({ where: { id: parentId, status: { notIn: ['done', 'archived'] } }, data: { progress } })
}
