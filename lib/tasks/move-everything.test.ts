import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeProject } from '@/lib/testing/make-project'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { moveToProject } from './move-to-project'

/** What becomes of each row that hangs on a task, by table and the column that names the task. A new one fails until somebody has decided. */
const GOES: Record<string, 'along' | 'dropped' | 'stays without it'> = {
  'tasks.parent_id': 'along', 'task_assignees.task_id': 'along', 'task_status_changes.task_id': 'along', 'task_progress.task_id': 'along', 'idea_tasks.task_id': 'along', 'refused_attempts.task_id': 'along',
  'record_labels.task_id': 'along', 'comments.task_id': 'along', 'attachments.task_id': 'along', 'search_documents.task_id': 'along', 'context_entries.task_id': 'along',
  'record_links.from_task_id': 'along', 'record_links.to_task_id': 'along', 'task_moves.task_id': 'along',
  'task_dependencies.task_id': 'dropped', 'task_dependencies.depends_on_id': 'dropped', 'context_delegations.from_task_id': 'stays without it',
}
/** The same for those that name a record by its kind and id. What happened is sealed where it happened. */
const NAMED: Record<string, 'along' | 'stays'> = { attachments: 'along', comments: 'along', record_labels: 'along', search_documents: 'along', notifications: 'along', import_rows: 'along', import_id_map: 'along', audit_events: 'stays' }

let twin: Twin, spare: Twin
beforeAll(async () => { [twin, spare] = await makeTwins() })
afterAll(closeConnections)

type Key = { table: string; task: string; place: string }
const keysToTasks = () => look<Key>(`
  SELECT c.conrelid::regclass::text AS table, (SELECT attname::text FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[2]) AS place, (SELECT attname::text FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[3]) AS task
    FROM pg_constraint c WHERE c.confrelid = 'tasks'::regclass AND c.contype = 'f'`)
const named = () => look<Key>(`
  SELECT a.attrelid::regclass::text AS table, replace(a.attname, '_kind', '_id') AS task, 'container_id' AS place FROM pg_attribute a JOIN kernel.tables t ON a.attrelid = ('public.' || t.table_name)::regclass
   WHERE a.attname IN ('entity_kind', 'target_kind') AND NOT a.attisdropped AND EXISTS (SELECT FROM pg_attribute o WHERE o.attrelid = a.attrelid AND o.attname = 'container_id')`)
const count = async ({ table, task, place }: Key, ids: string[], projectId: string) =>
  Number((await look<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE ${task} = ANY ($1::uuid[]) AND ${place} = $2`, [ids, projectId]))[0]!.n)

test('every row that hangs on a task goes the way that is written here', async () => {
  const [keys, kinds] = [await keysToTasks(), await named()]
  expect(keys.map(({ table, task }) => `${table}.${task}`).sort()).toEqual(Object.keys(GOES).sort())
  expect(kinds.map(({ table }) => table).sort()).toEqual(Object.keys(NAMED).sort())

  const target = await makeProject(twin.owner, { name: 'Elsewhere', defaultAccess: 'edit' })
  // Every table has something of the task or its subtask; what the twins lack is added here.
  const part = await withTenant(twin.owner, ({ tx }) => tx.task.findFirstOrThrow({ where: { parentId: twin.taskId } }))
  const ids = [twin.taskId, part.id]
  const aside = (await look<{ id: string }>(`SELECT id FROM tasks WHERE tenant_id = $1 AND id <> ALL ($2::uuid[])`, [twin.tenantId, ids]))[0]!.id
  await look(`UPDATE idea_tasks SET task_id = $2 WHERE tenant_id = $1`, [twin.tenantId, twin.taskId])
  await look(`INSERT INTO task_dependencies (tenant_id, id, project_id, task_id, depends_on_id) VALUES ($1, gen_random_uuid(), $2, $3, $4)`, [twin.tenantId, twin.projectId, aside, twin.taskId])
  await look(`INSERT INTO context_delegations (tenant_id, id, project_id, from_level, from_task_id, to_level, section, data, reason) VALUES ($1, gen_random_uuid(), $2, 'task', $3, 'project', 'Depot', '{}', 'Good')`, [twin.tenantId, twin.projectId, twin.taskId])
  await look(`UPDATE notifications SET entity_kind = 'task', entity_id = $2 WHERE tenant_id = $1`, [twin.tenantId, twin.taskId])
  await look(`UPDATE refused_attempts SET task_id = $2 WHERE tenant_id = $1`, [twin.tenantId, twin.taskId])
  for (const table of ['import_rows', 'import_id_map']) await look(`UPDATE ${table} SET target_kind = 'task' WHERE tenant_id = $1`, [twin.tenantId])
  const before = new Map<Key, number>()
  for (const key of [...keys, ...kinds]) before.set(key, await count(key, ids, twin.projectId))
  expect([...before].filter(([, n]) => n === 0).map(([{ table, task }]) => `${table}.${task}`), 'without a row it proves nothing').toEqual([])
  const others = await look(`SELECT count(*) FROM tasks WHERE tenant_id = $1`, [spare.tenantId])

  await withTenant(twin.owner, (scope) => moveToProject(scope, { ids: [twin.taskId], projectId: target.id }))
  for (const key of keys) {
    const way = GOES[`${key.table}.${key.task}`]
    // One more former address, for each of the two.
    const more = key.table === 'task_moves' ? 2 : 0
    expect([await count(key, ids, target.id), await count(key, ids, twin.projectId)], `${key.table}.${key.task}`).toEqual([way === 'along' ? before.get(key)! + more : 0, 0])
  }
  for (const key of kinds) expect(await count(key, ids, target.id), key.table).toBe(NAMED[key.table] === 'along' ? before.get(key)! : 2)
  expect(await look(`SELECT status, decision_note FROM context_delegations WHERE tenant_id = $1 AND section = 'Depot' AND from_level = 'task'`, [twin.tenantId])).toEqual([{ status: 'rejected', decision_note: 'The task was moved to another project.' }])
  // What hangs on those rows in turn: versions of its notebook, words of the search.
  expect(await look(`SELECT count(*)::int AS n FROM context_versions v JOIN context_entries e ON e.tenant_id = v.tenant_id AND e.id = v.entry_id WHERE v.tenant_id = $1 AND v.container_id IS DISTINCT FROM e.container_id`, [twin.tenantId])).toEqual([{ n: 0 }])
  expect(await look(`SELECT count(*)::int AS n FROM search_tokens t JOIN search_documents d ON d.tenant_id = t.tenant_id AND d.id = t.document_id WHERE t.tenant_id = $1 AND t.container_id IS DISTINCT FROM d.container_id`, [twin.tenantId])).toEqual([{ n: 0 }])
  expect(await look(`SELECT count(*)::int > 0 AS some FROM search_documents WHERE tenant_id = $1 AND container_id = $2 AND context_id IS NOT NULL AND guard_key = $2`, [twin.tenantId, target.id])).toEqual([{ some: true }])
  expect(await look(`SELECT link FROM notifications WHERE tenant_id = $1 AND entity_id = $2 AND kind <> 'support'`, [twin.tenantId, twin.taskId])).toEqual([{ link: `/projects/${target.slug}/tasks/1` }])
  expect(await look(`SELECT count(*) FROM tasks WHERE tenant_id = $1`, [spare.tenantId])).toEqual(others)
})
