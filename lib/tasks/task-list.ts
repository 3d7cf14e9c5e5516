import 'server-only'
import { z } from 'zod'
import { toDate } from '@/lib/days'
import { searchRecords } from '@/lib/search/search'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { optionalDay } from '@/lib/text'
import { isUuid } from '@/lib/uuid'
import { type Assignee, peopleOn } from './assignees'
import { IS_DONE } from './done'
import { assignedToPerson, inheritedOf, inheritedOfAnybody, IS_NOBODYS } from './effective'
import { FINDING_KINDS } from './finding-kinds'
import { found } from './findings'
import { OPEN_STATUSES, PRIORITIES, STATUSES } from './rules'
import { labelsOf, type TaskLabel } from './task-labels'

export const SORTS = ['updated', 'due', 'priority', 'created'] as const
/** By what a list may be put into groups. */
export const GROUPS = ['status', 'assignee', 'workstream', 'priority', 'due'] as const
export const DUE = ['overdue', 'today', 'week', 'none'] as const
const PAGE_SIZE = 50
const SEARCH_MAX = 1_000
const COUNT_MAX = 1_000
const HELD_MAX = 500

const list = <T extends string>(values: readonly T[]) => z.string().transform((text) => text.split(',').filter(Boolean)).pipe(z.array(z.enum(values as [T, ...T[]])).transform((chosen) => [...new Set(chosen)].sort())).default([])

/** The filters of every task list, as they stand in the URL. */
export const taskFilterSchema = z.object({
  q: z.string().max(200).default(''),
  status: list(['open', ...STATUSES]),
  priority: list(PRIORITIES),
  assignee: z.union([z.enum(['', 'me', 'nobody']), z.uuid()]).default(''),
  reviewer: z.union([z.enum(['', 'me']), z.uuid()]).default(''),
  label: z.union([z.literal(''), z.uuid()]).default(''),
  workstream: z.union([z.enum(['', 'none']), z.uuid()]).default(''),
  goal: z.union([z.literal(''), z.uuid()]).default(''),
  // Also a day, or a stretch of days: `2026-11-22`, `2026-11-23..2026-11-29`.
  due: z.union([z.enum(['', ...DUE]), z.string().regex(/^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/).refine((text) => text.split('..').every((day) => optionalDay.safeParse(day).success))]).default(''),
  estimate: z.enum(['', 'none']).default(''),
  finding: z.enum(['', ...FINDING_KINDS]).default(''),
  sort: z.enum(SORTS).default('updated'),
  group: z.enum(['', ...GROUPS]).default(''),
  after: z.string().max(200).default(''),
})
export type TaskFilter = z.infer<typeof taskFilterSchema>

export type TaskRow = {
  id: string; number: number; key: string; projectSlug: string; projectName: string; projectColour: string; projectId: string; title: string; status: string; priority: string
  dueOn: Date | null; progress: number; version: number; updatedAt: Date; subtaskCount: number; subtaskDoneCount: number
  /** How many open tasks it waits for. */
  waitsForCount: number
  workstreamName: string | null; parentId: string | null; blockedReason: string | null
  assignees: Assignee[]
  /** Of its parent, where it has none of its own. */
  inherited: Assignee[]
  reviewers: Assignee[]; labels: TaskLabel[]
}

export type TaskPage = { tasks: TaskRow[]; nextCursor: string | null; total: number; totalIsCapped: boolean; searchIsCapped: boolean }

/** One page of tasks that I may see, by key: the cost of a page does not grow with its number. `today` is `YYYY-MM-DD`. */
export async function listTasks(scope: Scope, filter: TaskFilter, place: { projectId?: string; today: string; pageSize?: number }): Promise<TaskPage> {
  const narrowed = await whereOf(scope, filter, place)
  if (!narrowed) return { tasks: [], nextCursor: null, total: 0, totalIsCapped: false, searchIsCapped: false }
  const { where, searchIsCapped } = narrowed
  const size = place.pageSize ?? PAGE_SIZE
  const rows = await readTasks(scope, where, filter, size + 1)
  const total = await scope.tx.task.count({ where, take: COUNT_MAX + 1 })
  const page = rows.slice(0, size)
  const nextCursor = rows.length > size ? cursorOf(page.at(-1)!, filter.sort) : null
  return { tasks: await decorate(scope, await withProjects(scope, page)), nextCursor, total: Math.min(total, COUNT_MAX), totalIsCapped: total > COUNT_MAX, searchIsCapped }
}

type Where = NonNullable<Parameters<Scope['tx']['task']['findMany']>[0]>['where']

/** The filters as a condition; null when nothing can fit. `searchIsCapped`: more fit the words than are looked at. */
export async function whereOf(scope: Scope, filter: TaskFilter, { projectId, today }: { projectId?: string; today: string }): Promise<{ where: Where; searchIsCapped: boolean } | null> {
  const day = (offset: number) => new Date(Date.parse(`${today}T00:00:00Z`) + offset * 86_400_000)
  const statuses = [...new Set(filter.status.flatMap((status) => (status === 'open' ? OPEN_STATUSES : [status])))]
  const and: Where[] = []
  let searchIsCapped = false
  if (filter.q.trim()) {
    const hits = await searchRecords(scope, filter.q, { kinds: ['task'], limit: SEARCH_MAX })
    if (hits.length === 0) return null
    searchIsCapped = hits.length >= SEARCH_MAX
    and.push({ id: { in: hits.map(({ entityId }) => entityId) } })
  }
  if (filter.label) and.push({ labels: { some: { labelId: filter.label } } })
  if (filter.workstream) and.push({ workstreamId: filter.workstream === 'none' ? null : filter.workstream })
  if (filter.goal) and.push({ goalId: filter.goal })
  if (filter.assignee === 'nobody') and.push(await nobodys(scope))
  else if (filter.assignee) and.push(await heldBy(scope, filter.assignee === 'me' ? scope.member.userId : filter.assignee))
  if (filter.reviewer) and.push({ assignees: { some: { userId: filter.reviewer === 'me' ? scope.member.userId : filter.reviewer, role: 'reviewer' } } })
  if (filter.due === 'overdue') and.push({ dueOn: { lt: day(0) }, status: { in: OPEN_STATUSES } })
  if (filter.due === 'today') and.push({ dueOn: day(0) })
  if (filter.due === 'week') and.push({ dueOn: { gte: day(0), lte: day(7) } })
  if (filter.due === 'none') and.push({ dueOn: null })
  if (/^\d/.test(filter.due)) {
    const [first = '', last = first] = filter.due.split('..')
    and.push({ dueOn: { gte: toDate(first), lte: toDate(last) } })
  }
  if (filter.estimate === 'none') and.push({ estimateMinutes: null })
  if (filter.finding) and.push(found(filter.finding, today))
  const where = {
    deletedAt: null,
    ...(projectId ? { projectId } : await inOpenProjects(scope)),
    ...(statuses.length ? { status: { in: statuses } } : {}),
    ...(filter.priority.length ? { priority: { in: filter.priority } } : {}),
    AND: and as object[],
  }
  return { where, searchIsCapped }
}

// Of few, by their ids: PostgreSQL then reads these alone and not every task of the organization. Of many, it walks the list and
// asks of each; the parents are asked beforehand, for an alternative to that walk makes it read them all.
async function heldBy({ tx, member: { tenantId } }: Scope, userId: string): Promise<Where> {
  const held = await tx.taskAssignee.findMany({ where: { userId, role: 'assignee' }, select: { taskId: true }, take: HELD_MAX + 1 })
  if (held.length > HELD_MAX) {
    const inherited = await tx.$queryRaw<{ id: string }[]>`${inheritedOf(tenantId, userId)} LIMIT ${HELD_MAX + 1}`
    if (inherited.length > HELD_MAX) return assignedToPerson(userId)
    const own = { assignees: { some: { userId, role: 'assignee' } } }
    return inherited.length ? { OR: [own, { id: { in: inherited.map(({ id }) => id) } }] } : own
  }
  const ids = held.map(({ taskId }) => taskId)
  return { OR: [{ id: { in: ids } }, { parentId: { in: ids }, assignees: { none: { role: 'assignee' } } }] }
}

// The alternative makes PostgreSQL read everybody's assignments; the few that it is about are asked beforehand.
async function nobodys({ tx, member: { tenantId } }: Scope): Promise<Where> {
  const inherited = await tx.$queryRaw<{ id: string }[]>`${inheritedOfAnybody(tenantId)} LIMIT ${HELD_MAX + 1}`
  return inherited.length > HELD_MAX ? IS_NOBODYS : { assignees: { none: { role: 'assignee' } }, id: { notIn: inherited.map(({ id }) => id) } }
}

// By id, not by a join: over tasks alone PostgreSQL walks the index of the order and stops at the end of the page.
async function inOpenProjects({ tx }: Scope): Promise<Where> {
  const archived = await tx.project.findMany({ where: { status: 'archived' }, select: { id: true } })
  return archived.length ? { projectId: { notIn: archived.map(({ id }) => id) } } : {}
}

const FIELDS = { updated: 'updatedAt', due: 'dueOn', priority: 'priorityRank', created: 'id' } as const

export async function readTasks(scope: Scope, where: Where, { sort, after }: TaskFilter, take: number) {
  const field = FIELDS[sort]
  const descending = sort === 'updated' || sort === 'created'
  const direction = descending ? 'desc' : 'asc'
  const beyond = descending ? 'lt' : 'gt'
  const cursor = after ? parseCursor(after, sort) : null
  const read = (extra: object, limit: number) =>
    scope.tx.task.findMany({
      where: { AND: [where as object, extra] }, take: limit, orderBy: sort === 'created' ? { id: direction } : [{ [field]: direction }, { id: direction }],
    })
  if (sort === 'created') return read(cursor ? { id: { [beyond]: cursor.id } } : {}, take)
  // The bound repeats the row comparison in a form that the index can use.
  const past = (value: unknown, id: string) => ({ [field]: { [descending ? 'lte' : 'gte']: value }, OR: [{ [field]: { [beyond]: value } }, { [field]: value, id: { [beyond]: id } }] })
  if (sort !== 'due') return read(cursor ? past(cursor.value, cursor.id) : {}, take)
  // Days first, then the tasks without one, each by its own key.
  const isUndated = cursor !== null && cursor.value === null
  const dated = isUndated ? [] : await read(cursor ? past(cursor.value, cursor.id) : { dueOn: { not: null } }, take)
  if (dated.length >= take) return dated
  return [...dated, ...(await read({ dueOn: null, ...(isUndated ? { id: { gt: cursor.id } } : {}) }, take - dated.length))]
}

type TaskRecord = Awaited<ReturnType<typeof readTasks>>[number]
type PageRow = Awaited<ReturnType<typeof withProjects<TaskRecord>>>[number]

/**
 * The same tasks with their projects. Not by `include`, which names tenant and project once for each task: a hundred
 * parameters for a few projects, of which PostgreSQL keeps no plan.
 */
export async function withProjects<T extends { projectId: string }>({ tx }: Scope, tasks: T[]) {
  const ids = [...new Set(tasks.map(({ projectId }) => projectId))]
  const projects = ids.length ? await tx.project.findMany({ where: { id: { in: ids } }, include: { container: true } }) : []
  const byId = new Map(projects.map((project) => [project.id, project]))
  return tasks.flatMap((task) => {
    const project = byId.get(task.projectId)
    return project ? [{ ...task, project }] : []
  })
}

export function cursorOf(row: TaskRecord, sort: TaskFilter['sort']): string {
  const value = row[FIELDS[sort]]
  return Buffer.from(JSON.stringify([value instanceof Date ? value.toISOString() : value, row.id])).toString('base64url')
}

/** Null for a cursor that is none of ours: the list then begins at its beginning. */
function parseCursor(text: string, sort: TaskFilter['sort']): { value: Date | number | string | null; id: string } | null {
  try {
    const [value, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [unknown, unknown]
    if (typeof id !== 'string' || !isUuid(id)) return null
    if (sort === 'created') return { value: id, id }
    if (sort === 'priority') return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 4 ? { value, id } : null
    if (value === null) return sort === 'due' ? { value, id } : null
    const instant = new Date(String(value))
    const year = instant.getUTCFullYear()
    return year >= 1900 && year <= 2100 ? { value: instant, id } : null
  } catch {
    return null
  }
}

export async function decorate(scope: Scope, rows: PageRow[]): Promise<TaskRow[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const { assignee: people, reviewer: reviewers } = await peopleOn(scope, [...ids, ...rows.flatMap(({ parentId }) => parentId ?? [])])
  const labels = await labelsOf(scope, ids)
  const subtasks = await scope.tx.task.groupBy({ by: ['parentId', 'status'], where: { parentId: { in: ids }, deletedAt: null }, _count: { _all: true } })
  const count = (parentId: string, isCounted: (status: string) => boolean) => subtasks.reduce((sum, group) => sum + (group.parentId === parentId && isCounted(group.status) ? group._count._all : 0), 0)
  const waiting = new Map((await scope.tx.taskDependency.groupBy({
    by: ['taskId'], where: { projectId: { in: [...new Set(rows.map(({ projectId }) => projectId))] }, taskId: { in: ids }, dependsOn: { deletedAt: null, NOT: IS_DONE } },
    _count: { _all: true },
  })).map((group) => [group.taskId, group._count._all]))
  const streamIds = [...new Set(rows.flatMap(({ workstreamId }) => workstreamId ?? []))]
  const streams = new Map((streamIds.length ? await scope.tx.workstream.findMany({ where: { id: { in: streamIds } }, select: { id: true, name: true } }) : []).map(({ id, name }) => [id, name]))
  return rows.map(({ project, ...task }) => ({
    id: task.id, number: task.number, key: `${project.key}-${task.number}`, projectSlug: project.slug, projectName: project.container.name, projectColour: project.colour, projectId: project.id,
    title: task.title, status: task.status, priority: task.priority, dueOn: task.dueOn, progress: task.progress, version: task.version, updatedAt: task.updatedAt, parentId: task.parentId, blockedReason: task.blockedReason,
    subtaskCount: count(task.id, () => true), subtaskDoneCount: count(task.id, (status) => status === 'done' || status === 'archived'), waitsForCount: waiting.get(task.id) ?? 0,
    workstreamName: streams.get(task.workstreamId ?? '') ?? null, assignees: people.get(task.id) ?? [], inherited: (!people.has(task.id) && task.parentId && people.get(task.parentId)) || [],
    reviewers: reviewers.get(task.id) ?? [], labels: labels.get(task.id) ?? [],
  }))
}
