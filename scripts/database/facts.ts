import { withClient } from './connect.ts'

/** Policies, forced row security, grants and the owners of functions, as one text. */
export async function readFacts(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ fact: string }>(`
      SELECT format('policy %s.%s %s %s %s', tablename, policyname, cmd, qual, with_check) AS fact FROM pg_policies WHERE schemaname = 'public'
      UNION ALL SELECT format('table %s %s %s %s', c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relowner::regrole) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      UNION ALL SELECT format('grant %s %s %s', c.relname, x.grantee::regrole, x.privilege_type) FROM pg_class c, aclexplode(c.relacl) x WHERE c.relnamespace = 'public'::regnamespace
      UNION ALL SELECT format('function %s %s %s', p.oid::regprocedure, p.proowner::regrole, p.prosecdef) FROM pg_proc p WHERE p.pronamespace = 'kernel'::regnamespace
      UNION ALL SELECT format('execute %s %s', p.oid::regprocedure, x.grantee::regrole) FROM pg_proc p, aclexplode(p.proacl) x WHERE p.pronamespace = 'kernel'::regnamespace
      ORDER BY 1`)
    return rows.map(({ fact }) => fact).join('\n')
  })
}
