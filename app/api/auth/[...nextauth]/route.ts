import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { connectCookieName, deviceCookieName, deviceCookieOptions, readDeviceToken, readSessionCookie, sessionCookieName } from '@/lib/auth/cookies'
import { authOptions, type SignInRequest } from '@/lib/auth/options'
import { env } from '@/lib/env'
import { clientAddress, requestId, respondUnavailable } from '@/lib/http/response'
import { newToken } from '@/lib/tokens/token'
import { isUnavailable } from '@/lib/unavailable'

const CALLBACK_COOKIES = ['next-auth.callback-url', '__Secure-next-auth.callback-url']

type Context = { params: Promise<{ nextauth: string[] }> }

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const { pathname } = request.nextUrl
  const isPost = request.method === 'POST'
  if (/\/callback\/(credentials|passkey)$/.test(pathname) && !isPost) return Response.json({ error: 'method_not_allowed' }, { status: 405, headers: { Allow: 'POST' } })
  if (!(await isReadable(request))) return Response.json({ error: 'malformed' }, { status: 400 })
  if (request.nextUrl.searchParams.getAll('callbackUrl').some((url) => !isReadableUrl(url))) return Response.json({ error: 'malformed' }, { status: 400 })
  // NextAuth writes it into a header as it is. Somebody on the way back from a provider is told on the page.
  if (request.nextUrl.searchParams.getAll('error').some((code) => !/^[\x20-\x7e]*$/.test(code))) {
    if (!pathname.includes('/callback/')) return Response.json({ error: 'malformed' }, { status: 400 })
    return new Response(null, { status: 303, headers: { Location: `${env().NEXTAUTH_URL}/sign-in?error=malformed`, 'Cache-Control': 'private, no-store' } })
  }
  const spoiled = CALLBACK_COOKIES.find((name) => !isReadableUrl(request.cookies.get(name)?.value ?? '/'))
  if (spoiled) return startAgain(spoiled)
  const deviceToken = readDeviceToken(request.cookies.get(deviceCookieName())?.value) ?? newToken().secret
  try {
    const response = (await NextAuth(request, context, authOptions(await signInRequest(request, deviceToken)))) as Response
    response.headers.set('Cache-Control', 'private, no-store')
    const entered = response.headers.getSetCookie().some((cookie) => cookie.startsWith(`${sessionCookieName()}=`))
    if (entered && pathname.includes('/callback/')) response.headers.append('Set-Cookie', deviceCookie(deviceToken))
    if (request.cookies.has(connectCookieName()) && pathname.includes('/callback/')) response.headers.append('Set-Cookie', `${connectCookieName()}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${deviceCookieOptions().secure ? '; Secure' : ''}`)
    return response
  } catch (error) {
    if (!isUnavailable(error)) throw error
    respondUnavailable()
    return Response.json({ error: 'unavailable' }, { status: 503, headers: { 'Retry-After': '2' } })
  }
}

async function signInRequest(request: NextRequest, deviceToken: string): Promise<SignInRequest> {
  const { cookies, headers } = request
  const back = CALLBACK_COOKIES.map((name) => cookies.get(name)?.value).find(Boolean) ?? ''
  return {
    visitor: { ip: clientAddress(), userAgent: headers.get('user-agent'), requestId: requestId(), deviceToken },
    sessionToken: await readSessionCookie(cookies.get(sessionCookieName())?.value),
    connectToken: cookies.get(connectCookieName())?.value ?? null,
    invitationPath: /\/invitations\/([\w.-]+)$/.exec(back)?.[1] ?? null,
  }
}

function deviceCookie(token: string): string {
  const { secure, maxAge } = deviceCookieOptions()
  return `${deviceCookieName()}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`
}

// NextAuth answers a body that it cannot parse with 500.
async function isReadable(request: NextRequest): Promise<boolean> {
  if (request.method !== 'POST' || !/json/i.test(request.headers.get('content-type') ?? '')) return true
  return request.clone().json().then((body: unknown) => typeof body === 'object' && body !== null && !Array.isArray(body), () => false)
}

// NextAuth answers 500 to an address to go back to that is none, from a query or from the cookie it has set itself.
function isReadableUrl(url: string): boolean {
  const { NEXTAUTH_URL } = env()
  return url.startsWith('/') ? URL.canParse(url, NEXTAUTH_URL) && /^https?:/.test(new URL(url, NEXTAUTH_URL).protocol) : URL.canParse(url) && /^https?:/.test(new URL(url).protocol)
}

function startAgain(cookie: string): Response {
  const headers = { Location: `${env().NEXTAUTH_URL}/sign-in?error=Callback`, 'Cache-Control': 'private, no-store', 'Set-Cookie': `${cookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${cookie.startsWith('__') ? '; Secure' : ''}` }
  return new Response(null, { status: 303, headers })
}

export { handle as GET, handle as POST }
