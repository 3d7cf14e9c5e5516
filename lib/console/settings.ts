import 'server-only'
import type { z } from 'zod'
import { forgetAnnouncements } from '@/lib/announcements/announcements'
import { isListedByEnvironment } from '@/lib/access/platform-allowlist'
import { env } from '@/lib/env'
import { InvalidError } from '@/lib/errors'
import type { SwitchKey } from '@/lib/switches/keys'
import { fromCursor, pageOf, toCursor } from '@/lib/keyset'
import { afterOf, askConsole, nameCursor } from './ask-console'
import { type announceSchema, type overrideFilterSchema, type saveSettingsSchema, startOfMinute } from './schema-settings'

const PAGE_SIZE = 50

export type ConsoleSettings = { signUp: 'open' | 'closed' | null; allowed: string[]; contact: string; switches: Partial<Record<SwitchKey, boolean>>; version: number }
export type OverrideLine = { id: string; name: string; switches: Partial<Record<SwitchKey, boolean>>; sort: string }

export const readConsoleSettings = (token: string) => askConsole<ConsoleSettings>(token, 'settings')

/** Organizations that have a switch otherwise than the installation: by name, a page of 50; `after` where the one before ended. */
export async function listOverrides(token: string, { q, after }: z.infer<typeof overrideFilterSchema>): Promise<{ rows: OverrideLine[]; next: string | null }> {
  const { rows } = await askConsole<{ rows: OverrideLine[] }>(token, 'overrides', { q, ...afterOf(fromCursor(nameCursor, after)), limit: PAGE_SIZE + 1 })
  return pageOf(rows, PAGE_SIZE, ({ sort, id }) => toCursor(sort, id))
}

/**
 * Acts on the next request of everybody. The environment is the bound: what it closes stays closed, whom it does not list stays out.
 * @throws InvalidError for an address or domain that it would keep out all the same
 */
export async function saveSettings(token: string, { signUp, allowed, contact, version }: Omit<z.infer<typeof saveSettingsSchema>, 'version'> & { version?: number }): Promise<{ version: number }> {
  if (signUp === 'open' && env().SIGN_UP === 'closed') throw new InvalidError('SIGN_UP=closed in the environment keeps sign-up closed.', { signUp: ['SIGN_UP=closed in the environment keeps it closed.'] })
  const out = allowed.filter((one) => !isListedByEnvironment(one.includes('@') ? one : `x@${one}`))
  if (out.length > 0) throw new InvalidError('The environment lets some of these in no more.', { allowed: [`ALLOWED_ADDRESSES in the environment keeps out: ${out.slice(0, 5).join(', ')}.`] })
  const saved = await askConsole<{ version: number }>(token, 'save_settings', { signUp: signUp || null, allowed, contact, version })
  return { version: saved.version }
}

/** Acts on the next request. `enabled` null: as the installation says, or, without an organization, as it comes. `was`: as it was read. @throws ChangedElsewhereError */
export async function setSwitch(token: string, input: { key: SwitchKey; organization: string | null; enabled: boolean | null; was?: 'on' | 'off' | 'standard' }): Promise<void> {
  await askConsole(token, 'set_switch', input)
}

export type AnnouncementLine = { id: string; text: string; level: 'info' | 'warning'; audience: 'all' | 'admins'; fromAt: string; untilAt: string | null; by: string | null; organizations: string[]; organizationCount: number; state: 'shown now' | 'to come' | 'over' }

/** The last hundred, the latest first. */
export async function listAllAnnouncements(token: string, now = Date.now()): Promise<AnnouncementLine[]> {
  const { rows } = await askConsole<{ rows: Omit<AnnouncementLine, 'state'>[] }>(token, 'announcements')
  return rows.map((row) => ({ ...row, state: row.untilAt && Date.parse(row.untilAt) <= now ? 'over' : Date.parse(row.fromAt) > now ? 'to come' : 'shown now' }))
}

/** Shown within a minute. Days and times are those of `timezone`. @throws InvalidError for addresses of no organization */
export async function announce(token: string, { fromAt, untilAt, ...input }: z.infer<typeof announceSchema>, timezone: string): Promise<void> {
  const [from, until] = [fromAt ? startOfMinute(fromAt, timezone) : new Date(), untilAt ? startOfMinute(untilAt, timezone) : null]
  if (until && until <= new Date()) throw new InvalidError('It would be over before it begins.', { untilAt: ['This time is over.'] })
  if (until && until <= from) throw new InvalidError('It would be over before it begins.', { untilAt: ['It has to end after it begins.'] })
  await askConsole(token, 'announce', { ...input, fromAt: fromAt ? from : null, untilAt: until })
  forgetAnnouncements()
}

export async function endAnnouncement(token: string, id: string): Promise<void> {
  await askConsole(token, 'end_announcement', { id })
  forgetAnnouncements()
}
