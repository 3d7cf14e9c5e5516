import { v7 } from '../../lib/uuid'
import { query } from './database'

/** One organization with every role, and people who are out in every way: Copperleaf Studio, completed for the matrix. */
export const ORGANIZATION = 'copperleaf'
export const FOREIGN = 'fern-forge'

export const MEMBERS = {
  owner: 'ines.duarte@example.com',
  admin: 'matrix.admin@example.com',
  manager: 'otto.weber@example.com',
  member: 'rosa.quist@example.com',
  field: 'matrix.field@example.com',
  viewer: 'lin.park@example.com',
} as const

export const OUTSIDERS = {
  'signed out': undefined,
  'owner elsewhere': 'ada.moss@example.com',
  'super-admin': 'alex.stone@example.com',
  removed: 'matrix.removed@example.com',
  'suspended member': 'matrix.suspended@example.com',
  deactivated: 'matrix.deactivated@example.com',
} as const

export type MemberRole = keyof typeof MEMBERS
export type Outsider = keyof typeof OUTSIDERS

/** Adds the people that the demo has not. Idempotent. All are active until `putOut`. */
export async function completeCast(): Promise<void> {
  // Every role makes rows of its own here, more than a small plan allows.
  await query(`UPDATE organizations SET plan_key = 'enterprise' WHERE slug IN ($1, $2)`, [ORGANIZATION, FOREIGN])
  const people = [MEMBERS.admin, MEMBERS.field, OUTSIDERS.removed, OUTSIDERS['suspended member'], OUTSIDERS.deactivated]
  for (const email of people) {
    const name = email.split('@')[0]!.replace('.', ' ')
    const role = email === MEMBERS.admin ? 'admin' : email === MEMBERS.field ? 'field' : 'member'
    await query(
      `INSERT INTO users (id, name, email, email_lc, password_hash, password_algorithm, is_demo)
       SELECT $1, $2, $3, $3, password_hash, password_algorithm, true FROM users WHERE email_lc = $4 ON CONFLICT (email_lc) DO NOTHING`,
      [v7(), name, email, MEMBERS.owner],
    )
    await query(
      `INSERT INTO memberships (tenant_id, id, user_id, display_name, role, onboarding_done_at) SELECT o.id, $1, u.id, u.name, $2, now() FROM organizations o, users u
        WHERE o.slug = $3 AND u.email_lc = $4 ON CONFLICT DO NOTHING`,
      [v7(), role, ORGANIZATION, email],
    )
  }
  await query(`UPDATE users SET status = 'active' WHERE email_lc LIKE 'matrix.%'`)
  await query(`UPDATE memberships m SET status = 'active' FROM users u WHERE u.id = m.user_id AND u.email_lc LIKE 'matrix.%'`)
}

/** After they have signed in: their sessions exist, their access must not. */
export async function putOut(): Promise<void> {
  const set = (status: string, email: string) => query(`UPDATE memberships m SET status = $1 FROM users u WHERE u.id = m.user_id AND u.email_lc = $2`, [status, email])
  await set('removed', OUTSIDERS.removed)
  await set('suspended', OUTSIDERS['suspended member'])
  await query(`UPDATE users SET status = 'deactivated' WHERE email_lc = $1`, [OUTSIDERS.deactivated])
}
