import { apiRefusal } from '@/lib/api/answer'
import { memberAnswer } from '@/lib/auth/session'
import { withTenant } from '@/lib/tenancy/with-tenant'

/** The logo of an organization, for its members. The address changes with the picture, so it may be kept. */
export async function GET(_: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  const answer = await memberAnswer((await params).organization)
  if (answer.state === 'signed-out') return apiRefusal(401, 'signed_out', 'Sign in first.')
  const logo = answer.state === 'member' ? await withTenant(answer.member, ({ tx }) => tx.organizationLogo.findFirst(), { readOnly: true }) : null
  if (!logo) return apiRefusal(404, 'not_found', 'There is nothing here, or it is not yours to see.')
  return new Response(new Uint8Array(logo.bytes), { headers: { 'Content-Type': logo.mime, 'Cache-Control': 'private, max-age=86400', 'Content-Security-Policy': "default-src 'none'", 'X-Content-Type-Options': 'nosniff' } })
}
