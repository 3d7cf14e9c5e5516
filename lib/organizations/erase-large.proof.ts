import { afterAll, expect, test } from 'vitest'
import { checksumsOf } from '@/lib/testing/checksums'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeTwins } from '@/lib/testing/make-twins'
import { v7 as uuidv7 } from '@/lib/uuid'
import { eraseDue } from './deletion'

const TASKS = 20_000
const STATEMENT_MS = 500
afterAll(closeConnections)

// Every tenth task hangs on the one before it; each has somebody, four words in the search, and an event.
const FILL = [
  `INSERT INTO tasks (tenant_id, id, project_id, number, title, parent_id) SELECT $1, t.id, $2, t.n + 100, 'Task ' || t.n, CASE WHEN t.n % 10 = 0 THEN lag(t.id) OVER (ORDER BY t.n) END FROM filling t ORDER BY t.n`,
  'INSERT INTO task_assignees (tenant_id, id, project_id, task_id, user_id) SELECT $1, gen_random_uuid(), $2, t.id, $3 FROM filling t',
  `INSERT INTO search_documents (tenant_id, id, entity_kind, entity_id, title, container_id) SELECT $1, t.id, 'task', t.id, 'Task ' || t.n, $2 FROM filling t`,
  `INSERT INTO search_tokens (tenant_id, id, document_id, token, weight, container_id) SELECT $1, gen_random_uuid(), t.id, 'word' || w, 4, $2 FROM filling t, generate_series(1, 4) w`,
  `INSERT INTO audit_events (tenant_id, id, action, entity_kind, entity_id) SELECT $1, gen_random_uuid(), 'task.created', 'task', t.id FROM filling t`,
]

test(`${TASKS} tasks are erased by statements of ${STATEMENT_MS} ms at most`, async () => {
  const [large, other] = await makeTwins()
  const ids = Array.from({ length: TASKS }, () => uuidv7())
  for (const statement of FILL) {
    const values = [large.tenantId, large.projectId, large.owner.userId].slice(0, statement.includes('$3') ? 3 : statement.includes('$2') ? 2 : 1)
    await look(`WITH filling AS (SELECT id, n FROM unnest($${values.length + 1}::uuid[]) WITH ORDINALITY f(id, n)) ${statement}`, [...values, ids])
  }
  const before = await checksumsOf(other.tenantId)
  await look(`UPDATE organizations SET deleted_at = now(), purge_after = now() - interval '1 second' WHERE id = $1`, [large.tenantId])
  await closeConnections()
  // In the address, since a setting of the connection goes before that of the role.
  process.env.PLATFORM_DATABASE_URL += `?options=${encodeURIComponent(`-c statement_timeout=${STATEMENT_MS}`)}`
  const since = performance.now()
  const [erased] = (await eraseDue()).filter(({ tenantId }) => tenantId === large.tenantId)
  console.info(`erased ${erased!.rows} rows of an organization with ${TASKS} tasks in ${Math.round((performance.now() - since) / 100) / 10} s, no statement over ${STATEMENT_MS} ms`)
  expect(erased!.rows).toBeGreaterThan(TASKS * 8)
  expect(await checksumsOf(large.tenantId)).toEqual({})
  expect(await checksumsOf(other.tenantId)).toEqual(before)
})
