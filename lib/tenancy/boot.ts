import pg from 'pg'

const VERSION_MIN = 150_000
const PATIENCE_MS = 5_000

type Facts = { role: string; number: number; version: string; unsafe: string | null }

// What would let a connection see past row security, or change what is allowed.
const FACTS = `
  SELECT current_user::text AS role, current_setting('server_version_num')::int AS number, current_setting('server_version') AS version,
    CASE WHEN r.rolsuper THEN 'is a superuser'
         WHEN r.rolbypassrls THEN 'may bypass row security'
         WHEN r.rolcreaterole OR r.rolcreatedb OR r.rolreplication THEN 'may create roles or databases, or replicate'
         WHEN EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) THEN 'owns tables'
         WHEN EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) THEN 'is a member of another role'
         WHEN current_setting('statement_timeout') = '0' OR current_setting('idle_in_transaction_session_timeout') = '0' THEN 'has no time limits'
         WHEN has_database_privilege(r.oid, current_database(), 'TEMPORARY') THEN 'may make temporary tables'
    END AS unsafe
  FROM pg_roles r WHERE r.rolname = current_user`

/**
 * Refuses to serve under a connection that row security does not bind, or on a server that is too old.
 * @throws Error with one sentence naming the setting
 */
export async function checkConnection(setting: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS })
  let facts: Facts
  try {
    await client.connect()
    facts = (await client.query<Facts>(FACTS)).rows[0]!
  } catch (error) {
    throw new Error(`${setting}: the database cannot be reached (${(error as Error).message}).`)
  } finally {
    await client.end().catch(() => undefined)
  }
  if (facts.number < VERSION_MIN) throw new Error(`${setting}: PostgreSQL ${facts.version} is too old, 15 or newer is needed.`)
  if (facts.unsafe) throw new Error(`${setting}: the role ${facts.role} ${facts.unsafe}. Requests must run as app_tenant and app_platform as npm run up sets them up; nothing is served otherwise.`)
}

/** Ends the process with one sentence when the settings or a connection are wrong. */
export async function refuseUnsafeStart(env: () => Record<'TENANT_DATABASE_URL' | 'PLATFORM_DATABASE_URL', string>): Promise<void> {
  try {
    const urls = env()
    await checkConnection('TENANT_DATABASE_URL', urls.TENANT_DATABASE_URL)
    await checkConnection('PLATFORM_DATABASE_URL', urls.PLATFORM_DATABASE_URL)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
