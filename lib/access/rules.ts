export const JOIN_POLICIES = ['invite_only', 'listed_addresses', 'listed_domains', 'approval'] as const
export type JoinPolicy = (typeof JOIN_POLICIES)[number]
/** Roles that a rule or a request may give; higher ones are given by people. */
export const JOIN_ROLES = ['member', 'field', 'viewer'] as const
export const INVITED_ROLES = ['member', 'manager', 'admin', 'owner', 'field', 'viewer'] as const

export const POLICY_WORDS: Record<JoinPolicy, { label: string; hint: string }> = {
  invite_only: { label: 'Invitation only', hint: 'Nobody joins without an invitation.' },
  listed_addresses: { label: 'Listed addresses', hint: 'Whoever confirms an address from the list below joins at once.' },
  listed_domains: { label: 'Listed addresses and domains', hint: 'Whoever confirms an address from the list, or one of a listed domain, joins at once.' },
  approval: { label: 'With approval', hint: 'Whoever has the code may ask; an owner or admin decides.' },
}
