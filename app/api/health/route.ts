import { isDatabaseAnswering } from '@/lib/platform/health'

export const dynamic = 'force-dynamic'

/** 200 once the application serves and its database answers; 503 otherwise, within two seconds. */
export async function GET(): Promise<Response> {
  const isWell = await isDatabaseAnswering()
  return Response.json({ status: isWell ? 'ok' : 'unavailable' }, { status: isWell ? 200 : 503, headers: { 'Cache-Control': 'no-store', ...(isWell ? {} : { 'Retry-After': '2' }) } })
}
