import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type Finding = { rule: string; object: string; finding: string }
export type TableReport = {
  table: string; family: string; class: string; isProtected: boolean; isForced: boolean
  policies: string[]; primaryKey: string; foreignKeys: string[]; indexes: string[]; grants: string[]
}
export type RoleReport = { role: string; canLogin: boolean; isSuperuser: boolean; bypassesRowSecurity: boolean; memberOf: string[]; settings: string[] }
export type FunctionReport = { function: string; owner: string; callers: string[] }
/** What the leak probe found when it last ran. */
export type LastProbe = { attempts: number; tables: number; leaks: number; changes: number; milliseconds: number; findings: string[]; at: Date }
/** That somebody has asked for the probe, and when a process beside the product took it; gone when it has run. */
export type AskedProbe = { askedAt: Date; takenAt: Date | null }
export type IsolationReport = { serverVersion: string; readAt: Date; lastProbe: LastProbe | null; askedProbe: AskedProbe | null; findings: Finding[]; tables: TableReport[]; roles: RoleReport[]; definerFunctions: FunctionReport[] }

/** Runs one statement without parameters: a scope's transaction, a pool or a bare connection. */
export type Query = (sql: string) => Promise<unknown[]>

const TABLES = `
  SELECT d.table_name AS table, d.family, d.class, c.relrowsecurity AS "isProtected", c.relforcerowsecurity AS "isForced",
    ARRAY(SELECT p.policyname || ' (' || lower(p.cmd) || ' to ' || array_to_string(p.roles, ', ') || ')' FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = d.table_name ORDER BY 1) AS policies,
    (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p') AS "primaryKey",
    ARRAY(SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' ORDER BY 1) AS "foreignKeys",
    ARRAY(SELECT i.indexrelid::regclass::text || CASE WHEN i.indisunique THEN ' (unique)' ELSE '' END FROM pg_index i WHERE i.indrelid = c.oid ORDER BY 1) AS indexes,
    ARRAY(SELECT x.grantee::regrole || ': ' || string_agg(lower(x.privilege_type), ', ' ORDER BY x.privilege_type) FROM aclexplode(c.relacl) x WHERE x.grantee NOT IN (0, c.relowner) GROUP BY x.grantee ORDER BY 1) AS grants
  FROM kernel.tables d JOIN pg_class c ON c.oid = ('public.' || d.table_name)::regclass ORDER BY d.family = 'global', d.table_name`

const ROLES = `
  SELECT r.rolname::text AS role, r.rolcanlogin AS "canLogin", r.rolsuper AS "isSuperuser", r.rolbypassrls AS "bypassesRowSecurity",
    ARRAY(SELECT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member = r.oid ORDER BY 1) AS "memberOf",
    ARRAY(SELECT unnest(s.setconfig) FROM pg_db_role_setting s WHERE s.setrole = r.oid AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) ORDER BY 1) AS settings
  FROM pg_roles r WHERE r.rolname LIKE 'app\\_%' ORDER BY r.rolname`

const FUNCTIONS = `
  SELECT p.oid::regprocedure::text AS function, pg_get_userbyid(p.proowner)::text AS owner,
    ARRAY(SELECT x.grantee::regrole::text FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x WHERE x.grantee <> p.proowner ORDER BY 1) AS callers
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef AND n.nspname !~ '^pg_' ORDER BY 1`

const catalogSql = () => readFile(join(process.cwd(), 'lib/isolation/catalog.sql'), 'utf8')

/** Every violation of the rules in the live catalog. None is what must be. */
export async function listFindings(query: Query): Promise<Finding[]> {
  return (await query(await catalogSql())) as Finding[]
}

/** How the database keeps organizations apart right now. It reads the catalog only, so app_tenant may ask for it. */
export async function isolationReport(query: Query): Promise<IsolationReport> {
  const findings = await listFindings(query)
  const [version] = (await query(`SELECT current_setting('server_version') AS version`)) as { version: string }[]
  return {
    serverVersion: version!.version,
    readAt: new Date(),
    lastProbe: ((await query('SELECT * FROM kernel.last_probe()')) as LastProbe[])[0] ?? null,
    askedProbe: ((await query('SELECT asked_at AS "askedAt", taken_at AS "takenAt" FROM kernel.probe_request()')) as AskedProbe[])[0] ?? null,
    findings,
    tables: (await query(TABLES)) as TableReport[],
    roles: (await query(ROLES)) as RoleReport[],
    definerFunctions: (await query(FUNCTIONS)) as FunctionReport[],
  }
}
