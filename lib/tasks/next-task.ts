import 'server-only'
import { can } from '@/lib/authorization/permissions'
import { joinSql, sql, type Sql } from '@/lib/tenancy/sql'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { openDependencies } from './dependencies'
import { holderOf } from './effective'
import { OPEN_STATUSES, PRIORITIES, PRIORITY_LABELS, type Priority } from './rules'
import { type TaskRow, decorate, withProjects } from './task-list'

/** `person`: a member's id; candidates are theirs, or nobody's where the asker may take those. `skip`: tasks put off for now. */
export type NextFilter = { person: string; projectId?: string; workstreamId?: string; labelId?: string; skip?: string[] }
/** Why nothing is next, in numbers: open tasks of the filter that wait for others or are blocked, and that are other people's. */
export type WhyNone = { open: number; waiting: number; others: number; done: number }
/** `waiting`: how many candidates are behind it, at most `WAITING_MAX`. */
export type Next = { task: TaskRow; reason: string; waiting: number } | { task: null; why: WhyNone }

export const WAITING_MAX = 100

type Open = { id: string; projectId: string; parentId: string | null; workstreamId: string | null; priority: string; status: string; dueOn: Date | null }

// How many tasks are looked at, in their order, until enough of them qualify. Most people have their answer in the first.
const LOOKS = [200, 2_000, 20_000, 200_000]

/**
 * The task to do next. Candidates: to do or in progress, of an active project and workstream, the person's or nobody's, with
 * all dependencies done; a parent with open subtasks gives way to its first open subtask (position, then number) that itself
 * qualifies. Order: priority, in this to do before in progress, then due (none last), then number: tasks are read in it by
 * their index, and no more of them than are needed, however many there are. `today` is `YYYY-MM-DD`.
 */
export async function nextTask(scope: Scope, filter: NextFilter, today: string): Promise<Next> {
  const narrowed = narrowing(scope, filter)
  const isIdle = await readIdle(scope)
  const found = new Map<string, { isMine: boolean }>()
  for (let [look, seen] = [0, 0]; look < LOOKS.length; look++) {
    const open = await readOpen(scope, narrowed, LOOKS[look]!)
    for (const [id, facts] of await qualify(scope, open.slice(seen), filter, isIdle)) found.set(id, found.get(id) ?? facts)
    if (found.size > WAITING_MAX || open.length < LOOKS[look]!) break
    seen = open.length
  }
  const [first] = found
  if (!first) return { task: null, why: await whyNone(scope, filter, narrowed) }
  const [id, { isMine }] = first
  const [task] = await decorate(scope, await withProjects(scope, await scope.tx.task.findMany({ where: { id } })))
  const dependencies = await scope.tx.taskDependency.count({ where: { projectId: task!.projectId, taskId: id } })
  return { task: task!, reason: reasonOf({ ...task!, isMine, dependencies }, today), waiting: Math.min(found.size - 1, WAITING_MAX) }
}

/** Tasks that may be begun by their own status, in the order of what is next. Each step is read from its index, and only if the ones before were not enough. */
async function readOpen({ tx, member }: Scope, narrowed: Sql, limit: number): Promise<Open[]> {
  const steps = PRIORITIES.flatMap((_, rank) => ['todo', 'in_progress'].map((status) => sql`
    (SELECT t.id, t.project_id AS "projectId", t.parent_id AS "parentId", t.workstream_id AS "workstreamId", t.priority, t.status, t.due_on AS "dueOn" FROM tasks t
      WHERE t.tenant_id = ${member.tenantId}::uuid AND t.status = ${status} AND t.priority_rank = ${rank}::smallint AND t.deleted_at IS NULL ${narrowed} ORDER BY t.due_on, t.number LIMIT ${limit})`))
  return tx.$queryRaw<Open[]>`SELECT * FROM (${joinSql(steps, ' UNION ALL ')}) u LIMIT ${limit}`
}

type Idle = (task: Open) => boolean

/** Whether a task's project or workstream does not go on. */
async function readIdle({ tx }: Scope): Promise<Idle> {
  const projects = await tx.project.findMany({ where: { status: { not: 'active' } }, select: { id: true } })
  const workstreams = await tx.workstream.findMany({ where: { status: { not: 'active' } }, select: { id: true } })
  const idle = new Set([...projects, ...workstreams].map(({ id }) => id))
  return ({ projectId, workstreamId }) => idle.has(projectId) || (workstreamId !== null && idle.has(workstreamId))
}

/** What stands for each of these tasks, of those that qualify, in their order. */
async function qualify(scope: Scope, tasks: Open[], { person, skip = [] }: NextFilter, isIdle: Idle): Promise<[id: string, facts: { isMine: boolean }][]> {
  const { tx, member } = scope
  const wholes = tasks.filter(({ parentId }) => parentId === null).map(({ id }) => id)
  const parts: Open[] = wholes.length === 0 ? [] : await tx.task.findMany({
    where: { parentId: { in: wholes }, deletedAt: null, status: { in: OPEN_STATUSES } }, orderBy: [{ position: 'asc' }, { number: 'asc' }],
    select: { id: true, projectId: true, parentId: true, workstreamId: true, priority: true, status: true, dueOn: true },
  })
  const all = [...tasks, ...parts]
  const ids = [...new Set(all.flatMap(({ id, parentId }) => (parentId ? [id, parentId] : [id])))]
  const people = Map.groupBy(await tx.taskAssignee.findMany({ where: { taskId: { in: ids }, role: 'assignee' }, select: { taskId: true, userId: true } }), ({ taskId }) => taskId)
  const waiting = await openDependencies(scope, all.map(({ id }) => id))
  const skipped = new Set(skip)
  // Who works only on what is theirs cannot begin what is nobody's.
  const mayTake = can(member.role, 'tasks:update')
  // A subtask without people of its own is its parent's people's.
  const peopleOf = ({ id, parentId }: Open) => people.get(id) ?? (parentId ? people.get(parentId) : undefined) ?? []
  const isMine = (task: Open) => peopleOf(task).some(({ userId }) => userId === person)
  const qualifies = (task: Open) => !skipped.has(task.id) && !waiting.has(task.id) && !isIdle(task) && (isMine(task) || (mayTake && peopleOf(task).length === 0))
  const partsOf = Map.groupBy(parts, ({ parentId }) => parentId)
  return tasks.filter(qualifies).flatMap((task): [string, { isMine: boolean }][] => {
    const open = partsOf.get(task.id)
    const stand = open ? open.find((part) => (part.status === 'todo' || part.status === 'in_progress') && qualifies(part)) : task
    return stand ? [[stand.id, { isMine: isMine(stand) }]] : []
  })
}

function narrowing({ member }: Scope, { projectId, workstreamId, labelId }: NextFilter): Sql {
  return sql`
    ${projectId ? sql`AND t.project_id = ${projectId}::uuid` : sql``} ${workstreamId ? sql`AND t.workstream_id = ${workstreamId}::uuid` : sql``}
    ${labelId ? sql`AND EXISTS (SELECT FROM record_labels r WHERE r.tenant_id = ${member.tenantId}::uuid AND r.entity_kind = 'task' AND r.entity_id = t.id AND r.label_id = ${labelId}::uuid)` : sql``}`
}

/** As people say it: "Critical, all dependencies done, due tomorrow". */
export function reasonOf({ priority, status, dueOn, isMine, dependencies }: { priority: string; status: string; dueOn: Date | null; isMine: boolean; dependencies: number }, today: string): string {
  const days = dueOn ? Math.round((dueOn.getTime() - Date.parse(`${today}T00:00:00Z`)) / 86_400_000) : null
  const due = days === null ? [] : [days < -1 ? `overdue by ${-days} days` : days === -1 ? 'overdue by a day' : days === 0 ? 'due today' : days === 1 ? 'due tomorrow' : `due in ${days} days`]
  return [
    PRIORITY_LABELS[priority as Priority], ...(status === 'in_progress' ? ['begun already'] : []), ...(dependencies > 0 ? ['all dependencies done'] : []), ...due, ...(isMine ? [] : ['nobody has it yet']),
  ].join(', ')
}

async function whyNone(scope: Scope, { person }: NextFilter, narrowed: Sql): Promise<WhyNone> {
  const { tenantId } = scope.member
  const [row] = await scope.tx.$queryRaw<WhyNone[]>`
    WITH mine AS (
      SELECT t.status, t.id, EXISTS (SELECT FROM task_assignees a WHERE a.tenant_id = ${tenantId}::uuid AND a.task_id = h.id AND a.role = 'assignee') AS taken,
             EXISTS (SELECT FROM task_assignees a WHERE a.tenant_id = ${tenantId}::uuid AND a.task_id = h.id AND a.role = 'assignee' AND a.user_id = ${person}::uuid) AS own
        FROM tasks t JOIN projects p ON p.tenant_id = ${tenantId}::uuid AND p.id = t.project_id AND p.status = 'active' CROSS JOIN LATERAL (SELECT ${holderOf(tenantId)} AS id) h
       WHERE t.tenant_id = ${tenantId}::uuid AND t.deleted_at IS NULL AND t.status NOT IN ('cancelled', 'archived') ${narrowed}
    )
    SELECT count(*) FILTER (WHERE status <> 'done')::int AS open, count(*) FILTER (WHERE status <> 'done' AND (own OR NOT taken))::int AS waiting,
           count(*) FILTER (WHERE status <> 'done' AND taken AND NOT own)::int AS others, count(*) FILTER (WHERE status = 'done')::int AS done FROM mine`
  return row!
}
