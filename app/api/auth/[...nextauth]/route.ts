import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { authOptions } from '@/lib/auth/options'
import { respondUnavailable } from '@/lib/http/response'
import { isUnavailable } from '@/lib/unavailable'

type Context = { params: Promise<{ nextauth: string[] }> }

async function handle(request: NextRequest, context: Context): Promise<Response> {
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

export { handle as GET, handle as POST }
