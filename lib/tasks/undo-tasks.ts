import 'server-only'
import { removeFromIndex } from '@/lib/search/search'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Undone } from '@/lib/imports/targets'
import { deriveProgress } from './progress'

/**
 * Takes away tasks that an import made: those that nobody has changed since, and to which nothing was added. Their history
 * stays. What a task carries from the import itself (assignees, labels) goes with it.
 */
export async function undoTasks(scope: Scope, batchId: string, rows: { id: string; version: number }[]): Promise<Undone[]> {
  const { tx } = scope
  const ids = rows.map(({ id }) => id)
  await tx.$queryRaw`SELECT id FROM tasks WHERE tenant_id = ${scope.member.tenantId}::uuid AND id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`
  const tasks = new Map((await tx.task.findMany({ where: { id: { in: ids } }, select: { id: true, version: true } })).map((task) => [task.id, task]))
  const uses = await usesOf(scope, batchId, ids)
  const outcomes = rows.map(({ id, version }): Undone => {
    const task = tasks.get(id)
    if (!task) return { id, outcome: 'reversed' }
    if (task.version !== version) return { id, outcome: 'kept_edited', reason: 'It was changed after the import.' }
    return uses.has(id) ? { id, outcome: 'kept_in_use', reason: uses.get(id) } : { id, outcome: 'reversed' }
  })
  const going = outcomes.filter(({ id, outcome }) => outcome === 'reversed' && tasks.has(id)).map(({ id }) => id)
  if (going.length === 0) return outcomes
  const parents = new Set((await tx.task.findMany({ where: { id: { in: going }, parentId: { not: null, notIn: going } }, select: { parentId: true } })).map(({ parentId }) => parentId!))
  await tx.taskAssignee.deleteMany({ where: { taskId: { in: going } } })
  await tx.taskDependency.deleteMany({ where: { OR: [{ taskId: { in: going } }, { dependsOnId: { in: going } }] } })
  await removeFromIndex(scope, 'task', going)
  const gone = await tx.$queryRaw<{ id: string }[]>`SELECT kernel.unmake_tasks(${batchId}::uuid, ${going}::uuid[]) AS id`
  if (gone.length !== going.length) throw new Error('An import was undone for fewer tasks than were free to go.')
  for (const parentId of parents) await deriveProgress(scope, parentId)
  return outcomes
}

/** Subtasks before their parents, which would else be kept for them. */
export async function listSubtasksToUndo({ tx, member }: Scope, batchId: string, size: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.target_id AS id FROM import_rows r JOIN tasks t ON t.tenant_id = ${member.tenantId}::uuid AND t.id = r.target_id AND t.parent_id IS NOT NULL
     WHERE r.tenant_id = ${member.tenantId}::uuid AND r.import_batch_id = ${batchId}::uuid AND r.outcome = 'created' AND r.undo_outcome IS NULL ORDER BY r.line DESC LIMIT ${size}`
  return rows.map(({ id }) => id)
}

/** What keeps a task that an import made, by the tables that hang on tasks. A test compares them with the catalog. */
export const KEEPING_TABLES = ['comments', 'attachments', 'tasks', 'record_links', 'context_entries', 'context_delegations', 'task_status_changes', 'task_dependencies', 'task_progress', 'idea_tasks', 'refused_attempts', 'task_moves']
/** What goes with it. */
export const GOING_TABLES = ['task_assignees', 'record_labels', 'search_documents']

// What was hung onto a task since: the first of it names the reason. The import's own rows are none: what waits for this one
// and came with it goes with it, or waits for one task less.
async function usesOf({ tx, member }: Scope, batchId: string, ids: string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; what: string }[]>`
    SELECT k.id, u.what FROM tasks k, LATERAL (
      SELECT 'It has a comment.' AS what FROM comments c WHERE c.tenant_id = ${member.tenantId}::uuid AND c.entity_kind = 'task' AND c.entity_id = k.id
      UNION ALL SELECT 'A file is attached to it: ' || a.file_name FROM attachments a WHERE a.tenant_id = ${member.tenantId}::uuid AND a.entity_kind = 'task' AND a.entity_id = k.id
      UNION ALL SELECT 'It has the subtask ' || s.title || '.' FROM tasks s WHERE s.tenant_id = ${member.tenantId}::uuid AND s.project_id = k.project_id AND s.parent_id = k.id
      UNION ALL SELECT 'It is linked to another task.' FROM record_links l WHERE l.tenant_id = ${member.tenantId}::uuid AND l.from_container_id = k.project_id AND l.from_task_id = k.id
      UNION ALL SELECT 'It is linked to another task.' FROM record_links l WHERE l.tenant_id = ${member.tenantId}::uuid AND l.to_container_id = k.project_id AND l.to_task_id = k.id
      UNION ALL SELECT 'Something is noted in its notebook.' FROM context_entries n WHERE n.tenant_id = ${member.tenantId}::uuid AND n.container_id = k.project_id AND n.task_id = k.id
      UNION ALL SELECT 'Something of its notebook was passed on.' FROM context_delegations n WHERE n.tenant_id = ${member.tenantId}::uuid AND n.project_id = k.project_id AND n.from_task_id = k.id
      UNION ALL SELECT 'It was moved.' FROM task_status_changes s WHERE s.tenant_id = ${member.tenantId}::uuid AND s.project_id = k.project_id AND s.task_id = k.id
      UNION ALL SELECT w.title || ' waits for it.' FROM task_dependencies d JOIN tasks w ON w.tenant_id = ${member.tenantId}::uuid AND w.project_id = k.project_id AND w.id = d.task_id
       WHERE d.tenant_id = ${member.tenantId}::uuid AND d.project_id = k.project_id AND d.depends_on_id = k.id
         AND NOT EXISTS (SELECT FROM import_rows r WHERE r.tenant_id = ${member.tenantId}::uuid AND r.import_batch_id = ${batchId}::uuid AND r.outcome = 'created' AND r.target_id = w.id AND r.target_version = w.version)
      UNION ALL SELECT 'Something was reported on it.' FROM task_progress p WHERE p.tenant_id = ${member.tenantId}::uuid AND p.project_id = k.project_id AND p.task_id = k.id
      UNION ALL SELECT 'It is named as made of an idea.' FROM idea_tasks i WHERE i.tenant_id = ${member.tenantId}::uuid AND i.project_id = k.project_id AND i.task_id = k.id
      UNION ALL SELECT 'Somebody was refused it, which stays on record.' FROM refused_attempts a WHERE a.tenant_id = ${member.tenantId}::uuid AND a.project_id = k.project_id AND a.task_id = k.id
      UNION ALL SELECT 'It was brought here from another project.' FROM task_moves v WHERE v.tenant_id = ${member.tenantId}::uuid AND v.to_container_id = k.project_id AND v.task_id = k.id
      LIMIT 1) u WHERE k.tenant_id = ${member.tenantId}::uuid AND k.id = ANY (${ids}::uuid[])`
  return new Map(rows.map(({ id, what }) => [id, what.slice(0, 300)]))
}
