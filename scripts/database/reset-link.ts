import type pg from 'pg'
import { newToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'

export const LINK_MINUTES = 60

/**
 * A link that sets this person's password, once, within the hour; links from before are of no use any more. It was shown to
 * somebody, so using it does not confirm their address. `platform` is a connection as app_platform in a transaction.
 */
export async function createResetLink(platform: Pick<pg.Client, 'query'>, userId: string, baseUrl: string): Promise<string> {
  const { secret, hash } = newToken()
  await platform.query('SELECT kernel.enter_person($1)', [userId])
  await platform.query(`DELETE FROM one_time_tokens WHERE user_id = $1 AND purpose = 'reset_password' AND used_at IS NULL`, [userId])
  await platform.query(`SELECT kernel.create_token($1, 'reset_password', $2, $3, NULL, '{"isMailed": false}', now() + make_interval(mins => $4))`, [uuidv7(), hash, userId, LINK_MINUTES])
  return `${baseUrl}/reset-password/${secret}`
}
