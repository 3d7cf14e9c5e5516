import { z } from 'zod'
import { line, paragraph } from '@/lib/text'

export const SUPPORT_MINUTES = { least: 5, most: 60, standard: 30 } as const
export const SUPPORT_MODES = { read_only: 'Look only', read_write: 'Look and change' } as const

export const SUPPORT_POLICIES = {
  ask: { label: 'Ask an owner first', hint: 'Nobody comes in before an owner has agreed to this one visit.' },
  allow: { label: 'Let support in', hint: 'They come in at once to look or, if they confirm it, to change things; owners and admins are told at the same moment.' },
  refuse: { label: 'Refuse support', hint: 'Nobody of the platform comes in, whatever the reason.' },
} as const
export type SupportPolicy = keyof typeof SUPPORT_POLICIES

const MINUTES = `Enter ${SUPPORT_MINUTES.least} to ${SUPPORT_MINUTES.most} minutes.`

export const requestSupportSchema = z.strictObject({
  organization: z.string().trim().toLowerCase().regex(/^[a-z0-9-]{3,40}$/, 'Enter the address of an organization, such as fern-forge.'),
  reason: paragraph('The reason', 1000).refine((text) => text.length >= 10, 'Say why in at least 10 characters: the organization reads it.'),
  reference: z.union([z.literal(''), line('The ticket', 100)]).default(''),
  minutes: z.coerce.number(MINUTES).int(MINUTES).min(SUPPORT_MINUTES.least, MINUTES).max(SUPPORT_MINUTES.most, MINUTES).default(SUPPORT_MINUTES.standard),
  mode: z.enum(['read_only', 'read_write'], 'Choose what it is for.').default('read_only'),
  /** The organization's address typed once more, for a session that may change things without an owner's consent. */
  confirmation: z.string().trim().max(40).default(''),
})
export type RequestSupport = z.infer<typeof requestSupportSchema>

export const supportPolicySchema = z.strictObject({ policy: z.enum(['ask', 'allow', 'refuse'], 'Choose one.') })
export const decideSupportSchema = z.strictObject({ id: z.uuid(), decision: z.enum(['approve', 'decline']) })
export const supportIdSchema = z.strictObject({ id: z.uuid() })
