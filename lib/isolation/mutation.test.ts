import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withMaintenance } from '@/scripts/database/connect.ts'
import { migrate } from '@/scripts/database/migrate.ts'
import { openScratch } from '@/scripts/database/scratch.ts'
import { attack } from './probe'
import { listFindings } from './report'

// What somebody could do by mistake. Each must turn the catalog check or the probe red; `leaks` says that the probe must too.
const DEFECTS: { name: string; sql: string; leaks?: true }[] = [
  { name: 'a policy is dropped', sql: 'DROP POLICY rows_in_my_containers_to_select ON tasks', leaks: true },
  { name: 'row security is not forced', sql: 'ALTER TABLE tasks NO FORCE ROW LEVEL SECURITY' },
  { name: 'row security is off', sql: 'ALTER TABLE comments DISABLE ROW LEVEL SECURITY', leaks: true },
  { name: 'a second permissive policy', sql: 'CREATE POLICY more ON labels FOR SELECT TO app_tenant USING (true)', leaks: true },
  { name: 'a restrictive policy', sql: 'CREATE POLICY less ON labels AS RESTRICTIVE FOR SELECT TO app_tenant USING (tenant_id IS NOT NULL)' },
  { name: 'a policy that says true', sql: 'ALTER POLICY rows_of_current_tenant_to_select ON teams USING (true)', leaks: true },
  { name: 'a wider WITH CHECK', sql: 'ALTER POLICY rows_of_current_tenant_to_insert ON teams WITH CHECK (true)', leaks: true },
  { name: 'a policy for PUBLIC', sql: 'ALTER POLICY rows_of_current_tenant_to_select ON teams TO PUBLIC' },
  { name: 'a plain foreign key', sql: 'ALTER TABLE teams ADD UNIQUE (id); ALTER TABLE team_members DROP CONSTRAINT team_members_tenant_id_team_id_fkey, ADD FOREIGN KEY (team_id) REFERENCES teams (id)', leaks: true },
  { name: 'a foreign key that cascades', sql: 'ALTER TABLE team_members DROP CONSTRAINT team_members_tenant_id_team_id_fkey, ADD FOREIGN KEY (tenant_id, team_id) REFERENCES teams (tenant_id, id) ON DELETE CASCADE' },
  { name: 'a foreign key without index', sql: 'DROP INDEX comments_tenant_id_author_user_id_idx' },
  { name: 'a global unique index', sql: 'CREATE UNIQUE INDEX once ON search_tokens (id)' },
  { name: 'a view with its owner’s rights', sql: 'CREATE VIEW all_tasks AS SELECT * FROM tasks; GRANT SELECT ON all_tasks TO app_tenant' },
  { name: 'a grant of TRUNCATE', sql: 'GRANT TRUNCATE ON tasks TO app_tenant' },
  { name: 'a definer function without search_path', sql: `CREATE FUNCTION kernel.peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM public.tasks'` },
  { name: 'a definer function loses its search_path', sql: 'ALTER FUNCTION kernel.containers_for(text) RESET search_path' },
  { name: 'a definer function sets more than that', sql: 'ALTER FUNCTION kernel.containers_for(text) SET row_security = off' },
  { name: 'a function for PUBLIC', sql: 'GRANT EXECUTE ON FUNCTION kernel.find_membership(uuid, uuid) TO PUBLIC' },
  { name: 'BYPASSRLS', sql: 'ALTER ROLE app_tenant BYPASSRLS', leaks: true },
  { name: 'the role becomes a member of the owner', sql: 'GRANT app_owner TO app_tenant' },
  { name: 'a grant on users', sql: 'GRANT SELECT ON users TO app_tenant' },
  { name: 'a grant on one column of users', sql: 'GRANT SELECT (password_hash) ON users TO app_tenant' },
  { name: 'tenant_id may be null', sql: 'ALTER TABLE comments DROP CONSTRAINT comments_pkey, ALTER tenant_id DROP NOT NULL' },
  { name: 'tenant_id without default', sql: 'ALTER TABLE comments ALTER tenant_id DROP DEFAULT' },
  { name: 'a materialized view', sql: 'CREATE MATERIALIZED VIEW counts AS SELECT count(*) FROM tasks; GRANT SELECT ON counts TO app_tenant' },
  { name: 'a tenant set on the database', sql: `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET %s = %L', current_database(), 'app' || '.tenant_id', gen_random_uuid()); END $$` },
  { name: 'a table that nobody protected', sql: 'CREATE TABLE notes (tenant_id uuid NOT NULL, id uuid, body text, PRIMARY KEY (tenant_id, id)); GRANT SELECT, INSERT ON notes TO app_tenant' },
  { name: 'a table in another schema', sql: 'CREATE SCHEMA extra; GRANT USAGE ON SCHEMA extra TO app_tenant; CREATE TABLE extra.notes (id uuid); GRANT SELECT ON extra.notes TO app_tenant' },
  { name: 'default privileges', sql: 'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO app_tenant' },
  { name: 'a column of type numeric', sql: 'ALTER TABLE tasks ADD price numeric' },
  { name: 'a sequence for all', sql: 'ALTER TABLE tasks ADD running bigserial; GRANT USAGE ON SEQUENCE tasks_running_seq TO app_tenant' },
  { name: 'a trigger', sql: `CREATE FUNCTION kernel.act() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER act AFTER INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION kernel.act()` },
  { name: 'audit events can be changed', sql: 'GRANT UPDATE ON audit_events TO app_tenant' },
  { name: 'a person’s policy says true', sql: 'ALTER POLICY rows_of_this_person ON sessions USING (true)', leaks: true },
  { name: 'a person’s policy lets anything be written', sql: 'ALTER POLICY rows_of_this_person ON devices WITH CHECK (true)', leaks: true },
  { name: 'a person’s policy for the tenant role', sql: 'CREATE POLICY also ON totp_factors FOR SELECT TO app_tenant USING (true); GRANT SELECT ON totp_factors TO app_tenant', leaks: true },
  { name: 'row security is off on passkeys', sql: 'ALTER TABLE passkeys DISABLE ROW LEVEL SECURITY', leaks: true },
  { name: 'a person table becomes a directory', sql: `CALL kernel.protect_global_table('user_identities', 'local', '{select,insert,update,delete}'); UPDATE kernel.tables SET person_column = 'user_id' WHERE table_name = 'user_identities'`, leaks: true },
  { name: 'a hidden column is granted', sql: 'GRANT SELECT (token_hash) ON sessions TO app_platform', leaks: true },
  { name: 'the password is granted with its table', sql: 'GRANT SELECT ON users TO app_platform', leaks: true },
  { name: 'a person may make themselves super-admin', sql: 'GRANT UPDATE (is_super_admin) ON users TO app_platform', leaks: true },
  { name: 'a person may be made super-admin', sql: 'GRANT INSERT ON users TO app_platform', leaks: true },
  { name: 'the outbox is readable', sql: 'GRANT SELECT ON mails TO app_platform', leaks: true },
  { name: 'a counter for tenants', sql: 'GRANT DELETE ON rate_limits TO app_tenant', leaks: true },
  { name: 'a refresh token names a session without its person', sql: 'ALTER TABLE refresh_tokens DROP CONSTRAINT refresh_tokens_session_id_user_id_fkey, ADD FOREIGN KEY (session_id) REFERENCES sessions (id)', leaks: true },
  { name: 'a person table that nobody protected', sql: 'CREATE TABLE secrets (user_id uuid PRIMARY KEY, word text); GRANT SELECT ON secrets TO app_platform' },
  { name: 'a person table without a row to aim at', sql: `CREATE TABLE secrets (user_id uuid PRIMARY KEY, word text); CALL kernel.protect_global_table('secrets', 'local', '{select}', 'user_id'); GRANT SELECT ON secrets TO app_tenant`, leaks: true },
  { name: 'a definer function that nobody listed', sql: `CREATE FUNCTION kernel.all_people() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT email FROM public.users'; CALL kernel.give_function('kernel.all_people()', 'app_directory', '{app_platform}')` },
  { name: 'a person’s context outlives the transaction', sql: `DO $$ BEGIN EXECUTE replace(pg_get_functiondef('kernel.enter_person(uuid)'::regprocedure), 'LOCAL ', ''); END $$` },
  { name: 'sign-in credentials for the tenant role', sql: 'GRANT EXECUTE ON FUNCTION kernel.credentials_of(text, bytea) TO app_tenant' },
  { name: 'the guard of the last owner is gone', sql: 'DROP TRIGGER keep_an_owner ON memberships' },
  { name: 'the guard of the last owner sleeps', sql: 'ALTER TABLE memberships DISABLE TRIGGER keep_an_owner' },
  { name: 'the guard of the last owner says nothing', sql: `CREATE FUNCTION kernel.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; DROP TRIGGER keep_an_owner ON users; CREATE TRIGGER keep_an_owner AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION kernel.nothing()` },
  { name: 'a limit holds something else', sql: `DROP TRIGGER hold_limit ON memberships; CREATE TRIGGER hold_limit AFTER INSERT ON memberships FOR EACH ROW EXECUTE FUNCTION kernel.hold_limit('projects')` },
  { name: 'no statement timeout', sql: `DO $$ BEGIN EXECUTE format('ALTER ROLE app_tenant IN DATABASE %I RESET statement_timeout', current_database()); END $$` },
]
const ROLES_LOCK = 4_270_001

let scratch: { url: string; close: () => Promise<void> }
let client: pg.Client
let tables: string[]
const caught: string[] = []

beforeAll(async () => {
  scratch = await openScratch(process.env.DATABASE_URL!)
  await migrate(scratch.url)
  client = new pg.Client({ connectionString: scratch.url })
  await client.connect()
  tables = (await client.query<{ name: string }>('SELECT table_name AS name FROM kernel.tables')).rows.map(({ name }) => name)
})
afterAll(async () => {
  console.info(`seeded defect → caught by\n${caught.join('\n')}`)
  await client.end()
  await scratch.close()
})

test('positive control: without a defect nothing is red', async () => {
  expect(await red('SELECT', true)).toEqual({ rules: [], leaks: 0, findings: [] })
})

test.each(DEFECTS)('$name turns the suite red', async ({ name, sql, leaks }) => {
  const { rules, leaks: leaked, findings } = await red(sql, leaks)
  caught.push(`${name.padEnd(46)}${[rules.length ? `catalog (${[...new Set(rules)].join(', ')})` : '', findings.length ? `probe (${leaked} leaks, ${findings.length} findings)` : ''].filter(Boolean).join(' and ')}`)
  expect(rules.length).toBeGreaterThan(0)
  if (leaks) expect(findings).not.toEqual([])
})

// The defect is never committed. Roles belong to the whole server, so those who set them up elsewhere wait meanwhile.
const red = (defect: string, withProbe = false) => {
  // Where the defect is, or everywhere if it names no table: the probe of all of them takes seconds.
  const words = new Set(defect.match(/\w+/g))
  const aims = tables.filter((table) => words.has(table))
  return withMaintenance(scratch.url, async (maintenance) => {
    await maintenance.query('SELECT pg_advisory_lock($1)', [ROLES_LOCK])
    await client.query('BEGIN')
    try {
      await client.query(defect)
      const rules = (await listFindings(async (sql) => (await client.query(sql)).rows)).map(({ rule }) => rule)
      const { leaks, findings } = withProbe ? await attack(client, (table) => aims.length === 0 || aims.includes(table)) : { leaks: 0, findings: [] }
      return { rules, leaks, findings }
    } finally {
      await client.query('ROLLBACK')
    }
  })
}
