import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, InvalidError, NotFoundError } from '@/lib/errors'
import { requireEdit } from '@/lib/projects/access'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { deriveProgress } from './progress'
import type { MoveToProject } from './schema'
import { lockTasks, takeNumbers } from './tasks'

export type Moved = { count: number; key: string; projectSlug: string; number: number }

/**
 * Moves tasks with their subtasks to another project. All that hangs on them goes along; workstream, goal and what they wait for
 * stay behind, but for dependencies among those that go together. A subtask that goes without its parent becomes a task of its own.
 * Their sealed history stays where it happened; here and there an event says so without naming the other project.
 * @throws NotFoundError for a task that I do not see · ForbiddenError where I may not edit · InvalidError on a project that I do not see
 */
export async function moveToProject(scope: Scope, { ids, projectId }: MoveToProject, at = new Date()): Promise<Moved> {
  authorize(scope, 'tasks:update')
  const { tx, member } = scope
  const target = await tx.project.findFirst({ where: { id: projectId } })
  if (!target) throw new InvalidError('Choose a project of the list.', { projectId: ['Choose a project of the list.'] })
  await requireEdit(scope, target.id)
  if (target.status !== 'active') throw new ConflictError(`This project is ${target.status} and takes no new tasks.`, 'project_closed')

  const chosen = [...new Set(ids)]
  // Their rows are held first: whoever hangs something onto one of them meanwhile waits, and then finds it gone from here.
  await lockTasks(scope, chosen)
  const roots = await tx.task.findMany({ where: { id: { in: chosen }, deletedAt: null }, include: { project: true } })
  if (roots.length !== chosen.length) throw new NotFoundError()
  for (const id of new Set(roots.map((task) => task.projectId))) await requireEdit(scope, id)
  if (roots.some((task) => task.projectId === target.id)) throw new ConflictError('It is in this project already.', 'same_project')
  const parts = await tx.task.findMany({ where: { projectId: { in: roots.map((task) => task.projectId) }, parentId: { in: chosen }, id: { notIn: chosen } }, include: { project: true } })
  await lockTasks(scope, parts.map(({ id }) => id))
  const going = [...roots, ...parts]

  const first = await takeNumbers(scope, target.id, going.length)
  const moved = await tx.$queryRaw<{ id: string; number: number }[]>`SELECT task_id AS id, new_number AS number FROM kernel.move_tasks(${chosen}::uuid[], ${target.id}::uuid, ${first}::int, ${at}::timestamptz)`
  if (moved.length !== going.length) throw new Error('Fewer tasks were moved than were free to go.')
  const numbers = new Map(moved.map(({ id, number }) => [id, number]))
  await tx.taskMove.createMany({ data: going.map((task) => ({ id: uuidv7(), fromContainerId: task.projectId, fromNumber: task.number, toContainerId: target.id, taskId: task.id, createdBy: member.userId })) })
  const about = (task: (typeof going)[number]) => ({ entityKind: 'task', entityId: task.id, label: task.title })
  await recordAudit(scope,
    ...going.map((task) => ({ ...about(task), action: 'task.moved_away', containerId: task.projectId, changes: { number: [`${task.project.key}-${task.number}`, null] as [string, null] } })),
    ...going.map((task) => ({ ...about(task), action: 'task.moved_here', containerId: target.id, changes: { number: [null, `${target.key}-${numbers.get(task.id)}`] as [null, string] } })))
  // The parent that a subtask has left.
  for (const parentId of new Set(roots.flatMap((task) => (task.parentId && !numbers.has(task.parentId) ? [task.parentId] : [])))) await deriveProgress(scope, parentId)
  const number = numbers.get(chosen[0]!)!
  return { count: roots.length, key: `${target.key}-${number}`, projectSlug: target.slug, number }
}

export type Losses = { workstreams: string[]; goals: string[]; dependencies: string[]; subtaskCount: number; parent: string | null }

/** What a task and its subtasks would leave behind in their project, by name. */
export async function lossesOfMove(scope: Scope, task: { id: string; projectId: string; parent: { title: string } | null }): Promise<Losses> {
  const { tx } = scope
  const going = await tx.task.findMany({ where: { projectId: task.projectId, OR: [{ id: task.id }, { parentId: task.id, deletedAt: null }] }, include: { workstream: true, goal: true } })
  const ids = going.map(({ id }) => id)
  const ends = await tx.taskDependency.findMany({ where: { projectId: task.projectId, OR: [{ taskId: { in: ids } }, { dependsOnId: { in: ids } }] }, include: { task: true, dependsOn: true } })
  const outside = ends.filter(({ taskId, dependsOnId }) => !(ids.includes(taskId) && ids.includes(dependsOnId)))
  const names = (all: (string | undefined)[]) => [...new Set(all.flatMap((name) => name ?? []))]
  return {
    workstreams: names(going.map(({ workstream }) => workstream?.name)), goals: names(going.map(({ goal }) => goal?.title)),
    dependencies: names(outside.map((one) => (ids.includes(one.taskId) ? one.dependsOn.title : one.task.title))), subtaskCount: going.length - 1, parent: task.parent?.title ?? null,
  }
}

/** Where a task is now that once had this address, by slug or key of its project; null for whoever does not see it there. */
export async function movedTask({ tx }: Scope, project: string, number: number): Promise<{ id: string; projectId: string; projectSlug: string; number: number } | null> {
  const [found] = await tx.$queryRaw<{ id: string; projectId: string; projectSlug: string; number: number }[]>`SELECT task_id AS id, project_id AS "projectId", slug AS "projectSlug", number FROM kernel.moved_task(${project}, ${number}::int)`
  return found ?? null
}

/** Active projects that I may change. */
export async function listTargets({ tx }: Scope): Promise<{ id: string; name: string; key: string }[]> {
  const editable = await tx.$queryRaw<{ id: string }[]>`SELECT kernel.containers_for('edit') AS id`
  const projects = await tx.project.findMany({ where: { id: { in: editable.map(({ id }) => id) }, status: 'active' }, select: { id: true, key: true, container: { select: { name: true } } }, take: 500 })
  return projects.map(({ id, key, container }) => ({ id, key, name: container.name })).sort((a, b) => a.name.localeCompare(b.name))
}
