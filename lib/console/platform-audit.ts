import 'server-only'
import type { Column, ExportRow } from '@/lib/exports/cells'
import { z } from 'zod'
import { fromCursor, pageOf, toCursor } from '@/lib/keyset'
import { describeSecurityEvent } from '@/lib/security-log/words'
import { isRealDay, startOfDay } from '@/lib/text'
import { askConsole } from './ask-console'
import type { PlatformAuditFilter } from './schema'

const PAGE_SIZE = 50
/** Of a file, read and written at a time. */
const PORTION = 1_000
const cursor = z.tuple([z.iso.datetime({ offset: true }).refine((at) => isRealDay(at.slice(0, 10))), z.uuid()])

export type PlatformEvent = { id: string; at: string; action: string; success: boolean; reason: string | null; ip: string | null; userAgent: string | null; who: string | null; email: string | null; subject: string | null; subjectKind: 'organization' | 'person' | null; subjectId: string | null }

/** The support session that events are filtered by. */
export type SupportOfEvents = { adminName: string; organization: string; at: string }

const asked = ({ before, from, until, ...filter }: PlatformAuditFilter, timezone: string, limit: number, isExport: boolean) => {
  const [beforeAt, beforeId] = fromCursor(cursor, before) ?? [null, null]
  return { ...filter, from: from ? startOfDay(from, timezone) : null, until: until ? startOfDay(until, timezone, 1) : null, beforeAt, beforeId, limit, isExport }
}

/** The platform's own history, newest first: sign-ins, refusals, and every act of the console. `timezone`: in which days begin. */
export async function listPlatformEvents(token: string, filter: PlatformAuditFilter, timezone: string): Promise<{ rows: PlatformEvent[]; next: string | null; support: SupportOfEvents | null }> {
  const { rows, support } = await askConsole<{ rows: PlatformEvent[]; support: SupportOfEvents | null }>(token, 'audit', asked(filter, timezone, PAGE_SIZE + 1, false))
  return { ...pageOf(rows, PAGE_SIZE, ({ at, id }) => toCursor(at, id)), support }
}

const COLUMNS: [key: string, label: string, kind: Column['kind']][] = [
  ['at', 'At', 'instant'], ['who', 'Person', 'text'], ['email', 'E-mail', 'text'], ['what', 'What', 'text'], ['action', 'Action', 'text'], ['subject', 'Of', 'text'], ['success', 'Done', 'text'], ['reason', 'Reason', 'text'], ['ip', 'Address', 'text'], ['userAgent', 'Browser', 'text'],
]
export const EXPORT_COLUMNS = COLUMNS.map(([key, label, kind]) => ({ key, label, kind })) as Column[]

/**
 * The same as rows of a file, all that fit, a portion at a time; that it was taken away is written down before the first leaves.
 * @throws NotFoundError also in the midst of it, once whoever takes it runs the installation no more
 */
export async function* exportPlatformEvents(token: string, filter: PlatformAuditFilter, timezone: string): AsyncGenerator<ExportRow[]> {
  for (let before = filter.before, isFirst = true, isOver = false; !isOver; isFirst = false) {
    const { rows: found } = await askConsole<{ rows: PlatformEvent[] }>(token, 'audit', asked({ ...filter, before }, timezone, PORTION + 1, isFirst))
    const { rows, next } = pageOf(found, PORTION, ({ at, id }) => toCursor(at, id))
    yield rows.map((row) => ({ ...row, at: new Date(row.at), what: describeSecurityEvent(row.action, null, null), success: row.success ? 'yes' : 'no' })) as unknown as ExportRow[]
    ;[before, isOver] = [next ?? undefined, next === null]
  }
}
