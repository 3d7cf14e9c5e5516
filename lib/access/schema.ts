import { z } from 'zod'
import { line, many, paragraph } from '@/lib/text'
import { isDomain, normalizeEmail } from './email'

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

export const email = line('An e-mail address', 320).refine((text) => normalizeEmail(text) !== null, 'This is not an e-mail address.')

export const joinPolicySchema = z.strictObject({ policy: z.enum(JOIN_POLICIES, 'Choose one of the list.') })

export const addAccessRuleSchema = z
  .strictObject({
    value: line('An address or domain', 320).transform((text) => text.toLowerCase().replace(/^@/, '')).refine((text) => normalizeEmail(text) !== null || isDomain(text), 'This is neither an e-mail address nor a domain such as example.com.'),
    role: z.enum(JOIN_ROLES, 'Choose one of the list.').default('member'),
  })
export type AddAccessRule = z.infer<typeof addAccessRuleSchema>

export const setAccessRuleSchema = z.strictObject({ id: z.uuid(), isActive: z.stringbool() })

export const INVITED_AT_ONCE_MAX = 200
const invitation = {
  role: z.enum(INVITED_ROLES, 'Choose one of the list.').default('member'),
  teamIds: many(z.uuid('Choose one of the list.'), 20),
  message: line('A message', 500).or(z.literal('')).default(''),
  skipOnboarding: z.stringbool().default(false),
  days: z.coerce.number('Choose 1 to 30 days.').int('Choose 1 to 30 days.').min(1, 'Choose 1 to 30 days.').max(30, 'Choose 1 to 30 days.').default(7),
  /** By mail, which confirms the address; or as a link that the inviter hands over, which does not. */
  delivery: z.enum(['email', 'link'], 'Choose one of the list.').default('email'),
}
export const inviteSchema = z.strictObject({ email, ...invitation })
export type Invite = z.infer<typeof inviteSchema>

/** Many at once: a line each, an address alone or `email,role,team`. */
export const inviteManySchema = z.strictObject({ lines: paragraph('The list', 60_000).refine((text) => text !== '', 'An e-mail address is needed.'), ...invitation })
export type InviteMany = z.infer<typeof inviteManySchema>
