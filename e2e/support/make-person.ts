import { v7 } from '../../lib/uuid'
import { query } from './database'

/** A person of their own for one test, with the demo's password, so that what it changes about them disturbs no other. */
export async function makePerson(name: string, place?: { organization: string; role: string }): Promise<{ id: string; name: string; email: string }> {
  const id = v7()
  const email = `${name.toLowerCase().replaceAll(' ', '.')}.${id.slice(-8)}@example.net`
  await query(
    `INSERT INTO users (id, name, email, email_lc, email_verified_at, password_hash, password_algorithm, password_changed_at)
     SELECT $1, $2, $3, $3, now(), password_hash, password_algorithm, now() FROM users WHERE email_lc = 'ines.duarte@example.com'`, [id, name, email])
  if (place) {
    await query(
      `INSERT INTO memberships (tenant_id, id, user_id, display_name, role, joined_at, onboarding_done_at) SELECT o.id, $1, $2, $3, $4, now(), now() FROM organizations o WHERE o.slug = $5`,
      [v7(), id, name, place.role, place.organization])
  }
  return { id, name, email }
}
