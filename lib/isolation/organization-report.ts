import 'server-only'
import { authorize } from '@/lib/authorization/permissions'
import { sql } from '@/lib/tenancy/sql'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isolationReport, type IsolationReport } from './report'

/** The live report as an organization's owner or admin may see it: read from the catalog by the very role that serves requests. */
export async function readIsolationReport(scope: Scope): Promise<IsolationReport> {
  authorize(scope, 'isolation:read')
  // The statements are constants of this folder, without parameters: one piece of text and no values.
  return isolationReport((text) => scope.tx.$queryRaw(sql([text] as unknown as TemplateStringsArray)))
}
