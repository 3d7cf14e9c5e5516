import { createHash, randomBytes } from 'node:crypto'
import { v7 } from '../../lib/uuid'
import { query } from './database'

export type Place = { id: string; slug: string; code: string; mark: string; ownerId: string }
export type Rule = { value: string; role?: string }

/** An organization of its own, so that its policy and its rules are nobody else's; `mark` is good for addresses that are only its. */
export async function makePlace(policy: string, rules: (mark: string) => Rule[] = () => []): Promise<Place> {
  const mark = randomBytes(5).toString('hex')
  const [id, ownerId] = [v7(), v7()]
  const [slug, code] = [`place-${mark}`, mark.toUpperCase()]
  await query(`INSERT INTO users (id, name, email, email_lc, email_verified_at) VALUES ($1, 'Keeper', $2, $2, now())`, [ownerId, `keeper@${mark}.example`])
  const organization = { id, code, slug, name: `Place ${mark}`, kind: 'team', status: 'active', plan_key: 'enterprise', timezone: 'UTC', currency: 'USD', colour: '#334455', is_demo: false }
  await query('SELECT kernel.create_organization($1, $2, $3, $4, $5, now())', [JSON.stringify(organization), ownerId, 'Keeper', v7(), JSON.stringify([{ id: v7(), key: 'projects', enabled: true }])])
  await query('UPDATE organizations SET join_policy = $2 WHERE id = $1', [id, policy])
  for (const { value, role = 'member' } of rules(mark)) await query('INSERT INTO access_rules (tenant_id, id, kind, value_lc, role) VALUES ($1, $2, $3, $4, $5)', [id, v7(), value.includes('@') ? 'email' : 'domain', value, role])
  return { id, slug, code, mark, ownerId }
}

/** An open invitation, as its link's last part. */
export async function invite({ id, code, ownerId }: Place, email: string, role = 'member'): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await query(`INSERT INTO invitations (tenant_id, id, email, email_lc, role, token_hash, delivered_by, expires_at, created_by) VALUES ($1, $2, $3, $3, $4, $5, 'email', now() + interval '1 day', $6)`, [id, v7(), email, role, createHash('sha256').update(secret).digest(), ownerId])
  return `${code}.${secret}`
}

export const usersOf = (mark: string) => query<{ id: string; email_lc: string; status: string }>(`SELECT id, email_lc, status FROM users WHERE email_lc LIKE '%' || $1 || '%' AND name <> 'Keeper' ORDER BY id`, [mark])
export const sessionsOf = (mark: string) => query<{ id: string; method: string; needs_factor: boolean }>(`SELECT s.id, s.method, s.needs_factor FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email_lc LIKE '%' || $1 || '%' AND s.revoked_at IS NULL`, [mark])
export const membershipsOf = ({ id, ownerId }: Place) => query<{ user_id: string; role: string; status: string }>(`SELECT user_id, role, status FROM memberships WHERE tenant_id = $1 AND user_id <> $2 ORDER BY id`, [id, ownerId])
export const refusalsOf = (mark: string) => query<{ reason: string; action: string }>(`SELECT action, reason FROM platform_audit_events WHERE NOT success AND subject LIKE '%' || $1 || '%' ORDER BY id`, [mark])
