import type { Role } from '@/lib/tenancy/member'

export type Rule = 'container_owner' | 'listed' | 'team_listed' | 'role' | 'team_manager' | 'team' | 'organization' | 'private' | 'other_team' | 'field'
export type Explained = { role: Role; level: number; rule: Rule; team: string | null; ownLevel: number; cappedBy: 'parent' | 'viewer' | null }

export const LEVEL_WORDS = ['Sees nothing', 'Can see', 'Can change', 'Can manage'] as const

const REASONS: Record<Rule, (one: Explained) => string> = {
  container_owner: () => 'It belongs to them.',
  listed: () => 'They are listed by name.',
  team_listed: ({ team }) => `The team ${team ?? 'they are in'} is listed.`,
  role: ({ role }) => `Every ${role} manages what is not private.`,
  team_manager: ({ team }) => `A manager in the team ${team ?? 'it belongs to'}.`,
  team: ({ team }) => `It is shown to the team ${team ?? 'they are in'}.`,
  organization: () => 'It is shown to the whole organization.',
  private: () => 'It is private, and they are not listed: not even an owner of the organization sees it.',
  other_team: ({ team }) => `It is shown to the team ${team ?? 'it belongs to'} only, and they are neither in it nor listed.`,
  field: () => 'Field workers see only what they are listed on.',
}

/** Why somebody has the level they have, in a sentence or two. */
export function explain(one: Explained): string {
  const reason = REASONS[one.rule](one)
  if (one.cappedBy === 'parent') return `${reason} What it lies in lets them do less.`
  if (one.cappedBy === 'viewer') return `${reason} A viewer changes nothing, whatever is shared.`
  return reason
}
