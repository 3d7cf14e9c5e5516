import type { Query } from './report'

// Each part prints lines; together they are all that anybody but the owner may do. The same text on every version.
const PARTS = [
  `SELECT format('-- role %s: %s', rolname, concat_ws(', ', CASE WHEN rolcanlogin THEN 'login' ELSE 'no login' END, CASE WHEN rolinherit THEN 'inherits' END,
      CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END)) AS line
    FROM pg_roles WHERE rolname IN ('app_tenant', 'app_platform', 'app_kernel', 'app_directory', 'app_owner') ORDER BY rolname`,
  `SELECT line FROM (
    SELECT c.relname, 0 AS part, '' AS name, format(E'\\n-- %s: %s, %s%s%s', c.relname, coalesce(d.family, 'kernel'), coalesce(d.class, 'local'), CASE WHEN c.relrowsecurity THEN ', row security' ELSE '' END, CASE WHEN c.relforcerowsecurity THEN ', forced' ELSE '' END) AS line
      FROM pg_class c LEFT JOIN kernel.tables d ON d.table_name = c.relname WHERE c.relnamespace IN ('public'::regnamespace, 'kernel'::regnamespace) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND c.relname <> '_prisma_migrations'
    UNION ALL
    SELECT tablename, 1, policyname || cmd, format('CREATE POLICY %I ON %I AS %s FOR %s TO %s%s%s;', policyname, tablename, permissive, cmd, array_to_string(roles, ', '),
        coalesce(E'\\n  USING ' || CASE WHEN qual LIKE '(%' THEN qual ELSE '(' || qual || ')' END, ''), coalesce(E'\\n  WITH CHECK ' || CASE WHEN with_check LIKE '(%' THEN with_check ELSE '(' || with_check || ')' END, ''))
      FROM pg_policies WHERE schemaname IN ('public', 'kernel')
    UNION ALL
    SELECT c.relname, 2, x.grantee::regrole::text, format('GRANT %s ON %I TO %s;', string_agg(x.privilege_type, ', ' ORDER BY x.privilege_type), c.relname, CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END)
      FROM pg_class c, aclexplode(c.relacl) x WHERE c.relnamespace IN ('public'::regnamespace, 'kernel'::regnamespace) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND x.grantee <> c.relowner GROUP BY c.relname, x.grantee
    UNION ALL
    SELECT c.relname, 3, a.attname || x.grantee::regrole, format('GRANT %s (%I) ON %I TO %s;', x.privilege_type, a.attname, c.relname, x.grantee::regrole)
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) x WHERE c.relnamespace IN ('public'::regnamespace, 'kernel'::regnamespace)
  ) lines ORDER BY relname COLLATE "C", part, name COLLATE "C", line COLLATE "C"`,
  `SELECT format(E'%s-- %s: owner %s, %s%s\\n--   callers: %s', CASE WHEN row_number() OVER (ORDER BY p.oid::regprocedure::text COLLATE "C") = 1 THEN E'\\n' ELSE '' END, p.oid::regprocedure, pg_get_userbyid(p.proowner),
      CASE WHEN p.prosecdef THEN 'SECURITY DEFINER' ELSE 'invoker' END, coalesce(', ' || array_to_string(p.proconfig, ', '), ''),
      coalesce((SELECT string_agg(CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END, ', ' ORDER BY x.grantee::regrole::text COLLATE "C") FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x WHERE x.grantee <> p.proowner), 'nobody else')) AS line
    FROM pg_proc p WHERE p.pronamespace IN ('public'::regnamespace, 'kernel'::regnamespace) ORDER BY p.oid::regprocedure::text COLLATE "C"`,
]

/** What the catalog allows, as text: the same for the same migrations, whatever the version of the server. */
export async function readSnapshot(query: Query): Promise<string> {
  const lines: string[] = ['-- What is allowed now. Made from the catalog by npm run db:policies and compared by the tests: a change of reach shows in review.']
  for (const part of PARTS) lines.push(...((await query(part)) as { line: string }[]).map(({ line }) => line))
  return `${lines.join('\n')}\n`
}
