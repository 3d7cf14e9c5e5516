import 'server-only'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError } from '@/lib/errors'
import { linkTasks } from '@/lib/links/links'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { assignedTo, type Part } from './assignees'
import { isOpen, type Priority } from './rules'
import { labelsOf } from './task-labels'
import { createTask, findTask } from './tasks'

/**
 * What is done stays done: what is left of it becomes a task of its own, which follows it. It begins like the first one,
 * without people who have left and without a workstream or goal that was archived since.
 * @throws ConflictError while the task is open · as `createTask`
 */
export async function createFollowUp(scope: Scope, id: string): Promise<{ key: string; number: number; projectSlug: string }> {
  authorize(scope, 'tasks:create')
  const { tx } = scope
  const task = await findTask(scope, id)
  if (isOpen(task.status)) throw new ConflictError('This task is open: go on with it instead.', 'task_open')
  const of = async (part: Part) => ((await assignedTo(scope, [id], part)).get(id) ?? []).map(({ userId }) => userId)
  const [people, reviewers] = [await of('assignee'), await of('reviewer')]
  const active = await tx.membership.findMany({ where: { userId: { in: [...people, ...reviewers] }, status: 'active' }, select: { userId: true } })
  const isHere = (userId: string) => active.some((member) => member.userId === userId)
  const kept = { projectId: task.projectId, status: { not: 'archived' } }
  const workstream = task.workstreamId && (await tx.workstream.findFirst({ where: { id: task.workstreamId, ...kept } }))
  const goal = task.goalId && (await tx.goal.findFirst({ where: { id: task.goalId, ...kept } }))
  const { title, description, projectId, priority } = task
  const made = await createTask(scope, {
    projectId, title, description, priority: priority as Priority, parentId: null, dueOn: null, estimate: null,
    workstreamId: workstream ? workstream.id : undefined, goalId: goal ? goal.id : undefined,
    assignees: people.filter(isHere), reviewers: reviewers.filter(isHere), labels: ((await labelsOf(scope, [id])).get(id) ?? []).map((label) => label.id),
  })
  await linkTasks(scope, { taskId: made.id, otherId: id, relation: 'follows', isReversed: false })
  return made
}
