import { memberRoute } from '@/lib/api/member-route'
import { getJob } from '@/lib/jobs/jobs'

/** How far a job of mine is. */
export async function GET(_: Request, { params }: { params: Promise<{ organization: string; job: string }> }): Promise<Response> {
  const { organization, job } = await params
  return memberRoute(organization, (scope) => getJob(scope, job))
}
