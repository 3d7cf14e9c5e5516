import { randomUUID } from 'node:crypto'
import { setUpTransaction } from '@/scripts/database/super-admin.ts'
import { cast } from './cast'
import { demoId } from './organizations'

const [DAY_MS, MINUTE_MS, MINUTES] = [86_400_000, 60_000, 30]
/** What was opened, by the minute of the visit. */
const OPENED = [[1, '/northline'], [2, '/northline/projects'], [4, '/northline/projects/winter-readiness'], [9, '/northline/projects/winter-readiness/tasks/1'], [13, '/northline/reports']] as const
const REASON = 'Invoice total looks wrong'
const SUPPORT_USER = '00000000-0000-7000-8000-000000005099'

/** A support session of nine days ago, with what was opened in it, so that owners see what they would see. Before the first seal of the history: later it would be found out as put in. */
export async function makeVisit(setupUrl: string, number: number): Promise<void> {
  const [tenant, session] = [demoId(number, 'organization', 0), demoId(number, 'support', 1)]
  const index = cast.findIndex(({ isSuperAdmin }) => isSuperAdmin)
  const [admin, { name, email }] = [demoId(0, 'user', index + 1), cast[index]!]
  const began = Date.now() - 9 * DAY_MS
  const after = (minutes: number) => new Date(began + minutes * MINUTE_MS)
  const ended = after(18)
  await setUpTransaction(setupUrl, async (as) => {
    const directory = await as('app_directory')
    if ((await directory.query('SELECT FROM support_sessions WHERE tenant_id = $1 AND id = $2', [tenant, session])).rowCount) return
    await directory.query(`INSERT INTO users (id, kind, name) VALUES ($1, 'service', 'Support') ON CONFLICT DO NOTHING`, [SUPPORT_USER])
    await directory.query(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, status, skip_onboarding) VALUES ($1, $2, $3, 'Support', 'viewer', 'removed', true)`, [tenant, randomUUID(), SUPPORT_USER])
    await directory.query(
      `INSERT INTO support_sessions (tenant_id, id, admin_user_id, admin_name, admin_email, reason, reference, mode, status, minutes, starts_at, ends_at, ended_at, ended_by, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $10, '', 'read_only', 'ended', $6, $7, $8, $9, 'platform', $7, $9)`,
      [tenant, session, admin, name, email, MINUTES, after(0), after(MINUTES), ended, REASON])
    const note = (what: string, label: string, at: Date, changes: object = {}) => directory.query('SELECT kernel.note_support($1, $2, $3, $4, $5, $6)', [tenant, session, what, label, JSON.stringify(changes), at])
    await note('support.started', REASON, after(0), { mode: [null, 'read_only'], minutes: [null, MINUTES], reference: [null, ''] })
    for (const [minute, path] of OPENED) await note('support.page_opened', path, after(minute))
    await note('support.ended', '', ended)
    await directory.query(`INSERT INTO platform_audit_events (id, user_id, action, subject, support_session_id, success, reason, at) VALUES ($1, $2, 'support.started', $3, $4, true, $5, $6)`, [randomUUID(), admin, tenant, session, REASON, after(0)])
    await directory.query('SELECT kernel.note_platform_support($1, $2, $3, $4)', [tenant, session, 'support.ended', ended])
  })
}
