import { ask } from '@/lib/platform/ask'
import { v7 as uuidv7 } from '@/lib/uuid'
import { look } from './make-joiner'
import type { TestOrganization } from './make-organization'

export type Written = { id: string; seq: number }
type Problem = { problem: string; eventId?: string | null; seq: number }
type Act = (tenantId: string, event: Written) => Promise<Problem>

/** Seals everything there is now. */
export const seal = (tenantId: string) => ask('seal_audit($1, $2, $3)', [tenantId, new Date(Date.now() + 1), new Date()])

/** Writes `count` events with details, sealed in `seals` seals. Answers them in order, with the number of their seal. */
export async function writeEvents({ tenantId, owner }: TestOrganization, count: number, seals: number, from = new Date(Date.now() - 3_600_000)): Promise<Written[]> {
  const [{ sealed } = { sealed: 0 }] = await look<{ sealed: number }>('SELECT coalesce(max(seq), 0)::int AS sealed FROM audit_seals WHERE tenant_id = $1', [tenantId])
  const events = Array.from({ length: count }, (_, n) => ({ id: uuidv7(), seq: sealed + 1 + Math.floor((n * seals) / count), at: new Date(from.getTime() + n * 1_000) }))
  for (let seq = sealed + 1; seq <= sealed + seals; seq++) {
    const these = events.filter((event) => event.seq === seq)
    await look(`INSERT INTO audit_events (tenant_id, id, actor_user_id, action, entity_kind, ip, at) SELECT $1, e.id, $2, 'label.created', 'label', '192.0.2.1', e.at FROM unnest($3::uuid[], $4::timestamptz[]) e(id, at)`, [tenantId, owner.userId, these.map(({ id }) => id), these.map(({ at }) => at)])
    await look(`INSERT INTO audit_details (tenant_id, id, event_id, label, changes) SELECT $1, gen_random_uuid(), id, 'A label', '{"name": [null, "A label"]}' FROM unnest($2::uuid[]) id`, [tenantId, these.map(({ id }) => id)])
    await ask('seal_audit($1, $2, $3)', [tenantId, new Date(these.at(-1)!.at.getTime() + 1), new Date()])
  }
  return events
}

const changed = (sql: string): Act => async (tenantId, { id, seq }) => {
  await look(sql, [tenantId, id])
  return { seq, problem: 'event_changed', eventId: id }
}
const onSeal = (sql: string, problem: string): Act => async (tenantId, { seq }) => {
  await look(sql, [tenantId, seq])
  return { seq, problem }
}

/** Ways to spoil a history, as somebody who may do everything in the database. */
export const TAMPERINGS: [name: string, act: Act][] = [
  ['says that somebody else did it', changed('UPDATE audit_events SET actor_user_id = NULL WHERE tenant_id = $1 AND id = $2')],
  ['says that something else was done', changed(`UPDATE audit_events SET action = 'label.deleted' WHERE tenant_id = $1 AND id = $2`)],
  ['says that it failed', changed('UPDATE audit_events SET success = false WHERE tenant_id = $1 AND id = $2')],
  ['says that it was somewhere else', changed(`UPDATE audit_events SET ip = '192.0.2.2' WHERE tenant_id = $1 AND id = $2`)],
  ['changes what was changed', changed(`UPDATE audit_details SET changes = '{"name": [null, "Another"]}' WHERE tenant_id = $1 AND event_id = $2`)],
  ['changes what it was about', changed(`UPDATE audit_details SET label = 'Nothing' WHERE tenant_id = $1 AND event_id = $2`)],
  ['takes out the detail', changed('DELETE FROM audit_details WHERE tenant_id = $1 AND event_id = $2')],
  ['moves it by a millisecond', async (tenantId, { id, seq }) => {
    await look(`UPDATE audit_events SET at = at + interval '1 ms' WHERE tenant_id = $1 AND id = $2`, [tenantId, id])
    return { seq, problem: 'event_changed', eventId: id }
  }],
  ['takes it out', async (tenantId, { id, seq }) => {
    await look('DELETE FROM audit_details WHERE tenant_id = $1 AND event_id = $2', [tenantId, id])
    await look('DELETE FROM audit_events WHERE tenant_id = $1 AND id = $2', [tenantId, id])
    return { seq, problem: 'event_removed', eventId: id }
  }],
  ['puts one in', async (tenantId, { id, seq }) => {
    const added = uuidv7()
    await look(`INSERT INTO audit_events (tenant_id, id, action, entity_kind, at) SELECT $1, $3, 'label.created', 'label', at - interval '1 ms' FROM audit_events WHERE tenant_id = $1 AND id = $2`, [tenantId, id, added])
    return { seq, problem: 'event_added', eventId: added }
  }],
  ['changes the hash of a seal', onSeal('UPDATE audit_seals SET hash = sha256(hash) WHERE tenant_id = $1 AND seq = $2', 'seal_changed')],
  ['changes what a seal covers', onSeal('UPDATE audit_seals SET content = overlay(content PLACING sha256(content) FROM 17) WHERE tenant_id = $1 AND seq = $2', 'seal_changed')],
  ['takes out a seal', async (tenantId, { seq }) => {
    const gone = Math.max(1, seq - 1)
    await look('DELETE FROM audit_seals WHERE tenant_id = $1 AND seq = $2', [tenantId, gone])
    return { seq: gone, problem: 'seal_missing' }
  }],
  ['makes a seal anew after changing an event', async (tenantId, { id, seq }) => {
    await look(`UPDATE audit_events SET action = 'label.deleted' WHERE tenant_id = $1 AND id = $2`, [tenantId, id])
    await look(
      `UPDATE audit_seals s SET content = n.content, digest = sha256(n.content), hash = kernel.seal_hash(s.prev_hash, s.seq, s.to_at, s.to_id, s.row_count, sha256(n.content))
         FROM (SELECT string_agg(uuid_send(h.event_id) || h.hash, '' ORDER BY h.event_at, h.event_id) AS content FROM audit_seals t LEFT JOIN audit_seals b ON b.tenant_id = t.tenant_id AND b.seq = t.seq - 1,
           kernel.audit_hashes($1, coalesce(b.to_at, '-infinity'), coalesce(b.to_id, '00000000-0000-0000-0000-000000000000'), t.to_at, t.to_id, NULL) h WHERE t.tenant_id = $1 AND t.seq = $2) n
        WHERE s.tenant_id = $1 AND s.seq = $2`, [tenantId, seq])
    // What was made anew is whole in itself; the next seal holds the hash of the one before.
    return { seq: seq + 1, problem: 'chain_broken' }
  }],
]

/** Spoils one of the events, told by a number, in one way. Answers what the comparison must find. */
export async function tamper(tenantId: string, events: Written[], act: Act, number: number): Promise<Problem> {
  // Not of the newest seal, which another one made anew could replace until it is noted. Not the last event of a seal: moving that one past the seal is another thing than changing it.
  const inner = events.filter(({ seq }, index) => events[index + 1]?.seq === seq && events[index - 1]?.seq === seq && seq < events.at(-1)!.seq)
  return act(tenantId, inner[number % inner.length]!)
}
