import 'server-only'
import { ask } from '@/lib/platform/ask'
import type { Role } from '@/lib/tenancy/member'

const KEPT_MS = 60_000

export type Announcement = { id: string; text: string; level: 'info' | 'warning' }
type Row = Announcement & { audience: 'all' | 'admins'; organization_ids: string[]; from_at: Date; until_at: Date | null }

// The same for everybody, so kept by the process; who is meant is decided for each reader.
const shared = globalThis as unknown as { bulkheadAnnouncements?: { at: number; rows: Promise<Row[]> } }

/** What the platform has to say to this member now. Asked of the database once a minute by each process. */
export async function listAnnouncements({ tenantId, role }: { tenantId: string; role: Role }, now = Date.now()): Promise<Announcement[]> {
  if (!shared.bulkheadAnnouncements || Math.abs(now - shared.bulkheadAnnouncements.at) >= KEPT_MS) {
    const kept = { at: now, rows: ask<Row>('current_announcements($1)', [new Date(now)]) }
    shared.bulkheadAnnouncements = kept
    // The next reader asks again.
    kept.rows.catch(() => { if (shared.bulkheadAnnouncements === kept) shared.bulkheadAnnouncements = undefined })
  }
  const rows = await shared.bulkheadAnnouncements.rows
  return rows
    .filter((row) => row.from_at.getTime() <= now && (row.until_at === null || row.until_at.getTime() > now))
    .filter((row) => row.organization_ids.length === 0 || row.organization_ids.includes(tenantId))
    .filter((row) => row.audience === 'all' || role === 'owner' || role === 'admin')
    .map(({ id, text, level }) => ({ id, text, level }))
}

/** For the one who has just changed them: this process asks again at once. */
export function forgetAnnouncements(): void {
  shared.bulkheadAnnouncements = undefined
}
