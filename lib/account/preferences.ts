import 'server-only'
import type { PersonScope } from '@/lib/platform/person'

/** What people can be told of and may switch off. Changes of their own password, address and factors are always told. */
export const NOTICES = {
  new_device: { label: 'A sign-in from a new browser', hint: 'So that you learn at once when it was not you.' },
  join_requested: { label: 'Somebody asks to join', hint: 'In organizations whose owner or admin you are.' },
} as const
export type Notice = keyof typeof NOTICES

export async function listPreferences({ tx, userId }: PersonScope): Promise<Record<Notice, boolean>> {
  const rows = await tx.notificationPreference.findMany({ where: { userId, channel: 'email' } })
  return Object.fromEntries((Object.keys(NOTICES) as Notice[]).map((kind) => [kind, rows.find((row) => row.kind === kind)?.enabled ?? true])) as Record<Notice, boolean>
}

export async function setPreference({ tx, userId }: PersonScope, kind: Notice, enabled: boolean): Promise<void> {
  const key = { userId, kind, channel: 'email' }
  await tx.notificationPreference.upsert({ where: { userId_kind_channel: key }, create: { ...key, enabled }, update: { enabled } })
}
