import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { readPlatformIsolationReport } from '@/lib/isolation/platform-report'

/** The report of the page beside, whole, as JSON. */
export async function GET(): Promise<Response> {
  await requireSuperAdmin()
  return new Response(JSON.stringify(await readPlatformIsolationReport(), null, 2), { headers: { 'Content-Type': 'application/json', 'Content-Disposition': 'attachment; filename="isolation.json"', 'Cache-Control': 'private, no-store' } })
}
