import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withConnection } from '@/lib/testing/connections'
import { makeOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { useOwnDatabase } from '@/lib/testing/own-database'

const MANY = 4_000
/** Far fewer than there are: what a page of fifty needs, and not one of each. */
const READ_MAX = 600

let database: Awaited<ReturnType<typeof useOwnDatabase>>
let sam: SuperAdmin
beforeAll(async () => {
  database = await useOwnDatabase()
  const { owner } = await makeOrganization()
  sam = await makeSuperAdmin({ name: 'Sam Reyes' })
  await asSetup(`INSERT INTO users (id, name, email, email_lc, status) SELECT gen_random_uuid(), 'Person ' || md5(n::text), n || '@many.example', n || '@many.example', CASE WHEN n % 1000 = 0 THEN 'deactivated' ELSE 'active' END FROM generate_series(1, ${MANY}) n`)
  await asSetup(`INSERT INTO organizations (id, code, slug, name, kind, status, colour, plan_key) SELECT gen_random_uuid(), 'C' || lpad(n::text, 8, '0'), 'many-' || n, 'Many ' || md5(n::text), 'team', CASE WHEN n % 1000 = 0 THEN 'suspended' ELSE 'active' END, '#000000', CASE WHEN n % 800 = 0 THEN 'enterprise' ELSE 'free' END FROM generate_series(1, ${MANY}) n`)
  await asSetup(`INSERT INTO platform_audit_events (id, user_id, action, subject, success, at) SELECT gen_random_uuid(), gen_random_uuid(), CASE WHEN n % 1000 = 0 THEN 'person.deactivated' ELSE 'session.started' END, NULL, n % 900 <> 0, now() - n * interval '1 second' FROM generate_series(1, ${MANY}) n`)
  await asSetup(`INSERT INTO jobs (tenant_id, id, kind, status, requested_by, payload, finished_at) SELECT $1, gen_random_uuid(), 'export_list', 'succeeded', $2, '{}', now() - interval '9 days' FROM generate_series(1, ${MANY})`, [owner.tenantId, owner.userId])
  await asSetup(`UPDATE organizations SET switches = '{"presence": false}' WHERE slug IN ('many-7', 'many-2007', 'many-3907')`)
  await asSetup('ANALYZE')
}, 30_000)
afterAll(() => database.close())

const organizations = { q: '', state: '', plan: '', limit: 51 }
const people = { q: '', filter: '', limit: 51 }
const audit = { person: '', action: '', outcome: '', limit: 51, isExport: false }

test.each([
  ['organizations in a state', 'organizations', 'console_organizations', { ...organizations, state: 'suspended' }, 4],
  ['organizations in a state that none is in', 'organizations', 'console_organizations', { ...organizations, state: 'deleted' }, 0],
  ['organizations with a plan', 'organizations', 'console_organizations', { ...organizations, plan: 'enterprise' }, 6],
  ['organizations by their address', 'organizations', 'console_organizations', { ...organizations, q: 'many-39' }, 51],
  ['organizations by their code', 'organizations', 'console_organizations', { ...organizations, q: 'C0000123' }, 10],
  ['organizations that nothing begins as', 'organizations', 'console_organizations', { ...organizations, q: 'zz' }, 0],
  ['organizations with a switch of their own', 'organizations', 'console_overrides', { q: '', limit: 51 }, 3],
  ['super-admins', 'users', 'console_people', { ...people, filter: 'super_admins' }, 1],
  ['people who are deactivated', 'users', 'console_people', { ...people, filter: 'deactivated' }, 4],
  ['people by their address', 'users', 'console_people', { ...people, q: '123@' }, 1],
  ['a rare event', 'platform_audit_events', 'console_audit', { ...audit, action: 'person.deactivated' }, 4],
  ['what was refused', 'platform_audit_events', 'console_audit', { ...audit, outcome: 'refused' }, 4],
  ['what somebody did or was done to', 'platform_audit_events', 'console_audit', { ...audit, person: '77@many.example' }, 0],
] as const)('a page of %s is found by an index', async (_, table, name, input, found) => {
  const { rows, read } = await readBy(table, `SELECT kernel.${name}($1, now(), $2) AS answer`, JSON.stringify(input))
  expect((rows[0] as { answer: { rows: unknown[] } }).answer.rows).toHaveLength(found)
  expect(read).toBeLessThan(READ_MAX)
})

test('the latest jobs of all, and what the metrics count of them, are found by an index', async () => {
  expect((await readBy('jobs', `SELECT * FROM kernel.all_jobs($1, now(), NULL, NULL, $2, 51)`, null)).read).toBeLessThan(READ_MAX)
  expect((await readBy('jobs', `SELECT count($1::bytea), count($2::text) FROM kernel.job_counts(now())`, null)).read).toBeLessThan(READ_MAX)
})

/** The rows of a table that one statement has looked at. */
function readBy(table: string, sql: string, input: string | null): Promise<{ rows: unknown[]; read: number }> {
  return withConnection('DATABASE_URL', async (client) => {
    await client.query('BEGIN')
    const { rows } = await client.query(sql, [createHash('sha256').update(sam.token).digest(), input])
    const { rows: [counted] } = await client.query<{ read: number }>('SELECT (seq_tup_read + idx_tup_fetch)::int AS read FROM pg_stat_xact_user_tables WHERE relname = $1', [table])
    await client.query('ROLLBACK')
    return { rows, read: counted!.read }
  })
}
