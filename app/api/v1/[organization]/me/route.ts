import { memberRoute } from '@/lib/api/member-route'
import { can, PERMISSIONS, type Permission } from '@/lib/authorization/permissions'

/** Who is asking, in which role, and what they may do: for a key, what it was given of its owner's rights. */
export async function GET(_request: Request, { params }: { params: Promise<{ organization: string }> }): Promise<Response> {
  return memberRoute((await params).organization, ({ member, key }) => {
    const permissions = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => can(member.role, permission) && (!key || key.scopes.includes(permission)))
    const { slug, name, timezone, modules } = member.organization
    return Promise.resolve({ id: member.userId, name: member.displayName, role: member.role, organization: { slug, name, timezone, modules }, permissions, key: key ? { id: key.id, project_id: key.containerId } : null })
  })
}
