import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { v7 as uuidv7 } from '@/lib/uuid'
import { insert, type Row } from './insert'

/**
 * One row in every table of a person's own matters, in the open transaction, which has entered that person as the platform role.
 * Returns them as they were written, hidden columns too. A new person table needs a line here: the probe says so until it has one.
 */
export async function makeMatters(client: pg.Client, userId: string): Promise<Map<string, Row>> {
  const [session, at] = [uuidv7(), new Date(Date.now() + 60_000)]
  const mine = { id: uuidv7(), user_id: userId }
  const hash = () => randomBytes(32)
  const rows: [table: string, row: Row][] = [
    ['sessions', { ...mine, id: session, token_hash: hash(), idle_expires_at: at, expires_at: at }],
    ['refresh_tokens', { ...mine, session_id: session, token_hash: hash(), expires_at: at }],
    ['devices', { ...mine, token_hash: hash() }],
    ['user_identities', { ...mine, provider: 'oidc', issuer: 'https://probe.invalid', subject: userId }],
    ['avatars', { user_id: userId, mime: 'image/png', bytes: hash() }],
    ['notification_preferences', { user_id: userId, kind: 'new_device', channel: 'email', enabled: true }],
    ['notification_settings', { user_id: userId, digest: 'daily' }],
    ['notification_mutes', { user_id: userId, organization_id: uuidv7() }],
    ['totp_factors', { user_id: userId, secret: hash() }],
    ['recovery_codes', { ...mine, code_hash: hash() }],
    ['passkeys', { ...mine, credential_id: hash(), public_key: hash(), name: 'Probe' }],
    ['platform_audit_events', { ...mine, action: 'probe.made', success: true }],
  ]
  for (const [table, row] of rows) await insert(client, table, row)
  const token = { ...mine, purpose: 'verify_email', token_hash: hash(), email_lc: 'me@probe.invalid', payload: {}, expires_at: at }
  await client.query('SELECT kernel.create_token($1, $2, $3, $4, $5, $6, $7)', Object.values({ id: token.id, purpose: token.purpose, hash: token.token_hash, user: userId, email: token.email_lc, payload: '{}', at }))
  const user = { id: userId, kind: 'person', name: 'Probe', email: `${userId}@probe.invalid`, email_lc: `${userId}@probe.invalid` }
  return new Map<string, Row>([['users', user], ['one_time_tokens', token], ...rows])
}
