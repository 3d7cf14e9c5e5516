import type { Role } from '@/lib/tenancy/member'
import type { Permission } from './permissions'

type Said = { group: (typeof GROUPS)[number]; text: string; only?: Partial<Record<Role, string>> }

export const GROUPS = ['Work', 'Reports and data', 'People', 'Keys and connections', 'The organization'] as const

/** Every permission as a person reads it; `only`: a role that has it in part. */
export const PERMISSION_WORDS: Record<Permission, Said> = {
  'projects:create': { group: 'Work', text: 'Start projects' },
  'projects:update': { group: 'Work', text: 'Change and share projects', only: { member: 'Those they manage' } },
  'workstreams:manage': { group: 'Work', text: 'Make and change workstreams' },
  'goals:manage': { group: 'Work', text: 'Set goals and change them' },
  'ideas:create': { group: 'Work', text: 'Write down ideas and refine them' },
  'ideas:convert': { group: 'Work', text: 'Make tasks of ideas' },
  'contexts:update': { group: 'Work', text: 'Write in notebooks' },
  'contexts:delegate': { group: 'Work', text: 'Pass on what is noted to a level above' },
  'contexts:approve': { group: 'Work', text: 'Decide what is passed on', only: { member: 'In projects they manage' } },
  'contexts:approve_any': { group: 'Work', text: 'Decide what is passed on to the organization' },
  'templates:manage': { group: 'Work', text: 'Make and change templates' },
  'tasks:create': { group: 'Work', text: 'Add tasks' },
  'tasks:update': { group: 'Work', text: 'Change tasks' },
  'tasks:move': { group: 'Work', text: 'Start, block, review and finish tasks', only: { field: 'Assigned to them' } },
  'tasks:delete': { group: 'Work', text: 'Delete tasks of their own' },
  'tasks:delete_any': { group: 'Work', text: 'Delete tasks of others' },
  'comments:create': { group: 'Work', text: 'Comment' },
  'labels:manage': { group: 'Work', text: 'Make and delete labels' },
  'views:share': { group: 'Work', text: 'Share saved views' },
  'attachments:create': { group: 'Work', text: 'Attach files', only: { field: 'To their own work' } },
  'reports:read': { group: 'Reports and data', text: 'Read reports', only: { field: 'Their own rows' } },
  'exports:run': { group: 'Reports and data', text: 'Export what they see', only: { field: 'Their own rows' } },
  'imports:run': { group: 'Reports and data', text: 'Import', only: { member: 'Into projects they can edit' } },
  'imports:undo': { group: 'Reports and data', text: 'Take back an import of their own' },
  'imports:undo_any': { group: 'Reports and data', text: 'Take back an import of anybody' },
  'imports:assign': { group: 'Reports and data', text: 'Assign imported rows to people' },
  'rates:read': { group: 'Reports and data', text: 'See rates and costs' },
  'members:read': { group: 'People', text: 'See who works here' },
  'members:manage': { group: 'People', text: 'Change roles, suspend and remove members' },
  'invitations:create': { group: 'People', text: 'Invite people', only: { admin: 'No owners' } },
  'access:manage': { group: 'People', text: 'Say who may join and what they must show' },
  'teams:create': { group: 'People', text: 'Make, rename and delete teams' },
  'teams:manage': { group: 'People', text: 'Put people into teams', only: { manager: 'Teams they lead' } },
  'api_keys:create': { group: 'Keys and connections', text: 'Make API keys of their own' },
  'api_keys:manage': { group: 'Keys and connections', text: 'See and revoke all API keys' },
  'connections:manage': { group: 'Keys and connections', text: 'Connect other services' },
  'organization:read': { group: 'The organization', text: 'See the organization, and what is shared with them' },
  'organization:update': { group: 'The organization', text: 'Change name, address and look' },
  'modules:manage': { group: 'The organization', text: 'Switch modules on and off' },
  'audit:read': { group: 'The organization', text: 'Read the audit log' },
  'isolation:read': { group: 'The organization', text: 'Read the isolation report' },
  'support:end': { group: 'The organization', text: 'End a support session' },
  'support:consent': { group: 'The organization', text: 'Let support in' },
  'plan:manage': { group: 'The organization', text: 'Change the plan' },
  'organization:transfer': { group: 'The organization', text: 'Hand the organization over' },
  'organization:archive': { group: 'The organization', text: 'Take an archive of everything' },
  'organization:delete': { group: 'The organization', text: 'Delete the organization' },
}

export const ROLE_WORDS: Record<Role, string> = {
  owner: 'Holds the organization. All but private projects of others.',
  admin: 'Runs it day by day: people, access, settings.',
  manager: 'Leads work: manages every project that is not private or of another team.',
  member: 'Works: projects, tasks, comments, labels.',
  field: 'Works on what is assigned; sees only projects they are listed on.',
  viewer: 'Reads what they are shown, and changes nothing.',
}
