import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { derivedProgress } from './rules'

/** A task with subtasks shows their mean: written whenever one of them changes, in the same transaction. */
export async function deriveProgress({ tx }: Scope, parentId: string): Promise<void> {
  // What was cancelled before it was archived counts as little as before.
  const subtasks = await tx.task.findMany({ where: { parentId, deletedAt: null, OR: [{ status: { not: 'archived' } }, { completedAt: { not: null } }] }, select: { status: true, progress: true } })
  const progress = derivedProgress(subtasks)
  if (progress !== null) await tx.task.updateMany({ where: { id: parentId, status: { notIn: ['done', 'archived'] } }, data: { progress } })
}
