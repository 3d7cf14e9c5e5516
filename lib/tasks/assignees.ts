import 'server-only'
import { tellAssigned, tellReview } from '@/lib/notifications/task-notices'
import { requirePeople } from '@/lib/projects/sharing'
import type { Scope } from '@/lib/tenancy/with-tenant'

export type Assignee = { userId: string; name: string }
/** Who does a task, and who looks at it when it is to be reviewed. */
export type Part = 'assignee' | 'reviewer'

/** Who has a part in which task, in the order they were added. */
export async function peopleOn({ tx }: Scope, taskIds: string[]): Promise<Record<Part, Map<string, Assignee[]>>> {
  const rows = await tx.taskAssignee.findMany({ where: { taskId: { in: taskIds } }, orderBy: { id: 'asc' } })
  const ids = [...new Set(rows.map(({ userId }) => userId))]
  // By themselves, not by `include`: each person once, in a statement short enough to be kept prepared.
  const members = ids.length ? await tx.membership.findMany({ where: { userId: { in: ids } } }) : []
  const names = new Map(members.map((member) => [member.userId, member.displayName]))
  const parts = { assignee: new Map<string, Assignee[]>(), reviewer: new Map<string, Assignee[]>() }
  for (const row of rows) {
    const byTask = parts[row.role as Part]
    byTask.set(row.taskId, [...(byTask.get(row.taskId) ?? []), { userId: row.userId, name: names.get(row.userId) ?? '' }])
  }
  return parts
}

/** People assigned, or reviewing, by task. */
export const assignedTo = async (scope: Scope, taskIds: string[], part: Part = 'assignee') => (await peopleOn(scope, taskIds))[part]

/** A reviewer is told when there is something to review. @throws InvalidError when someone newly assigned is no active member here. Who was assigned before and has left may stay. */
export async function replaceAssignees(scope: Scope, task: { id: string; projectId: string; status?: string }, wanted: string[], current: string[], role: Part = 'assignee'): Promise<void> {
  const added = wanted.filter((userId) => !current.includes(userId))
  const removed = current.filter((userId) => !wanted.includes(userId))
  await requirePeople(scope, added, `${role}s`)
  if (removed.length) await scope.tx.taskAssignee.deleteMany({ where: { taskId: task.id, userId: { in: removed }, role } })
  if (added.length) {
    await scope.tx.taskAssignee.createMany({
      data: [...new Set(added)].map((userId) => ({ taskId: task.id, projectId: task.projectId, userId, role, createdBy: scope.member.userId })),
      skipDuplicates: true,
    })
    if (role === 'assignee') await tellAssigned(scope, [task.id], added)
    else if (task.status === 'review') await tellReview(scope, [task.id], added)
  }
}
