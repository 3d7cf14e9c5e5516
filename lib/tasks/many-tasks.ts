import 'server-only'
import { randomInt } from 'node:crypto'
import { recordImports } from '@/lib/audit/many-events'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, NotFoundError } from '@/lib/errors'
import { ensureLabels } from '@/lib/labels/many-labels'
import { requireEdit } from '@/lib/projects/access'
import { indexNewRecords } from '@/lib/search/many-records'
import type { Prepared } from '@/lib/imports/targets'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { startOfDay, toLookup } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import { placesOf } from './many-places'
import { tierOf } from './many-ties'
import { idOf, peopleByName, refusalOf } from './people-names'
import { isDoneRow, priorityRank, statusRank, type Priority, type Status } from './rules'

/** A task as an import writes it: `people` and `reviewers` are user ids or names; labels, workstreams and goals are made where there are none; `parent` and `dependsOn` name rows or tasks. */
export type NewTask = {
  title: string; description: string; status: Status; priority: Priority; dueOn: Date | null; estimate: number | null; people: string[]; reviewers: string[]
  labelNames: string[]; workstream: string; goal: string; parent: string; dependsOn: string[]; progress: number | null; completedOn: Date | null; blockedReason: string
  completionSummary: string; testingNotes: string
}

/**
 * Writes many tasks into one project, by the rules of `createTask` and in a number of statements that does not grow with
 * them. `first`: the first of the numbers that `reserveNumbers` has taken; null when nothing will be kept.
 * @throws NotFoundError, ForbiddenError, ConflictError when the project takes none
 */
export async function openTaskWriter(scope: Scope, projectId: string, first: number | null) {
  authorize(scope, 'tasks:create')
  const { tx, member } = scope
  const project = await tx.project.findFirst({ where: { id: projectId } })
  if (!project) throw new NotFoundError()
  await requireEdit(scope, projectId)
  if (project.status !== 'active') throw new ConflictError(`This project is ${project.status} and takes no new tasks.`, 'project_closed')
  const people = peopleByName(await tx.membership.findMany({ where: { status: 'active' }, select: { userId: true, displayName: true } }))
  const places = await placesOf(scope, projectId)
  const tier = tierOf(scope, project)
  const made: string[] = []
  let next = first ?? rehearsalNumber()

  const insert = async (rows: Prepared<NewTask>[], { fileName }: { fileName: string }) => {
    const { ids: labels, made: fresh } = await ensureLabels(scope, rows.flatMap(({ row }) => row.labelNames))
    // Sorted: made in one millisecond they would else be listed in any order, not in that of the file.
    const ids = rows.map(() => uuidv7()).sort()
    const tasks = rows.map(({ line, row }, at) => ({ ...row, line, id: ids[at]!, assignees: row.people.flatMap((person) => idOf(people, person) ?? []), reviewers: row.reviewers.flatMap((person) => idOf(people, person) ?? []) }))
    const at = new Date()
    const records = tasks.map((task, place) => ({
      id: task.id, number: next + place, title: task.title, description: task.description, status: task.status, status_rank: statusRank(task.status), priority: task.priority, priority_rank: priorityRank(task.priority), estimate_minutes: task.estimate,
      due_on: task.dueOn?.toISOString().slice(0, 10) ?? null, workstream_id: places.workstreamOf(task.workstream), goal_id: places.goalOf(task.goal), testing_notes: task.testingNotes || null, ...closingOf(task, fileName, at, member.organization.timezone),
      ...tier.derived(task.line, task.status),
    }))
    await tx.$executeRaw`
      INSERT INTO tasks (tenant_id, project_id, created_by, created_at, updated_at, id, number, position, title, description, status, status_rank, priority, priority_rank,
        estimate_minutes, due_on, workstream_id, goal_id, progress, blocked_reason, completion_summary, testing_notes, started_at, blocked_at, completed_at)
      SELECT ${member.tenantId}::uuid, ${projectId}::uuid, ${member.userId}::uuid, ${at}, ${at}, r.id, r.number, r.number, r.title, r.description, r.status, r.status_rank, r.priority, r.priority_rank,
        r.estimate_minutes, r.due_on, r.workstream_id, r.goal_id, r.progress, r.blocked_reason, r.completion_summary, r.testing_notes, r.started_at, r.blocked_at, r.completed_at
        FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS r(
        id uuid, number int, title text, description text, status text, status_rank smallint, priority text, priority_rank smallint, estimate_minutes int, due_on date, workstream_id uuid, goal_id uuid,
        progress int, blocked_reason text, completion_summary text, testing_notes text, started_at timestamptz, blocked_at timestamptz, completed_at timestamptz)`
    const assigned = tasks.flatMap(({ id, assignees, reviewers }) => (['assignee', 'reviewer'] as const).flatMap((role) => [...new Set(role === 'assignee' ? assignees : reviewers)].map((userId) => ({ taskId: id, projectId, userId, role, createdBy: member.userId }))))
    if (assigned.length) await tx.taskAssignee.createMany({ data: assigned })
    const marked = tasks.flatMap(({ id, labelNames }) => [...new Set(labelNames.map(toLookup))].map((name) => ({ labelId: labels.get(name)!, entityKind: 'task', entityId: id, containerId: projectId, createdBy: member.userId })))
    if (marked.length) await tx.recordLabel.createMany({ data: marked })
    await indexNewRecords(scope, tasks.map(({ id, title, description, labelNames }) => ({ entityKind: 'task', entityId: id, title, body: description, labels: labelNames, containerId: projectId })))
    made.push(...fresh)
    // Only now: what was undone half way is tried again, with the same numbers.
    next += tasks.length
    return tasks.map(({ line, id }) => ({ line, kind: 'task', id, version: 1 }))
  }
  const refuse = (row: NewTask) => {
    for (const [column, named] of [['assignees', row.people], ['reviewers', row.reviewers]] as const) {
      const message = named.map((person) => refusalOf(people, person)).find(Boolean)
      if (message) return { code: 'no_such_person', message, column }
    }
    return places.refuse(row)
  }
  const arrange = async (rows: Prepared<NewTask>[]) => {
    const problems = await tier.arrange(rows)
    await places.make(rows.filter(({ line }) => !problems.has(line)).map(({ row }) => row))
    return problems
  }
  const record = (written: { id: string; line: number; label: string }[], fileName: string) =>
    recordImports(scope, written.map(({ id, line, label }) => ({ action: 'task.imported', entityKind: 'task', entityId: id, containerId: projectId, label, from: `${fileName}, line ${line}` })))
  return { insert, refuse, arrange, record, tie: tier.tie, helpers: (): Record<string, string[]> => ({ ...(made.length && { labels: made }), ...places.made() }) }
}

// What the table asks of a status that a task did not come to step by step, where the file does not say it.
function closingOf({ status, progress, completedOn, blockedReason, completionSummary }: NewTask, fileName: string, at: Date, timezone: string) {
  const isDone = isDoneRow({ status, completedOn })
  const completedAt = completedOn ? new Date(Math.min(startOfDay(completedOn.toISOString().slice(0, 10), timezone).getTime(), at.getTime())) : at
  return {
    progress: isDone ? 100 : (progress ?? 0), blocked_reason: status === 'blocked' ? blockedReason || `Blocked already in ${fileName}` : null, completion_summary: completionSummary || (isDone ? `Done already in ${fileName}` : null),
    started_at: status === 'todo' ? null : isDone ? completedAt : at, blocked_at: status === 'blocked' ? at : null, completed_at: isDone ? completedAt : null,
  }
}

/**
 * Takes numbers for so many tasks, in a transaction of its own: whoever takes one holds the project's row until the end, and
 * with many rows to write everybody else's new task would wait for it. Numbers of rows that then fail are left out.
 */
export async function reserveNumbers(scope: Scope, projectId: string, count: number): Promise<number> {
  await requireEdit(scope, projectId)
  const [row] = await scope.tx.$queryRaw<{ first: number }[]>`
    UPDATE projects SET next_task_number = next_task_number + ${count}::int WHERE tenant_id = ${scope.member.tenantId}::uuid AND id = ${projectId}::uuid RETURNING next_task_number - ${count}::int AS first`
  if (!row) throw new NotFoundError()
  return row.first
}

// Far above what a project comes to, and anywhere there: real numbers are nobody's to hold for a rehearsal, nor is one rehearsal to
// wait for another.
const rehearsalNumber = () => 1_000_000_000 + randomInt(1_000_000_000)
