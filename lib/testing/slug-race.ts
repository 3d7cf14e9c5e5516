import type pg from 'pg'
import { v7 as uuidv7 } from '@/lib/uuid'
import { look } from './make-joiner'
import { makeOrganization } from './make-organization'

const CLAIMERS = 50

/** Fifty organizations claim one address at once. Answers how many were told that it is theirs, and whose it is. */
export async function slugRound(pool: pg.Pool): Promise<{ claimed: number; holders: number }> {
  const slug = `race-${uuidv7().slice(-12)}`
  const organizations = []
  for (let n = 0; n < CLAIMERS; n++) organizations.push(await makeOrganization())
  const outcomes = await Promise.all(organizations.map(async ({ owner }) => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('SELECT kernel.enter($1, $2, $3)', [owner.tenantId, owner.userId, 'owner'])
      const wished = JSON.stringify({ name: 'Racer', slug, timezone: 'UTC', currency: 'USD', colour: '#000000' })
      const { rows } = await client.query<{ outcome: string }>('SELECT kernel.update_organization($1, $2) AS outcome', [wished, new Date()])
      await client.query('COMMIT')
      return rows[0]!.outcome
    } finally {
      client.release()
    }
  }))
  return { claimed: outcomes.filter((outcome) => outcome === 'saved').length, holders: (await look('SELECT FROM organizations WHERE slug = $1', [slug])).length }
}
