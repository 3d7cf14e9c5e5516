import 'server-only'
import { changesBetween, recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { requireEdit } from '@/lib/projects/access'
import type { Priority } from '@/lib/tasks/rules'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import { type Content, stepCount, type Step, textOf } from './outline'
import { type CreateTemplate, KIND_LABELS, OUTLINE_MAX, TASKS_MAX, type TemplateKind, type UpdateTemplate } from './schema'

const TEMPLATES_MAX = 500

export type Template = { id: string; kind: TemplateKind; name: string; content: Content; usageCount: number; version: number; project: { id: string; name: string } | null }

/** The templates that I see, of everybody or of one project's use, the most used of each kind first. */
export async function listTemplates({ tx }: Scope, { kind, projectId }: { kind?: TemplateKind; projectId?: string } = {}): Promise<Template[]> {
  const rows = await tx.taskTemplate.findMany({
    where: { ...(kind && { kind }), ...(projectId && { OR: [{ containerId: null }, { containerId: projectId }] }) },
    orderBy: [{ kind: 'asc' }, { usageCount: 'desc' }, { nameLc: 'asc' }, { id: 'asc' }], take: TEMPLATES_MAX, include: { project: { include: { container: true } } },
  })
  return rows.map(({ id, kind: stored, name, content, usageCount, version, project }) => ({ id, kind: stored as TemplateKind, name, content: content as Content, usageCount, version, project: project && { id: project.id, name: project.container.name } }))
}

/** @throws InvalidError for a project that I do not see · ForbiddenError · ConflictError when a template of this kind has the name there */
export async function createTemplate(scope: Scope, { kind, name, content, projectId }: CreateTemplate): Promise<{ id: string; name: string }> {
  authorize(scope, 'templates:manage')
  const { tx, member } = scope
  if (projectId && !(await tx.project.findFirst({ where: { id: projectId } }))) throw new InvalidError('Choose a project of the list.', { projectId: ['Choose a project of the list.'] })
  if (projectId) await requireEdit(scope, projectId)
  if (!projectId && scope.key?.containerId) throw new ForbiddenError('This API key was given for one project.')
  if ((await tx.taskTemplate.count()) >= TEMPLATES_MAX) throw new ConflictError(`An organization has at most ${TEMPLATES_MAX} templates.`)
  const id = uuidv7()
  const { count } = await tx.taskTemplate.createMany({ data: [{ id, containerId: projectId, kind, name, nameLc: toLookup(name), content, createdBy: member.userId }], skipDuplicates: true })
  if (count === 0) throw taken(kind, name)
  await recordAudit(scope, { action: 'template.created', entityKind: 'template', entityId: id, containerId: projectId, label: name, changes: { kind: [null, kind], tasks: [null, stepCount(content)] } })
  return { id, name }
}

/** @throws NotFoundError · ConflictError when the name is taken · ChangedElsewhereError */
export async function updateTemplate(scope: Scope, { id, version, kind, name, content }: UpdateTemplate): Promise<void> {
  authorize(scope, 'templates:manage')
  const { tx } = scope
  const before = await editableTemplate(scope, id)
  if (before.kind !== kind) throw new InvalidError('A template stays of its kind.')
  if (await tx.taskTemplate.findFirst({ where: { containerId: before.containerId, kind, nameLc: toLookup(name), id: { not: id } } })) throw taken(kind, name)
  const { count } = await tx.taskTemplate.updateMany({ where: { id, version }, data: { name, nameLc: toLookup(name), content, version: { increment: 1 } } })
  if (count === 0) throw new ChangedElsewhereError({ name: before.name, outline: textOf(before.content), version: before.version })
  await recordAudit(scope, { action: 'template.updated', entityKind: 'template', entityId: id, containerId: before.containerId, label: name, changes: changesBetween({ name: before.name, outline: textOf(before.content) }, { name, outline: textOf(content) }) })
}

/** What was made with it stays. @throws NotFoundError */
export async function deleteTemplate(scope: Scope, id: string): Promise<void> {
  authorize(scope, 'templates:manage')
  const { name, containerId } = await editableTemplate(scope, id)
  await scope.tx.taskTemplate.deleteMany({ where: { id } })
  await recordAudit(scope, { action: 'template.deleted', entityKind: 'template', entityId: id, containerId, label: name })
}

/**
 * Keeps a task with its subtasks as a template, without people, labels and days: of its project, or shared with everybody here.
 * @throws NotFoundError for a task that I do not see · InvalidError when it is too much for one
 */
export async function keepAsTemplate(scope: Scope, { taskId, name, isShared }: { taskId: string; name: string; isShared: boolean }): Promise<{ id: string; name: string }> {
  authorize(scope, 'templates:manage')
  const task = await scope.tx.task.findFirst({ where: { id: taskId, deletedAt: null }, include: { subtasks: { where: { deletedAt: null, status: { not: 'cancelled' } }, orderBy: [{ position: 'asc' }, { number: 'asc' }] } } })
  if (!task) throw new NotFoundError()
  const content = { tasks: [{ ...stepOf(task), ...(task.subtasks.length && { subtasks: task.subtasks.map(stepOf) }) }] }
  if (stepCount(content) > TASKS_MAX) throw new InvalidError(`A template has at most ${TASKS_MAX} tasks and subtasks; this has ${stepCount(content)}.`)
  if ([...textOf(content)].length > OUTLINE_MAX) throw new InvalidError('The descriptions are too long for a template. Shorten them first.')
  return createTemplate(scope, { kind: 'task', name, content, projectId: isShared ? null : task.projectId })
}

const stepOf = ({ title, description, priority, estimateMinutes }: { title: string; description: string; priority: string; estimateMinutes: number | null }): Step => ({
  title, ...(description && { description }), ...(priority !== 'medium' && { priority: priority as Priority }), ...(estimateMinutes && { estimateMinutes }),
})

/** @throws NotFoundError */
export async function findTemplate({ tx }: Scope, id: string) {
  const found = await tx.taskTemplate.findFirst({ where: { id } })
  if (!found) throw new NotFoundError()
  return { ...found, kind: found.kind as TemplateKind, content: found.content as Content }
}

async function editableTemplate(scope: Scope, id: string) {
  const found = await findTemplate(scope, id)
  if (found.containerId) await requireEdit(scope, found.containerId)
  return found
}

const taken = (kind: TemplateKind, name: string) => new ConflictError(`There is a ${KIND_LABELS[kind].toLowerCase()} called ${name} already.`, 'name_taken')
