import { z } from 'zod'
import { isDomain, normalizeEmail } from '@/lib/access/email'
import { SWITCH_KEYS } from '@/lib/switches/keys'
import { isRealDay, paragraph, startOfDay } from '@/lib/text'

const words = (text: string) => [...new Set(text.toLowerCase().split(/[\s,;]+/).map((word) => word.replace(/^@/, '')).filter(Boolean))]

export const saveSettingsSchema = z.strictObject({
  /** '' is as the environment says. */
  signUp: z.enum(['', 'open', 'closed'], 'Choose one of the list.').default(''),
  allowed: z.string().max(100_000).default('').transform(words).pipe(z.array(z.string().refine((one) => (one.includes('@') ? normalizeEmail(one) !== null : isDomain(one)), 'Write addresses or domains such as ada@example.com or example.com, one a line.')).max(1000, 'At most 1,000 addresses and domains.')),
  contact: z.string().trim().max(320).default('').refine((address) => address === '' || normalizeEmail(address) !== null, 'Enter an e-mail address, or nothing.'),
  version: z.coerce.number().int().min(1),
})

const SET = ['on', 'off', 'standard'] as const
export const overrideFilterSchema = z.object({ q: z.string().trim().max(120).catch('').default(''), after: z.string().max(800).optional().catch(undefined) })
export const setSwitchSchema = z.strictObject({
  key: z.enum(SWITCH_KEYS),
  organization: z.union([z.literal(''), z.uuid()]).default('').transform((id) => id || null),
  /** As it was read, to be told when it is something else by now. */
  was: z.enum(SET),
  enabled: z.enum(SET).transform((wish) => (wish === 'standard' ? null : wish === 'on')),
})

const moment = z.union([z.literal(''), z.iso.datetime({ local: true, error: 'Choose a real day and time.' }).refine((at) => isRealDay(at.slice(0, 10)), 'Choose a real day between 1900 and 2100.')], 'Choose a real day and time.').default('')
export const announceSchema = z.strictObject({
  text: paragraph('The announcement', 500).refine((text) => text !== '', 'Say something.'),
  level: z.enum(['info', 'warning']).default('info'),
  audience: z.enum(['all', 'admins']).default('all'),
  /** By their addresses; none: all of them. */
  organizations: z.string().max(10_000).default('').transform(words).pipe(z.array(z.string().regex(/^[a-z0-9-]{3,40}$/, 'Write addresses of organizations such as fern-forge, one a line.')).max(200, 'At most 200 organizations.')),
  fromAt: moment, untilAt: moment,
})
export const announcementIdSchema = z.strictObject({ id: z.uuid() })

/** `2026-11-30T14:05` in a time zone, as an instant. */
export function startOfMinute(local: string, timezone: string): Date {
  const [day = '', time = ''] = local.split('T')
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return new Date(startOfDay(day, timezone).getTime() + (hours * 60 + minutes) * 60_000)
}
