import { findAvatar } from '@/lib/account/profile'
import { apiRefusal } from '@/lib/api/answer'
import { currentPerson } from '@/lib/auth/session'
import { isUuid } from '@/lib/uuid'

/** A person's picture, for themselves and for whoever shares an organization with them. */
export async function GET(_: Request, { params }: { params: Promise<{ person: string }> }): Promise<Response> {
  const viewer = await currentPerson()
  const { person } = await params
  if (!viewer || viewer.gate) return apiRefusal(401, 'signed_out', 'Sign in first.')
  const avatar = isUuid(person) ? await findAvatar(viewer.userId, person) : null
  if (!avatar) return apiRefusal(404, 'not_found', 'There is nothing here, or it is not yours to see.')
  return new Response(new Uint8Array(avatar.bytes), { headers: { 'Content-Type': avatar.mime, 'Cache-Control': 'private, no-store', 'Content-Security-Policy': "default-src 'none'", 'X-Content-Type-Options': 'nosniff' } })
}
