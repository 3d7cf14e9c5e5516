import { ForbiddenError, Refusal } from '@/lib/errors'
import { isOn, MODULES, type ModuleKey } from '@/lib/modules/modules'
import { OUT_OF_REACH } from '@/lib/tenancy/held-rules'
import type { Role } from '@/lib/tenancy/member'

/** Who may do what, by role: the one table. Which rows exist for a person is not decided here but by the policies in SQL. */
const EVERYBODY: Role[] = ['owner', 'admin', 'manager', 'member', 'field', 'viewer']
const WORKERS: Role[] = ['owner', 'admin', 'manager', 'member', 'field']
const WRITERS: Role[] = ['owner', 'admin', 'manager', 'member']
const LEADERS: Role[] = ['owner', 'admin', 'manager']
const ADMINS: Role[] = ['owner', 'admin']
const OWNERS: Role[] = ['owner']

export const PERMISSIONS = {
  'organization:read': EVERYBODY,
  'organization:update': ADMINS,
  'organization:transfer': OWNERS,
  'organization:delete': OWNERS,
  'organization:archive': OWNERS,
  'plan:manage': OWNERS,
  'modules:manage': ADMINS,
  'members:read': EVERYBODY,
  'members:manage': ADMINS,
  'invitations:create': ADMINS,
  'access:manage': ADMINS,
  'teams:create': ADMINS,
  // A manager only those that they lead; the policy of the table says the same.
  'teams:manage': LEADERS,
  'projects:read': EVERYBODY,
  'projects:create': WRITERS,
  // A member only where the container grants "manage": their own. The policy decides the row.
  'projects:update': WRITERS,
  'projects:delete': WRITERS,
  'workstreams:read': EVERYBODY,
  'workstreams:manage': WRITERS,
  'goals:read': EVERYBODY,
  'goals:manage': LEADERS,
  // Field members too, who see few projects.
  'ideas:read': EVERYBODY,
  'ideas:create': WORKERS,
  'ideas:convert': WRITERS,
  'contexts:read': EVERYBODY,
  'contexts:update': WRITERS,
  'contexts:delegate': WRITERS,
  // A member where they manage the project; for the organization itself managers and above.
  'contexts:approve': WRITERS,
  'contexts:approve_any': LEADERS,
  'templates:manage': WRITERS,
  'tasks:read': EVERYBODY,
  'tasks:create': WRITERS,
  'tasks:update': WRITERS,
  // Field members too, on tasks they are assigned to.
  'tasks:move': WORKERS,
  'tasks:delete': WRITERS,
  'tasks:delete_any': LEADERS,
  'comments:create': WORKERS,
  'labels:manage': WRITERS,
  'views:share': WRITERS,
  // Field members to their own work logs.
  'attachments:create': WORKERS,
  'rates:read': LEADERS,
  // Field members their own rows.
  'reports:read': EVERYBODY,
  'exports:run': EVERYBODY,
  // A member into a ledger of their own.
  'imports:run': WRITERS,
  // What one has applied oneself; owners and admins anybody's that they can see.
  'imports:undo': WRITERS,
  'imports:undo_any': ADMINS,
  'imports:assign': ADMINS,
  'api_keys:create': WRITERS,
  // A program that works by tools (/api/mcp), beside what each tool needs.
  'mcp:execute': WRITERS,
  'api_keys:manage': ADMINS,
  'connections:manage': ADMINS,
  'audit:read': ADMINS,
  'isolation:read': ADMINS,
  'support:end': ADMINS,
  'support:consent': OWNERS,
} satisfies Record<string, Role[]>

export type Permission = keyof typeof PERMISSIONS

export function can(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as Role[]).includes(role)
}

/** Whether a key was given this as well; whoever comes without a key has what their role has. For what is left out rather than refused. */
export function mayAlso({ member, key }: Acting, permission: Permission): boolean {
  return can(member.role, permission) && (!key || key.scopes.includes(permission))
}

// What belongs to a module is out of reach while the organization has it switched off.
const MODULE_OF: Record<string, ModuleKey> = {
  projects: 'projects', tasks: 'projects', workstreams: 'projects', goals: 'projects', contexts: 'projects', ideas: 'projects', templates: 'projects', labels: 'projects',
  comments: 'projects', attachments: 'projects',
}

// Credentials, keys, people, and what leaves the organization: nobody of the platform does these here, nor takes a project away.
const OUT_OF_SUPPORT = ['api_keys', 'mcp', 'invitations', 'access', 'members', 'teams', 'connections', 'exports', 'imports', 'views', 'organization', 'modules', 'plan', 'audit', 'support']

type Acting = { member: { role: Role; support?: object; organization?: { slug: string; modules: readonly string[] } }; key?: { scopes: readonly string[] } }

/** The first line of every noun function that writes. A key has of its owner's rights those that it was given. @throws ForbiddenError · Refusal 404 `module_off` */
export function authorize({ member, key }: Acting, permission: Permission): void {
  const [noun, verb] = permission.split(':') as [string, string]
  const needed = MODULE_OF[noun]
  if (needed && member.organization && !isOn({ organization: member.organization }, needed))
    throw new Refusal(404, 'module_off', `${MODULES[needed].label} is switched off in this organization.${can(member.role, 'modules:manage')
      ? ` It can be switched on under /${member.organization.slug}/settings/modules.`
      : ' An owner or admin can switch it on.'}`)
  if (key && !key.scopes.includes(permission)) throw new ForbiddenError(`This API key was not given ${permission}.`, 'scope_missing')
  if (member.support && (permission === 'projects:delete' || (verb !== 'read' && OUT_OF_SUPPORT.includes(noun)))) throw new ForbiddenError(OUT_OF_REACH, 'support_out_of_reach')
  if (can(member.role, permission)) return
  throw new ForbiddenError(`Your role here is ${member.role}, which may not ${verb.replaceAll('_', ' ')} ${noun.replaceAll('_', ' ')}. An owner or admin of the organization can change that.`)
}
