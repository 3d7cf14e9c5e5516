import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { notify, type Notice } from './notify'

type Told = { id: string; title: string; number: number; createdBy: string | null; projectId: string; project: { slug: string; key: string } }

const aboutTask = (task: Told) => ({ link: `/projects/${task.project.slug}/tasks/${task.number}`, entityKind: 'task', entityId: task.id, containerId: task.projectId })
const nameOf = (task: Told) => `${task.project.key}-${task.number} ${task.title}`

/** Each of the people is told of each of the tasks that they were newly assigned to. */
export async function tellAssigned(scope: Scope, taskIds: string[], userIds: string[]): Promise<void> {
  const others = userIds.filter((userId) => userId !== scope.member.userId)
  if (others.length === 0) return
  const tasks = await findTold(scope, taskIds)
  await notify(scope, tasks.flatMap((task) => others.map((userId): Notice => ({ userId, kind: 'task_assigned', title: `${scope.member.displayName} assigned you ${nameOf(task)}`, ...aboutTask(task) }))))
}

/** Reviewers are told of each of the tasks that wait for them; `only`: these of them. */
export async function tellReview(scope: Scope, taskIds: string[], only?: string[]): Promise<void> {
  const reviewers = taskIds.length ? await scope.tx.taskAssignee.findMany({ where: { taskId: { in: taskIds }, role: 'reviewer', ...(only && { userId: { in: only } }) }, select: { taskId: true, userId: true } }) : []
  if (reviewers.length === 0) return
  const tasks = await findTold(scope, taskIds)
  await notify(scope, tasks.flatMap((task) => reviewers.filter(({ taskId }) => taskId === task.id).map(({ userId }): Notice => ({ userId, kind: 'review_wanted', title: `${scope.member.displayName} asks you to review ${nameOf(task)}`, ...aboutTask(task) }))))
}

/** Those named are told so; those whose task it is are told of a comment, once. */
export async function tellCommented(scope: Scope, taskId: string, body: string, mentions: string[]): Promise<void> {
  const [task] = await findTold(scope, [taskId])
  if (!task) return
  const assignees = await scope.tx.taskAssignee.findMany({ where: { taskId }, select: { userId: true } })
  const concerned = new Set([...assignees.map(({ userId }) => userId), ...(task.createdBy ? [task.createdBy] : [])])
  const named = new Set(mentions)
  await notify(scope, [
    ...[...named].map((userId): Notice => ({ userId, kind: 'mentioned', title: `${scope.member.displayName} named you in ${nameOf(task)}`, body, ...aboutTask(task) })),
    ...[...concerned].filter((userId) => !named.has(userId)).map((userId): Notice => ({ userId, kind: 'commented', title: `${scope.member.displayName} commented on ${nameOf(task)}`, body, ...aboutTask(task) })),
  ])
}

/** Whoever is assigned can go on. */
export async function tellUnblocked(scope: Scope, taskIds: string[]): Promise<void> {
  if (taskIds.length === 0) return
  const [tasks, assignees] = [await findTold(scope, taskIds), await scope.tx.taskAssignee.findMany({ where: { taskId: { in: taskIds } }, select: { taskId: true, userId: true } })]
  await notify(scope, tasks.flatMap((task) => assignees.filter(({ taskId }) => taskId === task.id).map(({ userId }): Notice => ({ userId, kind: 'task_unblocked', title: `${nameOf(task)} is no longer blocked`, ...aboutTask(task) }))))
}

function findTold({ tx }: Scope, ids: string[]): Promise<Told[]> {
  return tx.task.findMany({ where: { id: { in: ids } }, include: { project: true } })
}
