import 'server-only'
import { z } from 'zod'
import { NOTIFICATION_KINDS, type NotificationKind } from '@/lib/notifications/kinds'
import { ask } from '@/lib/platform/ask'
import type { PersonScope } from '@/lib/platform/person'

/** What people are written to about and may switch off. Changes of their own password, address and factors are always told. */
export const NOTICES = {
  new_device: { label: 'A sign-in from a new browser', hint: 'So that you learn at once when it was not you.' },
  join_requested: { label: 'Somebody asks to join', hint: 'In organizations whose owner or admin you are.' },
} as const
export type Notice = keyof typeof NOTICES
export type Channel = 'app' | 'email'

const KINDS = [...Object.keys(NOTICES), ...Object.keys(NOTIFICATION_KINDS)] as [Notice | NotificationKind, ...(Notice | NotificationKind)[]]
export const savePreferenceSchema = z.strictObject({ kind: z.enum(KINDS), channel: z.enum(['app', 'email']).default('email'), enabled: z.stringbool() })

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time such as 22:00.').or(z.literal(''))
export const saveDeliverySchema = z.strictObject({ quietFrom: time, quietTo: time, digest: z.enum(['off', 'daily', 'weekly'], 'Choose one of the list.') })
  .refine(({ quietFrom, quietTo }) => (quietFrom === '') === (quietTo === ''), { path: ['quietTo'], message: 'Write both times, or none.' })
export const muteSchema = z.strictObject({ slug: z.string().max(40), isMuted: z.stringbool() })

/** Everything is on until it is switched off. */
export async function listPreferences({ tx, userId }: PersonScope): Promise<(kind: Notice | NotificationKind, channel: Channel) => boolean> {
  const rows = await tx.notificationPreference.findMany({ where: { userId } })
  return (kind, channel) => rows.find((row) => row.kind === kind && row.channel === channel)?.enabled ?? true
}

export async function setPreference({ tx, userId }: PersonScope, kind: Notice | NotificationKind, enabled: boolean, channel: Channel = 'email'): Promise<void> {
  const key = { userId, kind, channel }
  await tx.notificationPreference.upsert({ where: { userId_kind_channel: key }, create: { ...key, enabled }, update: { enabled } })
}

const minutesOf = (text: string) => (text === '' ? null : Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
const timeOf = (minutes: number | null | undefined) => (minutes == null ? '' : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`)

/** When mail may come: not in these hours of one's own zone, at once or gathered. */
export async function readDelivery({ tx, userId }: PersonScope): Promise<{ quietFrom: string; quietTo: string; digest: string }> {
  const row = await tx.notificationSetting.findFirst({ where: { userId } })
  return { quietFrom: timeOf(row?.quietFrom), quietTo: timeOf(row?.quietTo), digest: row?.digest ?? 'off' }
}

export async function saveDelivery({ tx, userId }: PersonScope, { quietFrom, quietTo, digest }: z.infer<typeof saveDeliverySchema>): Promise<void> {
  const fields = { quietFrom: minutesOf(quietFrom), quietTo: minutesOf(quietTo), digest }
  await tx.notificationSetting.upsert({ where: { userId }, create: { userId, ...fields }, update: fields })
}

type Place = { tenant_id: string; slug: string; name: string }

/** One's organizations, and whether they write to one. */
export async function listMutes({ tx, userId }: PersonScope): Promise<{ slug: string; name: string; isMuted: boolean }[]> {
  const muted = new Set((await tx.notificationMute.findMany({ where: { userId } })).map(({ organizationId }) => organizationId))
  return (await ask<Place>('seats_of($1)', [userId])).map(({ tenant_id: id, slug, name }) => ({ slug, name, isMuted: muted.has(id) }))
}

/** @returns whether there is such a place of theirs */
export async function muteOrganization({ tx, userId }: PersonScope, { slug, isMuted }: { slug: string; isMuted: boolean }): Promise<boolean> {
  const place = (await ask<Place>('seats_of($1)', [userId])).find((one) => one.slug === slug)
  if (!place) return false
  await tx.notificationMute.deleteMany({ where: { userId, organizationId: place.tenant_id } })
  if (isMuted) await tx.notificationMute.createMany({ data: [{ userId, organizationId: place.tenant_id }] })
  return true
}
