import 'server-only'
import type { Created, Prepared } from '@/lib/imports/targets'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { deriveProgress } from './progress'
import { inOrder, type KnownTask, namesElsewhere, type Named, type Tie, tieRows } from './row-names'
import { derivedProgress, isDoneRow, type Status } from './rules'

type Row = { title: string; status: Status; completedOn: Date | null; progress: number | null; parent: string; dependsOn: string[] }
const TOGETHER = 1_000

/** Joins rows that name each other or tasks of their project: subtasks to their parents, tasks to what they wait for. */
export function tierOf(scope: Scope, project: { id: string; key: string }) {
  const { tx, member } = scope
  let ties = new Map<number, Tie>()
  const progress = new Map<number, number>()

  const arrange = async (rows: Prepared<Row>[]) => {
    const named = rows.some(({ row }) => row.parent || row.dependsOn.length)
    if (!named) return new Map()
    const found = tieRows(rows, await tasksNamed(scope, project, namesElsewhere(rows)))
    ties = new Map([...found.ties].filter(([line, { parent, dependsOn }]) => !found.problems.has(line) && (parent || dependsOn.length)))
    const parts = new Map<number, Row[]>()
    for (const { line, row } of rows) {
      const parent = ties.get(line)?.parent
      if (parent && 'line' in parent) parts.set(parent.line, [...(parts.get(parent.line) ?? []), row])
    }
    for (const [line, subtasks] of parts) {
      const mean = derivedProgress(subtasks.map((row) => ({ status: isDoneRow(row) ? 'done' : row.status === 'archived' ? 'cancelled' : row.status, progress: row.progress ?? 0 })))
      if (mean !== null) progress.set(line, mean)
    }
    return found.problems
  }

  const tie = async (created: Created[]) => {
    if (ties.size === 0) return
    const ids = new Map(created.map(({ line, id }) => [line, id]))
    const idOf = (named: Named) => ('id' in named ? named.id : ids.get(named.line)!)
    const children = [...ties].flatMap(([line, { parent }]) => (parent ? [{ id: ids.get(line)!, parent_id: idOf(parent) }] : []))
    for (let at = 0; at < children.length; at += TOGETHER) {
      await tx.$executeRaw`
        UPDATE tasks t SET parent_id = r.parent_id FROM jsonb_to_recordset(${JSON.stringify(children.slice(at, at + TOGETHER))}::jsonb) AS r(id uuid, parent_id uuid)
         WHERE t.tenant_id = ${member.tenantId}::uuid AND t.project_id = ${project.id}::uuid AND t.id = r.id`
    }
    for (const parentId of new Set([...ties.values()].flatMap(({ parent }) => (parent && 'id' in parent ? [parent.id] : [])))) await deriveProgress(scope, parentId)
    // What waits comes before what it waits for: the way round that the database looks for is then short.
    const waits = inOrder(new Map([...ties].map(([line, { dependsOn }]) => [line, { parent: null, dependsOn: dependsOn.filter((named) => 'id' in named || ties.has(named.line)) }]))).ordered
      .flatMap((line) => ties.get(line)!.dependsOn.map((named) => ({ projectId: project.id, taskId: ids.get(line)!, dependsOnId: idOf(named), createdBy: member.userId })))
    for (let at = 0; at < waits.length; at += TOGETHER) await tx.taskDependency.createMany({ data: waits.slice(at, at + TOGETHER) })
  }
  return { arrange, tie, derived: (line: number, status: Status) => (progress.has(line) && status !== 'done' && status !== 'archived' ? { progress: progress.get(line)! } : {}) }
}

/** Tasks of the project by what rows call them: `KEY-12` or `#12`, the number that an earlier import gave, or their title. */
async function tasksNamed({ tx, member }: Scope, { id: projectId, key }: { id: string; key: string }, names: string[]): Promise<Map<string, KnownTask | null>> {
  const known = new Map<string, KnownTask | null>()
  if (names.length === 0) return known
  const wanted = names.map(toLookup)
  const numbers = new Map(wanted.flatMap((name) => { const [, number] = new RegExp(`^(?:${key.toLowerCase()}-|#)(\\d{1,9})$`).exec(name) ?? []; return number ? [[Number(number), name] as const] : [] }))
  const imported = await tx.$queryRaw<{ name: string; id: string }[]>`
    SELECT lower(m.source_id) AS name, m.target_id AS id FROM import_id_map m WHERE m.tenant_id = ${member.tenantId}::uuid AND m.container_id = ${projectId}::uuid AND m.target_kind = 'task' AND lower(m.source_id) = ANY (${wanted})`
  const tasks = await tx.$queryRaw<(KnownTask & { number: number })[]>`
    SELECT t.id, t.title, t.number, t.status, t.parent_id AS "parentId" FROM tasks t
     WHERE t.tenant_id = ${member.tenantId}::uuid AND t.project_id = ${projectId}::uuid AND t.deleted_at IS NULL
       AND (t.number = ANY (${[...numbers.keys()]}::int[]) OR t.id = ANY (${imported.map(({ id }) => id)}::uuid[]) OR lower(t.title) = ANY (${wanted}))`
  const add = (name: string, task: KnownTask) => void known.set(name, known.has(name) && known.get(name)?.id !== task.id ? null : task)
  for (const task of tasks) if (numbers.has(task.number)) known.set(numbers.get(task.number)!, task)
  const sure = new Set(known.keys())
  const byId = new Map(tasks.map((task) => [task.id, task]))
  for (const { name, id } of imported) if (!sure.has(toLookup(name)) && byId.has(id)) add(toLookup(name), byId.get(id)!)
  for (const name of known.keys()) sure.add(name)
  for (const task of tasks) if (!sure.has(toLookup(task.title)) && wanted.includes(toLookup(task.title))) add(toLookup(task.title), task)
  return known
}
