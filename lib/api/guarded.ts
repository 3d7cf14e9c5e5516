import 'server-only'
import { withApiMember } from './member-route'
import type { Member } from '@/lib/tenancy/member'

// The middleware does not see the addresses of files, so their answers carry its headers themselves.
const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'", 'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'DENY', 'Referrer-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin', 'Cross-Origin-Opener-Policy': 'same-origin',
}

/** A route of /api/v1/[organization] for files: in, out, or about them. */
export async function fileRoute(slug: string, work: (member: Member) => Promise<Response>): Promise<Response> {
  const response = await withApiMember(slug, work)
  for (const [name, value] of Object.entries(HEADERS)) if (!response.headers.has(name)) response.headers.set(name, value)
  return response
}
