import { memberRoute } from '@/lib/api/member-route'
import { readIsolationReport } from '@/lib/isolation/organization-report'

/** The live report of the catalog, with what the last probe found, as owners and admins may see it. */
export async function GET(_request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  return memberRoute((await params).organization, readIsolationReport)
}
