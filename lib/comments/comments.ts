import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ForbiddenError, NotFoundError } from '@/lib/errors'
import { tellCommented } from '@/lib/notifications/task-notices'
import { findTask } from '@/lib/tasks/tasks'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'

export type Comment = { id: string; body: string; authorUserId: string; authorName: string; createdAt: Date; editedAt: Date | null }

/** Comments on a record, oldest first. */
export async function listComments({ tx }: Scope, entityKind: string, entityId: string): Promise<Comment[]> {
  const rows = await tx.comment.findMany({ where: { entityKind, entityId, deletedAt: null }, include: { author: true }, orderBy: { id: 'asc' }, take: 500 })
  return rows.map(({ id, body, authorUserId, author, createdAt, editedAt }) => ({ id, body, authorUserId, authorName: author.displayName, createdAt, editedAt }))
}

/** Seeing a task is enough to comment on it. @throws NotFoundError */
export async function createTaskComment(scope: Scope, { taskId, body, mentions = [] }: { taskId: string; body: string; mentions?: string[] }): Promise<{ id: string }> {
  authorize(scope, 'comments:create')
  const task = await findTask(scope, taskId)
  const id = uuidv7()
  await scope.tx.comment.createMany({ data: [{ id, entityKind: 'task', entityId: taskId, containerId: task.projectId, authorUserId: scope.member.userId, createdBy: scope.member.userId, body }] })
  await recordAudit(scope, { action: 'comment.created', entityKind: 'task', entityId: taskId, containerId: task.projectId, label: task.title })
  await tellCommented(scope, taskId, body, mentions)
  return { id }
}

/** One's own only. What it said before is not kept: the history is read by everybody who sees the task. */
export async function updateComment(scope: Scope, { id, body }: { id: string; body: string }): Promise<void> {
  const comment = await requireOwn(scope, id)
  await scope.tx.comment.updateMany({ where: { id }, data: { body, editedAt: new Date(), version: { increment: 1 } } })
  await recordAudit(scope, { action: 'comment.updated', entityKind: comment.entityKind, entityId: comment.entityId, containerId: comment.containerId, label: 'Comment' })
}

export async function deleteComment(scope: Scope, id: string): Promise<void> {
  const comment = await requireOwn(scope, id)
  await scope.tx.comment.updateMany({ where: { id }, data: { deletedAt: new Date() } })
  await recordAudit(scope, { action: 'comment.deleted', entityKind: comment.entityKind, entityId: comment.entityId, containerId: comment.containerId, label: 'Comment' })
}

async function requireOwn(scope: Scope, id: string) {
  authorize(scope, 'comments:create')
  const comment = await scope.tx.comment.findFirst({ where: { id, deletedAt: null } })
  if (!comment) throw new NotFoundError()
  if (comment.authorUserId !== scope.member.userId) throw new ForbiddenError('Only the author can change a comment.')
  return comment
}
