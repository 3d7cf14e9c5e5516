import type { Role } from '@/lib/tenancy/member'

export const VISIBILITIES = ['private', 'team', 'organization'] as const
export const RELATIONS = ['owner', 'listed view', 'listed edit', 'listed manage', 'team member', 'nobody'] as const
export type Level = 'none' | 'view' | 'edit' | 'manage'
export type Case = { kind: string; visibility: (typeof VISIBILITIES)[number]; defaultAccess: 'view' | 'edit'; role: Role; relation: (typeof RELATIONS)[number] }

const ORDER: Level[] = ['none', 'view', 'edit', 'manage']
const higher = (a: Level, b: Level) => (ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b)
const CLOSED_TO_FIELD = ['project', 'ledger', 'topic']

/** The table of the domain, written again from its text and not from the SQL, so that the two can disagree. */
export function expectedLevel(one: Case): Level {
  const level = uncapped(one)
  return one.role === 'viewer' && level !== 'none' ? 'view' : level
}

function uncapped({ kind, visibility, defaultAccess, role, relation }: Case): Level {
  if (relation === 'owner') return 'manage'
  const listed: Level = relation.startsWith('listed') ? (relation.slice('listed '.length) as Level) : 'none'
  if (visibility === 'private') return listed
  if (role === 'owner' || role === 'admin') return 'manage'
  const isInTeam = relation === 'team member'
  if (role === 'manager' && (visibility === 'organization' || isInTeam)) return 'manage'
  if (listed !== 'none') return higher(listed, defaultAccess)
  if (visibility === 'team') return isInTeam ? defaultAccess : 'none'
  return role === 'field' && CLOSED_TO_FIELD.includes(kind) ? 'none' : defaultAccess
}
