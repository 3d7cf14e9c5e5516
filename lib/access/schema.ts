import { z } from 'zod'
import { INVITED_ROLES, JOIN_POLICIES, JOIN_ROLES } from './rules'
import { line, many, paragraph } from '@/lib/text'
import { isDomain, normalizeEmail } from './email'

export * from './rules'

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
