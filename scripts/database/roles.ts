import pg from 'pg'
import { SettingError } from '../settings.ts'
import { databaseName, withClient, withMaintenance } from './connect.ts'

type Passwords = { tenantPassword: string; platformPassword: string }
type Attributes = { rolsuper: boolean; rolbypassrls: boolean; rolcreatedb: boolean; rolcreaterole: boolean; rolreplication: boolean; rolinherit: boolean; rolcanlogin: boolean }

const LOGINS = ['app_tenant', 'app_platform'] as const
const ROLES = ['app_owner', 'app_kernel', 'app_directory', ...LOGINS] as const
const RUNTIME = 'app_tenant, app_platform'
// Any number, the same for every set-up of this product on this server.
const LOCK = 4_270_001

// Each below the transaction limit that the product gives Prisma, so that the server gives up first and cleans up.
const TIMEOUTS = { statement_timeout: '8s', lock_timeout: '1300ms', idle_in_transaction_session_timeout: '10s' }
// What a page needs is in memory or on a solid-state disk. The default is for turning disks, and makes PostgreSQL read all
// tasks of an organization and sort them where it could walk an index and stop at the end of the page.
// A plan that is kept fits the average organization: for one with a hundred thousand tasks it reads them all where the page
// needs fifty. Made for each statement it costs a millisecond, and fits.
const PLANNER = { random_page_cost: '1.1', plan_cache_mode: 'force_custom_plan' }
const TRANSACTION_TIMEOUT_SINCE = 170000

const id = pg.escapeIdentifier

/**
 * Makes the database and its roles, or brings them to what they must be; safe to repeat and to run at the same time.
 * `setupUrl` logs in as a superuser or as a role that may create roles. Throws a SettingError with one sentence.
 */
export async function setUpRoles(setupUrl: string, { tenantPassword, platformPassword }: Passwords): Promise<void> {
  const database = databaseName(setupUrl)
  await withMaintenance(setupUrl, async (client) => {
    // Roles belong to the whole server, so the lock is taken in a database that all set-ups share.
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await requireCreateRole(client)
    for (const role of ROLES) await ensureRole(client, role)
    await setPassword(client, 'app_tenant', tenantPassword)
    await setPassword(client, 'app_platform', platformPassword)
    await ensureMemberships(client)
    await ensureDatabase(client, database)
    await withClient(setupUrl, (inside) => grant(inside, database))
  })
}

async function requireCreateRole(client: pg.Client) {
  const { rows } = await client.query<{ allowed: boolean }>('SELECT rolsuper OR rolcreaterole AS allowed FROM pg_roles WHERE rolname = current_user')
  if (!rows[0]?.allowed) throw new SettingError('The role of DATABASE_URL may not create roles: give it CREATEROLE and CREATEDB, or use a superuser.')
}

async function ensureRole(client: pg.Client, role: (typeof ROLES)[number]) {
  const login = (LOGINS as readonly string[]).includes(role)
  const { rows } = await client.query<Attributes>('SELECT * FROM pg_roles WHERE rolname = $1', [role])
  const has = rows[0]
  // Attributes that only a superuser may mention are left at their default, which is "no".
  if (!has) return void (await client.query(`CREATE ROLE ${role} ${login ? 'LOGIN' : 'NOLOGIN'} NOINHERIT`))
  const wrong = [
    has.rolsuper && 'NOSUPERUSER',
    has.rolbypassrls && 'NOBYPASSRLS',
    has.rolreplication && 'NOREPLICATION',
    has.rolcreatedb && 'NOCREATEDB',
    has.rolcreaterole && 'NOCREATEROLE',
    has.rolinherit && 'NOINHERIT',
    has.rolcanlogin !== login && (login ? 'LOGIN' : 'NOLOGIN'),
  ].filter(Boolean)
  if (wrong.length > 0) await asAdministrator(role, client.query(`ALTER ROLE ${role} ${wrong.join(' ')}`))
}

async function setPassword(client: pg.Client, role: string, password: string) {
  await asAdministrator(role, client.query(`ALTER ROLE ${role} PASSWORD ${pg.escapeLiteral(password)}`))
}

async function ensureMemberships(client: pg.Client) {
  const { rows } = await client.query<{ member: string; granted: string }>(
    `SELECT member::regrole::text AS member, roleid::regrole::text AS granted FROM pg_auth_members WHERE member IN ('app_tenant'::regrole, 'app_platform'::regrole)`,
  )
  if (rows[0]) throw new SettingError(`${rows[0].member} is a member of ${rows[0].granted} and would have its rights too: REVOKE ${rows[0].granted} FROM ${rows[0].member}.`)
  const me = (await client.query<{ name: string }>('SELECT current_user AS name')).rows[0]?.name ?? ''
  await ensureMember(client, me, 'app_owner')
  // The leak probe attacks as these two.
  await ensureMember(client, me, 'app_tenant')
  await ensureMember(client, me, 'app_platform')
  // ALTER FUNCTION … OWNER TO asks that the owner may become the other role.
  await ensureMember(client, 'app_owner', 'app_kernel')
  await ensureMember(client, 'app_owner', 'app_directory')
}

async function ensureMember(client: pg.Client, member: string, role: string) {
  const { rows } = await client.query<{ modern: boolean; superuser: boolean }>(
    `SELECT current_setting('server_version_num')::int >= 160000 AS modern, (SELECT rolsuper FROM pg_roles WHERE rolname = $1) AS superuser`,
    [member],
  )
  if (rows[0]?.superuser) return
  // Since PostgreSQL 16 becoming a role, having its rights, and giving it away are three things; only the first is needed.
  const options = rows[0]?.modern ? ' WITH SET TRUE, INHERIT FALSE' : ''
  const may = await client.query<{ yes: boolean }>(`SELECT pg_has_role($1, $2, $3) AS yes`, [member, role, rows[0]?.modern ? 'SET' : 'MEMBER'])
  if (!may.rows[0]?.yes) await asAdministrator(role, client.query(`GRANT ${role} TO ${id(member)}${options}`))
}

async function ensureDatabase(client: pg.Client, database: string) {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
  if (rowCount) return
  try {
    await client.query(`CREATE DATABASE ${id(database)} TEMPLATE template0 ENCODING 'UTF8'`)
  } catch (error) {
    throw new SettingError(`The database ${database} does not exist and could not be created: ${(error as Error).message}.`)
  }
}

async function grant(client: pg.Client, database: string) {
  const name = id(database)
  await client.query(`
    GRANT CONNECT ON DATABASE ${name} TO CURRENT_USER, app_owner, ${RUNTIME};
    REVOKE ALL ON DATABASE ${name} FROM PUBLIC;
    GRANT CREATE, TEMPORARY ON DATABASE ${name} TO app_owner;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE, CREATE ON SCHEMA public TO app_owner;
    GRANT USAGE ON SCHEMA public TO app_kernel, app_directory, ${RUNTIME};`)
  // Whoever does not own the database gets a warning from REVOKE, not an error.
  const { rows } = await client.query<{ closed: boolean; number: number }>(
    `SELECT current_setting('server_version_num')::int AS number, has_schema_privilege('app_owner', 'public', 'CREATE') AND has_database_privilege('app_owner', $1, 'CREATE')
       AND NOT has_schema_privilege('app_tenant', 'public', 'CREATE') AND NOT has_database_privilege('app_tenant', $1, 'TEMPORARY') AS closed`,
    [database],
  )
  if (!rows[0]?.closed) throw new SettingError(`The role of DATABASE_URL must own the database ${database}: ALTER DATABASE ${name} OWNER TO it.`)
  const settings = Object.entries({ ...TIMEOUTS, ...PLANNER, ...(rows[0].number >= TRANSACTION_TIMEOUT_SINCE && { transaction_timeout: '12s' }) })
  for (const login of LOGINS)
    for (const [setting, value] of settings) await asAdministrator(login, client.query(`ALTER ROLE ${login} IN DATABASE ${name} SET ${setting} = '${value}'`))
}

async function asAdministrator(role: string, query: Promise<unknown>) {
  try {
    await query
  } catch (error) {
    throw new SettingError(`The role ${role} exists but the role of DATABASE_URL may not change it (${(error as Error).message}): use a superuser, or the role that created ${role}.`)
  }
}
