import 'server-only'
import { removeFromIndex } from '@/lib/search/search'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Undone } from '@/lib/imports/targets'

/**
 * Takes away tasks that an import made: those that nobody has changed since, and to which nothing was added. Their history
 * stays. What a task carries from the import itself (assignees, labels) goes with it.
 */
export async function undoTasks(scope: Scope, batchId: string, rows: { id: string; version: number }[]): Promise<Undone[]> {
  const { tx } = scope
  const ids = rows.map(({ id }) => id)
  await tx.$queryRaw`SELECT id FROM tasks WHERE tenant_id = ${scope.member.tenantId}::uuid AND id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`
  const tasks = new Map((await tx.task.findMany({ where: { id: { in: ids } }, select: { id: true, version: true } })).map((task) => [task.id, task]))
  const uses = await usesOf(scope, ids)
  const outcomes = rows.map(({ id, version }): Undone => {
    const task = tasks.get(id)
    if (!task) return { id, outcome: 'reversed' }
    if (task.version !== version) return { id, outcome: 'kept_edited', reason: 'It was changed after the import.' }
    return uses.has(id) ? { id, outcome: 'kept_in_use', reason: uses.get(id) } : { id, outcome: 'reversed' }
  })
  const going = outcomes.filter(({ id, outcome }) => outcome === 'reversed' && tasks.has(id)).map(({ id }) => id)
  if (going.length === 0) return outcomes
  await tx.taskAssignee.deleteMany({ where: { taskId: { in: going } } })
  await removeFromIndex(scope, 'task', going)
  const gone = await tx.$queryRaw<{ id: string }[]>`SELECT kernel.unmake_tasks(${batchId}::uuid, ${going}::uuid[]) AS id`
  if (gone.length !== going.length) throw new Error('An import was undone for fewer tasks than were free to go.')
  return outcomes
}

// What was hung onto a task since: the first of it names the reason.
async function usesOf({ tx, member }: Scope, ids: string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; what: string }[]>`
    SELECT t.id, u.what FROM unnest(${ids}::uuid[]) AS t(id), LATERAL (
      SELECT 'It has a comment.' AS what FROM comments c WHERE c.tenant_id = ${member.tenantId}::uuid AND c.entity_kind = 'task' AND c.entity_id = t.id
      UNION ALL SELECT 'A file is attached to it: ' || a.file_name FROM attachments a WHERE a.tenant_id = ${member.tenantId}::uuid AND a.entity_kind = 'task' AND a.entity_id = t.id
      UNION ALL SELECT 'It has the subtask ' || s.title || '.' FROM tasks s WHERE s.tenant_id = ${member.tenantId}::uuid AND s.parent_id = t.id
      UNION ALL SELECT 'It is linked to another task.' FROM tasks k JOIN record_links l ON l.tenant_id = ${member.tenantId}::uuid AND l.from_container_id = k.project_id AND l.from_task_id = k.id WHERE k.tenant_id = ${member.tenantId}::uuid AND k.id = t.id
      UNION ALL SELECT 'It is linked to another task.' FROM tasks k JOIN record_links l ON l.tenant_id = ${member.tenantId}::uuid AND l.to_container_id = k.project_id AND l.to_task_id = k.id WHERE k.tenant_id = ${member.tenantId}::uuid AND k.id = t.id
      UNION ALL SELECT 'Something is noted in its notebook.' FROM tasks k JOIN context_entries n ON n.tenant_id = ${member.tenantId}::uuid AND n.container_id = k.project_id AND n.task_id = k.id WHERE k.tenant_id = ${member.tenantId}::uuid AND k.id = t.id
      UNION ALL SELECT 'It was moved.' FROM task_status_changes s WHERE s.tenant_id = ${member.tenantId}::uuid AND s.task_id = t.id
      LIMIT 1) u`
  return new Map(rows.map(({ id, what }) => [id, what.slice(0, 300)]))
}
