import type pg from 'pg'
import { withClient } from './connect.ts'

/** Runs work in one transaction of the set-up connection, which becomes a role of ours for each part of it. */
export function setUpTransaction<T>(setupUrl: string, work: (as: (role: 'app_owner' | 'app_platform' | 'app_directory') => Promise<pg.Client>) => Promise<T>): Promise<T> {
  return withClient(setupUrl, async (client) => {
    await client.query('BEGIN')
    const result = await work(async (role) => {
      await client.query(`SET LOCAL ROLE ${role}`)
      return client
    })
    await client.query('COMMIT')
    return result
  })
}

/** The column that no role of the running product writes. */
export async function setSuperAdmin(owner: pg.Client, userId: string, isSuperAdmin: boolean): Promise<void> {
  await owner.query('UPDATE users SET is_super_admin = $2, updated_at = now() WHERE id = $1', [userId, isSuperAdmin])
}
