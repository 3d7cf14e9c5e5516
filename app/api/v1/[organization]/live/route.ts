import { liveRoute } from '@/lib/live/live-route'

export const dynamic = 'force-dynamic'

/** What a member is told as it happens. */
export async function GET(request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  return liveRoute(request, (await params).organization)
}
