import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '@/lib/auth/options'
import { respondUnavailable } from '@/lib/http/response'
import { isUnavailable } from '@/lib/unavailable'

type Context = { params: Promise<{ nextauth: string[] }> }

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const isCallback = request.nextUrl.pathname.endsWith('/callback/credentials')
  if (isCallback && request.method === 'GET') return Response.json({ error: 'method_not_allowed' }, { status: 405, headers: { Allow: 'POST' } })
  if (!(await isReadable(request))) return Response.json({ error: 'malformed' }, { status: 400 })
  const device = { ip: null, userAgent: request.headers.get('user-agent') }
  try {
    const response = (await NextAuth(request, context, authOptions(device))) as Response
    response.headers.set('Cache-Control', 'private, no-store')
    return response
  } catch (error) {
    if (!isUnavailable(error)) throw error
    respondUnavailable()
    return Response.json({ error: 'unavailable' }, { status: 503, headers: { 'Retry-After': '2' } })
  }
}

// NextAuth answers a body that it cannot parse with 500.
async function isReadable(request: NextRequest): Promise<boolean> {
  if (request.method !== 'POST' || !/json/i.test(request.headers.get('content-type') ?? '')) return true
  return request.clone().json().then((body: unknown) => typeof body === 'object' && body !== null && !Array.isArray(body), () => false)
}

export { handle as GET, handle as POST }
