import 'server-only'
import { sql } from '@/lib/tenancy/sql'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { PRIORITY_LABELS, type Priority } from './rules'
import { type TaskRow, decorate, withProjects } from './task-list'

/** `person`: a member's id; candidates are theirs or nobody's. `skip`: tasks put off for now. */
export type NextFilter = { person: string; projectId?: string; workstreamId?: string; labelId?: string; skip?: string[] }
/** Why nothing is next, in numbers: open tasks of the filter that wait for others or are blocked, and that are other people's. */
export type WhyNone = { open: number; waiting: number; others: number; done: number }
export type Next = { task: TaskRow; reason: string; waiting: number } | { task: null; why: WhyNone }

type Chosen = { id: string; priority: string; status: string; dueOn: Date | null; isMine: boolean; dependencies: number; waiting: number }

/**
 * The task to do next. Candidates: to do or in progress, of an active project and workstream, the person's or nobody's, with
 * all dependencies done; a parent with open subtasks gives way to its first open subtask (position, then number) that itself
 * qualifies. Order: priority, in this to do before in progress, then due (none last), then number. `waiting` counts the
 * candidates behind it. `today` is `YYYY-MM-DD`.
 */
export async function nextTask(scope: Scope, filter: NextFilter, today: string): Promise<Next> {
  const { tenantId } = scope.member
  const { person, projectId, workstreamId, labelId, skip = [] } = filter
  const narrowed = sql`
    ${projectId ? sql`AND t.project_id = ${projectId}::uuid` : sql``} ${workstreamId ? sql`AND t.workstream_id = ${workstreamId}::uuid` : sql``}
    ${labelId ? sql`AND EXISTS (SELECT FROM record_labels r WHERE r.tenant_id = ${tenantId}::uuid AND r.entity_kind = 'task' AND r.entity_id = t.id AND r.label_id = ${labelId}::uuid)` : sql``}`
  // A subtask without people of its own is its parent's people's.
  const assigned = (task: 't' | 'p') => (task === 't' ? sql`SELECT a.user_id FROM task_assignees a WHERE a.tenant_id = ${tenantId}::uuid AND a.task_id = t.id AND a.role = 'assignee'` : sql`SELECT a.user_id FROM task_assignees a WHERE a.tenant_id = ${tenantId}::uuid AND a.task_id = t.parent_id AND a.role = 'assignee'`)
  const candidates = sql`
    WITH open AS (
      SELECT t.id, t.project_id, t.parent_id, t.number, t.position, t.priority, t.priority_rank, t.status, t.due_on FROM tasks t
        JOIN projects p ON p.tenant_id = ${tenantId}::uuid AND p.id = t.project_id AND p.status = 'active'
        LEFT JOIN workstreams w ON w.tenant_id = ${tenantId}::uuid AND w.project_id = t.project_id AND w.id = t.workstream_id
       WHERE t.tenant_id = ${tenantId}::uuid AND t.deleted_at IS NULL AND t.status IN ('todo', 'in_progress') AND coalesce(w.status, 'active') = 'active' ${narrowed}
    ), owned AS (
      SELECT t.*, ${person}::uuid IN (${assigned('t')}) OR (NOT EXISTS (${assigned('t')}) AND ${person}::uuid IN (${assigned('p')})) AS mine,
             NOT EXISTS (${assigned('t')}) AND NOT EXISTS (${assigned('p')}) AS nobodys FROM open t
    ), ready AS (
      SELECT t.*, (SELECT count(*)::int FROM task_dependencies d WHERE d.tenant_id = ${tenantId}::uuid AND d.project_id = t.project_id AND d.task_id = t.id) AS dependencies FROM owned t
       WHERE (t.mine OR t.nobodys) AND t.id <> ALL (${skip}::uuid[])
         AND NOT EXISTS (SELECT FROM task_dependencies d JOIN tasks n ON n.tenant_id = ${tenantId}::uuid AND n.project_id = d.project_id AND n.id = d.depends_on_id AND n.deleted_at IS NULL AND n.status NOT IN ('done', 'archived')
                          WHERE d.tenant_id = ${tenantId}::uuid AND d.project_id = t.project_id AND d.task_id = t.id)
    ), parts AS (
      SELECT DISTINCT ON (s.parent_id) s.parent_id, s.id FROM ready s WHERE s.parent_id IS NOT NULL ORDER BY s.parent_id, s.position, s.number
    ), chosen AS (
      -- A parent with open subtasks stands for its first one that qualifies, with the parent's own urgency; without one, for nothing.
      SELECT coalesce(s.id, t.id) AS id, t.priority_rank, t.status AS placed, t.due_on AS due, t.number
        FROM ready t LEFT JOIN parts s ON s.parent_id = t.id
       WHERE s.id IS NOT NULL OR NOT EXISTS (SELECT FROM tasks o WHERE o.tenant_id = ${tenantId}::uuid AND o.project_id = t.project_id AND o.parent_id = t.id AND o.deleted_at IS NULL AND o.status IN ('todo', 'in_progress', 'blocked', 'review', 'testing'))
    ), ranked AS (
      SELECT DISTINCT ON (c.id) c.* FROM chosen c ORDER BY c.id, c.priority_rank, c.placed DESC, c.due NULLS LAST, c.number
    )`
  const [chosen] = await scope.tx.$queryRaw<Chosen[]>`
    ${candidates}
    SELECT t.id, t.priority, t.status, t.due_on AS "dueOn", t.mine AS "isMine", t.dependencies, (SELECT count(*)::int - 1 FROM ranked) AS waiting
      FROM ranked r JOIN ready t ON t.id = r.id ORDER BY r.priority_rank, r.placed DESC, r.due NULLS LAST, r.number LIMIT 1`
  if (!chosen) return { task: null, why: await whyNone(scope, filter, narrowed) }
  const [task] = await decorate(scope, await withProjects(scope, await scope.tx.task.findMany({ where: { id: chosen.id } })))
  return { task: task!, reason: reasonOf(chosen, today), waiting: chosen.waiting }
}

/** As people say it: "Critical, all dependencies done, due tomorrow". */
export function reasonOf({ priority, status, dueOn, isMine, dependencies }: Omit<Chosen, 'id' | 'waiting'>, today: string): string {
  const days = dueOn ? Math.round((dueOn.getTime() - Date.parse(`${today}T00:00:00Z`)) / 86_400_000) : null
  const due = days === null ? [] : [days < -1 ? `overdue by ${-days} days` : days === -1 ? 'overdue by a day' : days === 0 ? 'due today' : days === 1 ? 'due tomorrow' : `due in ${days} days`]
  return [
    PRIORITY_LABELS[priority as Priority], ...(status === 'in_progress' ? ['begun already'] : []), ...(dependencies > 0 ? ['all dependencies done'] : []), ...due, ...(isMine ? [] : ['nobody has it yet']),
  ].join(', ')
}

async function whyNone(scope: Scope, { person }: NextFilter, narrowed: ReturnType<typeof sql>): Promise<WhyNone> {
  const { tenantId } = scope.member
  const [row] = await scope.tx.$queryRaw<WhyNone[]>`
    WITH mine AS (
      SELECT t.status, t.id, EXISTS (SELECT FROM task_assignees a WHERE a.tenant_id = ${tenantId}::uuid AND a.task_id = t.id AND a.role = 'assignee') AS taken,
             EXISTS (SELECT FROM task_assignees a WHERE a.tenant_id = ${tenantId}::uuid AND a.task_id = t.id AND a.role = 'assignee' AND a.user_id = ${person}::uuid) AS own
        FROM tasks t JOIN projects p ON p.tenant_id = ${tenantId}::uuid AND p.id = t.project_id AND p.status = 'active'
       WHERE t.tenant_id = ${tenantId}::uuid AND t.deleted_at IS NULL AND t.status NOT IN ('cancelled', 'archived') ${narrowed}
    )
    SELECT count(*) FILTER (WHERE status <> 'done')::int AS open, count(*) FILTER (WHERE status <> 'done' AND (own OR NOT taken))::int AS waiting,
           count(*) FILTER (WHERE status <> 'done' AND taken AND NOT own)::int AS others, count(*) FILTER (WHERE status = 'done')::int AS done FROM mine`
  return row!
}
