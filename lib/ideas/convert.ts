import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, NotFoundError } from '@/lib/errors'
import { createTaskSchema } from '@/lib/tasks/schema'
import { createTask } from '@/lib/tasks/tasks'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { changeIdea, eventOf, requireIdeaEdit } from './ideas'
import type { Convert } from './schema'

export type MadeTask = { id: string; key: string; title: string; status: string; path: string }

/**
 * Makes tasks of a validated idea: all of them and the links both ways, or none.
 * @throws NotFoundError · InvalidError for a project or goal that I do not see · ForbiddenError, also for those who only see the idea · ConflictError `idea_converted`, or when it is not validated
 */
export async function convertIdea(scope: Scope, { id, version, projectId, goalId, lines }: Convert): Promise<{ count: number }> {
  authorize(scope, 'ideas:convert')
  const { tx, member } = scope
  const before = await tx.idea.findFirst({ where: { id } })
  if (!before) throw new NotFoundError()
  await requireIdeaEdit(scope, before)
  if (before.status === 'converted') throw new ConflictError('This idea was converted already. Its tasks are listed below it.', 'idea_converted')
  if (before.status !== 'validated') throw new ConflictError('Only an idea that is validated becomes tasks. Refine it first.', 'idea_not_validated')
  await changeIdea(scope, before, version, { status: 'converted', convertedAt: new Date() })
  for (const title of lines) {
    const task = await createTask(scope, createTaskSchema.parse({ projectId, goalId: goalId ?? '', title, description: lines.length === 1 ? before.body.slice(0, 2000) : '' }))
    await tx.ideaTask.createMany({ data: [{ ideaId: id, projectId, taskId: task.id, createdBy: member.userId }] })
  }
  // Without the project: whoever sees the idea may not see where its tasks went.
  await recordAudit(scope, { ...eventOf(before), action: 'idea.converted', changes: { status: ['validated', 'converted'], tasks: [null, lines.length] } })
  return { count: lines.length }
}

/** The tasks that came of an idea, as far as I see them. */
export async function tasksOfIdea({ tx, member }: Scope, ideaId: string): Promise<MadeTask[]> {
  const rows = await tx.ideaTask.findMany({ where: { ideaId, task: { deletedAt: null } }, include: { task: true, project: true }, orderBy: { id: 'asc' } })
  return rows.map(({ task, project }) => ({ id: task.id, key: `${project.key}-${task.number}`, title: task.title, status: task.status, path: `/${member.organization.slug}/projects/${project.slug}/tasks/${task.number}` }))
}

/** The idea that a task came of, if I see it. */
export async function ideaOfTask({ tx }: Scope, task: { id: string; projectId: string }): Promise<{ id: string; title: string } | null> {
  const link = await tx.ideaTask.findFirst({ where: { projectId: task.projectId, taskId: task.id } })
  return link && tx.idea.findFirst({ where: { id: link.ideaId }, select: { id: true, title: true } })
}
