import { type NextRequest, NextResponse } from 'next/server'

const PUBLIC = [/^\/(sign-in|sign-up|forgot-password|mailbox)$/, /^\/(sign-up|reset-password|verify|invitations)\/[^/]+$/, /^\/api\/auth\//, /^\/api\/(health|ready|metrics)$/]
const SESSION_COOKIES = ['__Host-bulkhead.session', 'bulkhead.session']

/** Security headers, the nonce, and a short way to sign-in for whoever has no cookie. Nothing is authorized here. */
export function middleware(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('x-path', `${pathname}${search}`)
  headers.set('content-security-policy', policy)

  const isSignedOut = !SESSION_COOKIES.some((name) => request.cookies.has(name))
  const isPage = request.method === 'GET' && !pathname.startsWith('/api/')
  const response =
    isSignedOut && isPage && !PUBLIC.some((pattern) => pattern.test(pathname)) && pathname !== '/'
      ? NextResponse.redirect(new URL(`/sign-in?next=${encodeURIComponent(`${pathname}${search}`)}`, request.url))
      : NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  response.headers.set('X-Content-Type-Options', 'nosniff')
  response.headers.set('X-Frame-Options', 'DENY')
  response.headers.set('Referrer-Policy', 'same-origin')
  response.headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  response.headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  response.headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  if (request.nextUrl.protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https') {
    response.headers.set('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  }
  return response
}

function contentSecurityPolicy(nonce: string): string {
  const isDevelopment = process.env.NODE_ENV === 'development'
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // Positions and sizes that components compute; no selector can be written in an attribute.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "manifest-src 'self'",
  ].join('; ')
}

// Files pass by: Next.js would hold each one coming in whole in memory, and one going out needs a stricter policy than pages
// (lib/api/guarded sets the headers).
export const config = { matcher: ['/((?!_next/static/|favicon\\.ico$|icon\\.svg$|api/v1/archives$|api/v1/[a-z0-9-]+/(?:attachments|exports|imports)(?:/|$)).*)'] }
