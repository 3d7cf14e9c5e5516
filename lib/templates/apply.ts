import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { InvalidError } from '@/lib/errors'
import { addDependency } from '@/lib/tasks/dependencies'
import { formatEstimate } from '@/lib/tasks/rules'
import { createTaskSchema } from '@/lib/tasks/schema'
import { createTask } from '@/lib/tasks/tasks'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Step, TemplateTask } from './outline'
import type { ApplyTemplate } from './schema'
import { findTemplate } from './templates'

/**
 * Makes the tasks, subtasks and dependencies of a template, all or none, and counts the use. A checklist becomes subtasks: of
 * `taskId`, or of a task that has its name.
 * @throws NotFoundError · InvalidError for a project or task that I do not see · ForbiddenError · ConflictError where no tasks are taken
 */
export async function applyTemplate(scope: Scope, { id, projectId, taskId }: ApplyTemplate): Promise<{ count: number; projectSlug: string; number: number; name: string }> {
  authorize(scope, 'tasks:create')
  const template = await findTemplate(scope, id)
  if (template.containerId && template.containerId !== projectId) throw new InvalidError('This template is of another project.', { projectId: ['This template is of another project.'] })
  if (taskId && template.kind !== 'checklist') throw new InvalidError('Only a checklist becomes subtasks of a task.', { id: ['Choose a checklist.'] })
  const make = (step: Step, parentId = '') => createTask(scope, createTaskSchema.parse({
    projectId, parentId, title: step.title, description: step.description, priority: step.priority, estimate: step.estimateMinutes ? formatEstimate(step.estimateMinutes) : '',
  }))
  const made: Awaited<ReturnType<typeof createTask>>[] = []
  let count = 0
  for (const { subtasks = [], after = [], ...task } of taskId ? [] : tasksOf(template)) {
    const created = await make(task)
    for (const part of subtasks) await make(part, created.id)
    for (const place of after) await addDependency(scope, { taskId: created.id, dependsOnId: made[place]!.id })
    made.push(created)
    count += 1 + subtasks.length
  }
  for (const item of taskId ? template.content.tasks : []) {
    made.push(await make(item, taskId!))
    count++
  }
  const [{ projectSlug, number }] = made as [(typeof made)[number]]
  // Not its version: whoever is writing on it loses nothing by it.
  await scope.tx.taskTemplate.updateMany({ where: { id }, data: { usageCount: { increment: 1 } } })
  await recordAudit(scope, { action: 'template.used', entityKind: 'template', entityId: id, containerId: projectId, label: template.name, changes: { tasks: [null, count] } })
  return { count, projectSlug, number, name: template.name }
}

const tasksOf = ({ kind, name, content }: Awaited<ReturnType<typeof findTemplate>>): TemplateTask[] => (kind === 'checklist' ? [{ title: name, subtasks: content.tasks }] : content.tasks)
