import { ForbiddenError, Refusal } from '@/lib/errors'
import { isOn, MODULES, type ModuleKey } from '@/lib/modules/modules'
import type { Role } from '@/lib/tenancy/member'

/** Who may do what, by role: the one table. Which rows exist for a person is not decided here but by the policies in SQL. */
const WRITERS: Role[] = ['owner', 'admin', 'manager', 'member']
const LEADERS: Role[] = ['owner', 'admin', 'manager']
const ADMINS: Role[] = ['owner', 'admin']

export const PERMISSIONS = {
  'members:manage': ADMINS,
  'organization:transfer': ['owner'],
  'organization:delete': ['owner'],
  'plan:manage': ['owner'],
  'modules:manage': ADMINS,
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

// What belongs to a module is out of reach while the organization has it switched off.
const MODULE_OF: Record<string, ModuleKey> = { projects: 'projects', tasks: 'projects', labels: 'projects', comments: 'projects' }

type Acting = { role: Role; organization?: { slug: string; modules: readonly string[] } }

/** The first line of every noun function that writes. @throws ForbiddenError · Refusal 404 `module_off` */
export function authorize({ member }: { member: Acting }, permission: Permission): void {
  const [noun, verb] = permission.split(':') as [string, string]
  const needed = MODULE_OF[noun]
  if (needed && member.organization && !isOn({ organization: member.organization }, needed))
    throw new Refusal(404, 'module_off', `${MODULES[needed].label} is switched off in this organization.${can(member.role, 'modules:manage') ? ` It can be switched on under /${member.organization.slug}/settings/modules.` : ' An owner or admin can switch it on.'}`)
  if (can(member.role, permission)) return
  throw new ForbiddenError(`Your role here is ${member.role}, which may not ${verb.replaceAll('_', ' ')} ${noun}. An owner or admin of the organization can change that.`)
}
