import { createHash, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/env'
import { readMetrics } from '@/lib/health/metrics'

export const dynamic = 'force-dynamic'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** For Prometheus, by the token of METRICS_TOKEN. Without the setting there is nothing here. */
export async function GET(request: Request): Promise<Response> {
  const { METRICS_TOKEN } = env()
  if (!METRICS_TOKEN) return new Response(null, { status: 404 })
  const [, token = ''] = /^Bearer (.{1,500})$/.exec(request.headers.get('authorization') ?? '') ?? []
  // Digests are of one length, and compared to their end.
  if (!timingSafeEqual(digest(token), digest(METRICS_TOKEN))) return new Response(null, { status: 401, headers: { 'WWW-Authenticate': 'Bearer', 'Cache-Control': 'no-store' } })
  const { text, type } = await readMetrics()
  return new Response(text, { headers: { 'Content-Type': type, 'Cache-Control': 'no-store' } })
}
