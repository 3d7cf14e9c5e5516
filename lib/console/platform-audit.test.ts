import { afterAll, expect, test } from 'vitest'
import { toCursor } from '@/lib/keyset'
import { recordRefusal } from '@/lib/security-log/security-log'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeSuperAdmin } from '@/lib/testing/make-super-admin'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { changePerson } from './people'
import { exportPlatformEvents, listPlatformEvents } from './platform-audit'
import { platformAuditFilterSchema } from './schema'

afterAll(closeConnections)
const filter = (more: object) => platformAuditFilterSchema.parse(more)

test('is filtered by person, action, outcome and days, goes on page by page, and leaves as a file that is written down', async () => {
  const sam = await makeSuperAdmin()
  const nora = await makeJoiner(`${uuidv7()}@example.test`)
  await changePerson(sam.token, { id: nora.userId, act: 'sign_out' })
  for (let n = 0; n < 60; n++) await recordRefusal(NO_VISITOR, { action: 'session.refused', userId: nora.userId, reason: 'wrong_password' })
  const list = async (more: object) => (await listPlatformEvents(sam.token, filter({ person: nora.email, ...more }), 'UTC')).rows
  expect(await list({ action: 'person.signed_out' })).toEqual([expect.objectContaining({ who: 'Sam Reyes', subject: 'Nora Vale', subjectKind: 'person', subjectId: nora.userId })])
  expect((await list({ outcome: 'refused' })).every(({ success }) => !success)).toBe(true)
  expect(await list({ until: '2020-01-01' })).toEqual([])
  // Days and instants that PostgreSQL cannot tell are none.
  const beyond = toCursor('0000-01-01T00:00:00Z', nora.userId)
  for (const odd of [{ until: '9999-12-31' }, { from: '0001-01-01' }, { before: beyond }]) expect((await list(odd)).length, JSON.stringify(odd)).toBeGreaterThan(0)
  const first = await listPlatformEvents(sam.token, filter({ person: nora.email }), 'UTC')
  const second = await listPlatformEvents(sam.token, filter({ person: nora.email, before: first.next! }), 'UTC')
  expect(first.rows).toHaveLength(50)
  const ids = [...first.rows, ...second.rows].map(({ id }) => id)
  // Signed in, told of being signed out, signed out by Sam, and sixty refusals.
  expect([new Set(ids).size, second.next]).toEqual([63, null])
  expect((await Array.fromAsync(exportPlatformEvents(sam.token, filter({ person: nora.email }), 'UTC'))).flat()).toHaveLength(63)
  expect(await look(`SELECT FROM platform_audit_events WHERE user_id = $1 AND action = 'platform_audit.exported'`, [sam.userId])).toHaveLength(1)
  await expect(listPlatformEvents(nora.token, filter({}), 'UTC')).rejects.toMatchObject({ status: 404 })
})

test('a file holds all that fit, each once, in portions that are read as they are written', async () => {
  const [sam, nora] = [await makeSuperAdmin(), await makeJoiner(`${uuidv7()}@example.test`)]
  // Many of one instant: their order is that of their ids.
  await look(`INSERT INTO platform_audit_events (id, user_id, action, success, at) SELECT gen_random_uuid(), $1, 'session.refused', false, now() - (n / 40) * interval '1 minute' FROM generate_series(1, 10500) n`, [nora.userId])
  const pages = exportPlatformEvents(sam.token, filter({ person: nora.email, action: 'session.refused' }), 'UTC')
  const sizes: number[] = []
  const ids = new Set<unknown>()
  for await (const rows of pages) {
    sizes.push(rows.length)
    for (const { id } of rows as unknown as { id: string }[]) ids.add(id)
  }
  expect([Math.max(...sizes), ids.size]).toEqual([1_000, 10_500])
  expect(await look(`SELECT FROM platform_audit_events WHERE user_id = $1 AND action = 'platform_audit.exported'`, [sam.userId])).toHaveLength(1)

  const cut = exportPlatformEvents(sam.token, filter({ person: nora.email }), 'UTC')
  await cut.next()
  await look('UPDATE users SET is_super_admin = false WHERE id = $1', [sam.userId])
  await expect(cut.next()).rejects.toMatchObject({ status: 404 })
})
