import type pg from 'pg'
import { withClient } from '../database/connect.ts'

export const TASKS_PER_ORGANIZATION = 200
const BATCH = 250

/** Ids are a prefix for the kind of row and a running number, so that a worker can name any of them. */
const PREFIX = { organization: '01900000-0000', user: '01900000-0001', container: '01900000-0002', task: '01900000-0003', document: '01900000-0004', other: '01900000-0005' }
type Kind = keyof typeof PREFIX

export const benchId = (kind: Kind, number: number) => `${PREFIX[kind]}-7000-8000-${number.toString(16).padStart(12, '0')}`
const id = (kind: Kind, number: string) => `('${PREFIX[kind]}-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`

export const slugOf = (organization: number) => `bench-${organization}`
export const PEOPLE = ['owner', 'admin', 'manager', 'member', 'viewer'] as const
export const PROJECTS_PER_ORGANIZATION = 4

// `o` is the organization, `p` a person, `c` a project, `t` a task within it; each statement is sent for a range of o.
const STATEMENTS = [
  `INSERT INTO organizations (id, code, slug, name, kind, status, colour)
   SELECT ${id('organization', 'o')}, 'BENCH' || o, 'bench-' || o, 'Organization ' || o, 'company', 'active', '#1d4ed8' FROM generate_series($1::int, $2::int) o`,
  `INSERT INTO users (id, name, email, email_lc)
   SELECT ${id('user', 'o * 8 + p')}, 'Person ' || p, 'p' || p || '@bench-' || o || '.example', 'p' || p || '@bench-' || o || '.example' FROM generate_series($1::int, $2::int) o, generate_series(0, 4) p`,
  `INSERT INTO memberships (tenant_id, id, user_id, display_name, role, joined_at, onboarding_done_at)
   SELECT ${id('organization', 'o')}, ${id('other', 'o * 8 + p')}, ${id('user', 'o * 8 + p')}, 'Person ' || p, ('{${PEOPLE.join(',')}}'::text[])[p + 1], now(), now() FROM generate_series($1::int, $2::int) o, generate_series(0, 4) p`,
  `INSERT INTO organization_modules (tenant_id, id, key, enabled)
   SELECT ${id('organization', 'o')}, ${id('other', 'o')}, 'projects', true FROM generate_series($1::int, $2::int) o`,
  `INSERT INTO containers (tenant_id, id, kind, name, visibility, default_access, owner_user_id)
   SELECT ${id('organization', 'o')}, ${id('container', 'o * 8 + c')}, 'project', 'Project ' || c, CASE c WHEN 3 THEN 'private' ELSE 'organization' END, 'edit', ${id('user', 'o * 8 + (CASE c WHEN 3 THEN 3 ELSE 0 END)')}
     FROM generate_series($1::int, $2::int) o, generate_series(0, 3) c`,
  `INSERT INTO projects (tenant_id, id, slug, key, colour, next_task_number)
   SELECT ${id('organization', 'o')}, ${id('container', 'o * 8 + c')}, 'project-' || c, 'PR' || c, '#1d4ed8', 51 FROM generate_series($1::int, $2::int) o, generate_series(0, 3) c`,
  `INSERT INTO tasks (tenant_id, id, project_id, number, position, title, description, status, priority, priority_rank, due_on, created_by, created_at, updated_at)
   SELECT ${id('organization', 'o')}, ${id('task', 'o * 256 + t')}, ${id('container', 'o * 8 + t % 4')}, t / 4 + 1, t / 4 + 1, 'Replace the filter of unit ' || t, repeat('Words. ', 12),
          ('{todo,in_progress,review,testing,todo}'::text[])[t % 5 + 1], ('{critical,urgent,high,medium,low}'::text[])[t * 7 % 5 + 1], t * 7 % 5,
          CASE WHEN t % 3 > 0 THEN date '2026-11-01' + t * 11 % 90 END, ${id('user', 'o * 8 + t % 4')}, timestamptz '2026-10-01' + t * interval '1 hour', timestamptz '2026-11-01' + (t * 37 % 199) * interval '1 hour'
     FROM generate_series($1::int, $2::int) o, generate_series(0, 199) t`,
  `INSERT INTO task_assignees (tenant_id, id, project_id, task_id, user_id)
   SELECT ${id('organization', 'o')}, ${id('other', 'o * 256 + t')}, ${id('container', 'o * 8 + t % 4')}, ${id('task', 'o * 256 + t')}, ${id('user', 'o * 8 + t % 4')} FROM generate_series($1::int, $2::int) o, generate_series(0, 199) t`,
  `INSERT INTO search_documents (tenant_id, id, entity_kind, entity_id, title, container_id)
   SELECT ${id('organization', 'o')}, ${id('document', 'o * 256 + t')}, 'task', ${id('task', 'o * 256 + t')}, 'Replace the filter of unit ' || t, ${id('container', 'o * 8 + t % 4')} FROM generate_series($1::int, $2::int) o, generate_series(0, 199) t`,
  `INSERT INTO search_tokens (tenant_id, id, document_id, token, weight, container_id)
   SELECT ${id('organization', 'o')}, ${id('other', '(o * 256 + t) * 4 + w')}, ${id('document', 'o * 256 + t')}, CASE w WHEN 0 THEN 'filter' ELSE 'unit' || t END, 4, ${id('container', 'o * 8 + t % 4')}
     FROM generate_series($1::int, $2::int) o, generate_series(0, 199) t, generate_series(0, 1) w`,
]

const BULKY = ['tasks', 'task_assignees', 'search_documents', 'search_tokens']
// Below this, building the indexes again takes longer than keeping them up to date.
const REBUILD_FROM = 1_000

/** Fills a migrated, empty database with organizations of 200 tasks each. Needs a superuser: it skips foreign key checks. */
export async function fill(url: string, organizations: number): Promise<void> {
  const half = Math.ceil(organizations / 2)
  const rebuild = organizations >= REBUILD_FROM ? await withClient(url, dropIndexes) : []
  await inHalves(url, (client, side) => insert(client, side === 0 ? 1 : half + 1, side === 0 ? half : organizations))
  await inHalves(url, async (client, side) => {
    for (const definition of rebuild.filter((_, index) => index % 2 === side)) await client.query(definition)
  })
  await withClient(url, (client) => client.query('VACUUM ANALYZE').then(() => client.query('CHECKPOINT')))
}

async function insert(client: pg.Client, first: number, last: number) {
  await client.query('SET session_replication_role = replica; SET row_security = off')
  for (let from = first; from <= last; from += BATCH) {
    for (const statement of STATEMENTS) await client.query(statement, [from, Math.min(from + BATCH - 1, last)])
  }
}

// Those that are no constraint; their definitions are returned.
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index i
      WHERE indrelid = ANY ($1::regclass[]) AND NOT indisprimary AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1`,
    [BULKY],
  )
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
  return rows.map(({ definition }) => definition)
}

const inHalves = (url: string, work: (client: pg.Client, side: number) => Promise<void>) =>
  Promise.all([0, 1].map((side) => withClient(url, async (client) => {
    await client.query(`SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 0`)
    await work(client, side)
  })))
