import { ForbiddenError } from '@/lib/errors'
import type { Role } from '@/lib/tenancy/member'

/** Who may do what, by role: the one table. Which rows exist for a person is not decided here but by the policies in SQL. */
const WRITERS: Role[] = ['owner', 'admin', 'manager', 'member']
const LEADERS: Role[] = ['owner', 'admin', 'manager']
const ADMINS: Role[] = ['owner', 'admin']

export const PERMISSIONS = {
  'members:manage': ADMINS,
  'invitations:create': ADMINS,
  'access:manage': ADMINS,
  'organization:update': ADMINS,
  'teams:manage': ADMINS,
  'audit:read': ADMINS,
  'isolation:read': ADMINS,
  'projects:create': WRITERS,
  // A member only where the container grants "manage": their own. The policy decides the row.
  'projects:update': WRITERS,
  'tasks:create': WRITERS,
  'tasks:update': WRITERS,
  // Field members too, on tasks they are assigned to.
  'tasks:move': [...WRITERS, 'field'],
  'tasks:delete': WRITERS,
  'tasks:delete_any': LEADERS,
  'labels:manage': WRITERS,
  'comments:create': [...WRITERS, 'field'],
  // Field members too, on tasks they are assigned to.
  'attachments:create': [...WRITERS, 'field'],
  // A member into projects they can edit; the policy decides the row.
  'imports:run': WRITERS,
  // What one has applied oneself; owners and admins anybody's that they can see.
  'imports:undo': WRITERS,
  'imports:undo_any': ADMINS,
  // What they can see, and no more: the rows come under row security of whoever asks.
  'exports:run': [...WRITERS, 'field', 'viewer'],
} satisfies Record<string, Role[]>

export type Permission = keyof typeof PERMISSIONS

export function can(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as Role[]).includes(role)
}

/** The first line of every noun function that writes. @throws ForbiddenError */
export function authorize({ member }: { member: { role: Role } }, permission: Permission): void {
  if (can(member.role, permission)) return
  const [noun, verb] = permission.split(':') as [string, string]
  throw new ForbiddenError(`Your role here is ${member.role}, which may not ${verb.replaceAll('_', ' ')} ${noun}. An owner or admin of the organization can change that.`)
}
