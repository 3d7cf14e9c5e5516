import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections, failureOf, withConnection } from '@/lib/testing/connections'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'

// What a key that is limited to one project sees of every table there is: the project, what hangs on it, and the names that it
// takes to read it; of the organization its picture and its numbers, which every member reads. A new table is asked about by itself.
const NAMES = ['labels', 'memberships', 'organization_limits', 'organization_logos', 'organization_modules', 'team_members', 'teams', 'usage_counts']
let [twin, other]: Twin[] = []
let hiddenTask: string
beforeAll(async () => {
  ;[twin, other] = await makeTwins()
  // More of everything that the limited transaction must not see, though its owner does.
  const second = await makeProject(twin!.owner, { name: 'Beside it' })
  await makeProject(twin!.owner, { name: 'Of one’s own', visibility: 'private' })
  hiddenTask = (await makeTask(twin!.owner, second.id)).id
})
afterAll(closeConnections)

const tables = () => withConnection('DATABASE_URL', async (client) => (await client.query<{ table: string; column: string | null }>(`
  SELECT d.table_name AS table, coalesce(d.container_column, (SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = ('public.' || d.table_name)::regclass AND a.attname IN ('container_id', 'from_container_id') AND d.family IN ('guarded', 'history')), CASE WHEN d.family = 'container_itself' THEN 'id' END) AS column
    FROM kernel.tables d WHERE d.family <> 'global' ORDER BY 1`)).rows)

const limited = <T>(work: (client: import('pg').Client) => Promise<T>) => withConnection('TENANT_DATABASE_URL', async (client) => {
  await client.query('BEGIN')
  await client.query('SELECT kernel.enter($1, $2, $3, $4)', [twin!.tenantId, twin!.owner.userId, 'owner', twin!.projectId])
  const answer = await work(client)
  await client.query('ROLLBACK')
  return answer
})

test('a limited transaction of an owner sees the one project, and names, of every table', async () => {
  const seen = new Map<string, number>()
  await limited(async (client) => {
    for (const { table, column } of await tables()) {
      const { rows: [row] } = await client.query<{ all: number; outside: number }>(`SELECT count(*)::int AS all, count(*) FILTER (WHERE ${column ? `"${column}" IS DISTINCT FROM $1` : '$1::uuid IS NOT NULL'})::int AS outside FROM public."${table}"`, [twin!.projectId])
      seen.set(table, row!.all)
      if (!NAMES.includes(table)) expect(row!.outside, table).toBe(0)
    }
    expect((await client.query('SELECT FROM tasks WHERE id = $1', [hiddenTask])).rowCount).toBe(0)
    for (const wish of ['view', 'edit', 'manage']) expect((await client.query('SELECT kernel.containers_for($1) AS id', [wish])).rows).toEqual([{ id: twin!.projectId }])
  })
  for (const table of ['containers', 'projects', 'tasks', 'comments', 'search_tokens', 'audit_events', ...NAMES]) expect(seen.get(table), table).toBeGreaterThan(0)
  for (const table of ['invitations', 'invitation_teams', 'access_rules', 'api_keys']) expect(seen.get(table), table).toBe(0)
})

test('and writes in it alone: no name, no key, no container', async () => {
  await limited(async (client) => {
    for (const table of [...NAMES, 'invitations', 'access_rules', 'api_keys']) {
      const before = await failureOf(client, `UPDATE public."${table}" SET created_at = created_at`)
      if (before === null) expect((await client.query(`UPDATE public."${table}" SET created_at = created_at`)).rowCount, table).toBe(0)
    }
    expect((await client.query('UPDATE tasks SET title = title WHERE project_id = $1', [twin!.projectId])).rowCount).toBeGreaterThan(0)
    expect(await failureOf(client, `INSERT INTO containers (id, kind, name, visibility, default_access, owner_user_id) VALUES ($1, 'project', 'New', 'private', 'view', $2)`, [uuidv7(), twin!.owner.userId])).toBe('42501')
    expect(await failureOf(client, `INSERT INTO labels (id, name, name_lc, colour) VALUES ($1, 'New', 'new', '#000000')`, [uuidv7()])).toBe('42501')
    expect(await failureOf(client, `INSERT INTO tasks (id, project_id, number, title) VALUES ($1, $2, 9999, 'Elsewhere')`, [uuidv7(), other!.projectId])).toBe('42501')
  })
})

test('the limit ends with its transaction, and one of a project that is not there sees none', async () => {
  const key = { id: uuidv7(), scopes: [], containerId: twin!.projectId }
  const count = (options = {}) => withTenant(twin!.owner, ({ tx }) => tx.project.count(), options)
  expect([await count({ key }), await count(), await count({ key: { ...key, containerId: other!.projectId } }), await count({ key: { ...key, containerId: null } })]).toEqual([1, 3, 0, 3])
  await expect(count({ key: { ...key, containerId: 'not-a-uuid' } })).rejects.toThrow()
  await Promise.all(Array.from({ length: 40 }, async (_, n) => expect(await count(n % 2 ? { key } : {})).toBe(n % 2 ? 1 : 3)))
})
