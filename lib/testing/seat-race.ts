import type pg from 'pg'
import { v7 as uuidv7 } from '@/lib/uuid'
import { look } from './make-joiner'
import { makeOrganization, makeUser } from './make-organization'
import { inTransaction } from './race'
import { setLimit } from './set-limit'

const COMERS = 50
const SEATS = 12

/** Fifty people of a listed domain join at once where `SEATS` - 1 seats are free. Answers how many got in and why the others did not. */
export async function seatRound(tenantPool: pg.Pool): Promise<{ joined: number; refusals: string[]; seated: number; max: number }> {
  const { tenantId } = await makeOrganization()
  await setLimit(tenantId, 'members', SEATS)
  await look(`UPDATE organizations SET join_policy = 'listed_domains' WHERE id = $1`, [tenantId])
  await look(`INSERT INTO access_rules (tenant_id, id, kind, value_lc, role) VALUES ($1, gen_random_uuid(), 'domain', 'example.test', 'member')`, [tenantId])
  const people = await Promise.all(Array.from({ length: COMERS }, (_, n) => makeUser(`Comer ${n}`)))
  const results = await Promise.allSettled(people.map(({ id }) => inTransaction(tenantPool, [
    ['SELECT kernel.enter($1, $2, $3)', [tenantId, id, 'member']],
    ['SELECT kernel.join_organization($1, $2, $3, $4)', [uuidv7(), uuidv7(), 'member', new Date()]],
  ])))
  const [{ seated } = { seated: 0 }] = await look<{ seated: number }>(`SELECT count(*)::int AS seated FROM memberships WHERE tenant_id = $1 AND status = 'active'`, [tenantId])
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [String((result.reason as { code?: string }).code)] : []))
  return { joined: COMERS - refusals.length, refusals, seated, max: SEATS }
}
