import { failingParts } from '@/lib/health/readiness'

export const dynamic = 'force-dynamic'

/** 200 while requests can be done here; 503 with the parts that keep them from it otherwise, within two seconds: for who sends them. */
export async function GET(): Promise<Response> {
  const failing = await failingParts()
  if (failing.length === 0) return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } })
  return Response.json({ status: 'unavailable', failing }, { status: 503, headers: { 'Cache-Control': 'no-store', 'Retry-After': '2' } })
}
