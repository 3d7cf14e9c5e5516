import 'server-only'
import { NotFoundError } from '@/lib/errors'
import { finishedAt } from '@/lib/tasks/done'
import { allowedNext, type Status } from '@/lib/tasks/rules'
import { decorate, type TaskRow, withProjects } from '@/lib/tasks/task-list'
import { assignedTo } from '@/lib/tasks/assignees'
import type { Scope } from '@/lib/tenancy/with-tenant'

/** A task of a list as programs see it. */
export const rowShape = ({ projectId, projectSlug, projectName, projectColour: _, reviewers: _reviewers, assignees, inherited, labels, ...task }: TaskRow) => ({
  ...task, project: { id: projectId, slug: projectSlug, name: projectName }, assignees: assignees.map(({ userId: id, name }) => ({ id, name })),
  inheritedAssignees: inherited.map(({ userId: id, name }) => ({ id, name })), labels: labels.map(({ name }) => name),
})

/** A task whole, with where it may go from here. @throws NotFoundError */
export async function readTask(scope: Scope, id: string) {
  const task = await scope.tx.task.findFirst({ where: { id, deletedAt: null }, include: { parent: { select: { status: true } } } })
  const [row] = task ? await decorate(scope, await withProjects(scope, [task])) : []
  if (!task || !row) throw new NotFoundError()
  const { description, estimateMinutes, workstreamId, goalId, completionSummary, testingNotes, startedAt, createdAt, inheritsContext } = task
  return {
    ...rowShape(row), reviewers: ((await assignedTo(scope, [id], 'reviewer')).get(id) ?? []).map(({ userId, name }) => ({ id: userId, name })), description,
    estimateMinutes, workstreamId, goalId, completionSummary, testingNotes, startedAt, completedAt: finishedAt(task), createdAt, inheritsContext,
    allowedNext: allowedNext(task.status as Status, task.parent as { status: Status } | null),
  }
}
