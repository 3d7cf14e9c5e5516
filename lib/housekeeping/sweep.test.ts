import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { v7 as uuidv7 } from '@/lib/uuid'
import { keepHouse, sweep } from './sweep'

afterAll(closeConnections)

test('what is over is deleted after its time, and nothing that is still of use', async () => {
  const mark = uuidv7()
  const token = (days: number) => asSetup(`INSERT INTO one_time_tokens (id, purpose, token_hash, email_lc, expires_at) VALUES ($1, 'sign_up', $2, $3, now() - $4 * interval '1 day')`, [uuidv7(), randomBytes(32), mark, days])
  const mail = (status: string, days: number) => asSetup(`INSERT INTO mails (id, kind, to_address, status, created_at, run_after) VALUES ($1, 'sign_up', $2, $3, now() - $4 * interval '1 day', now() + interval '1 day')`, [uuidv7(), mark, status, days])
  const counter = (name: string, minutes: number) => asSetup('INSERT INTO rate_limits (key, points, expire) VALUES ($1, 1, $2)', [`${mark}:${name}`, Date.now() + minutes * 60_000])
  for (const days of [8, 6, -1]) await token(days)
  for (const [status, days] of [['sent', 31], ['failed', 31], ['queued', 31], ['sent', 29]] as const) await mail(status, days)
  await counter('over', -1)
  await counter('running', 5)

  const job = async (status: string, days: number) => {
    const { owner } = await makeOrganization()
    const id = uuidv7()
    await asSetup(`INSERT INTO jobs (tenant_id, id, kind, status, requested_by, run_after, finished_at) VALUES ($1, $2, 'probe', $3, $4, now() + interval '1 day', CASE $3 WHEN 'queued' THEN NULL ELSE now() - $5 * interval '1 day' END)`, [owner.tenantId, id, status, owner.userId, days])
    return id
  }
  const jobs = [await job('succeeded', 31), await job('succeeded', 29), await job('queued', 0)]

  const swept = await sweep()
  expect(await asSetup('SELECT id FROM jobs WHERE id = ANY ($1) ORDER BY id', [jobs])).toEqual(jobs.slice(1).map((id) => ({ id })))
  expect(swept.tokens).toBeGreaterThanOrEqual(1)
  expect(swept.mails).toBeGreaterThanOrEqual(2)
  expect(swept.counters).toBeGreaterThanOrEqual(1)
  expect(await asSetup('SELECT count(*)::int AS n FROM one_time_tokens WHERE email_lc = $1', [mark])).toEqual([{ n: 2 }])
  expect(await asSetup('SELECT status FROM mails WHERE to_address = $1 ORDER BY status', [mark])).toEqual([{ status: 'queued' }, { status: 'sent' }])
  expect(await asSetup('SELECT key FROM rate_limits WHERE key LIKE $1', [`${mark}%`])).toEqual([{ key: `${mark}:running` }])
})

test('a chore that fails is told, and the others are done', async () => {
  const done: string[] = []
  const chore = (name: string) => async () => void done.push(name)
  const fails = async () => Promise.reject(new Error('canceled by its time'))
  await expect(keepHouse({ sweep: chore('sweep'), erasing: fails, files: chore('files') })).rejects.toThrow('erasing: canceled by its time')
  expect(done).toEqual(['sweep', 'files'])
})

test('notifications go ninety days after they were read, or when they were for mail alone; what waits to be read stays', async () => {
  const { owner } = await makeOrganization()
  const told = async (title: string, days: number, readDays: number | null, inApp = true) =>
    asSetup(`INSERT INTO notifications (tenant_id, id, owner_user_id, kind, title, link, entity_kind, in_app, created_at, read_at) VALUES ($1, $2, $3, 'commented', $4, '/', 'task', $5, now() - $6 * interval '1 day', now() - $7 * interval '1 day')`, [owner.tenantId, uuidv7(), owner.userId, title, inApp, days, readDays])
  await told('read long ago', 100, 91)
  await told('read lately', 100, 10)
  await told('never read', 400, null)
  await told('mail alone', 91, null, false)
  await told('mail alone, of late', 10, null, false)
  await sweep()
  expect(await asSetup('SELECT title FROM notifications WHERE tenant_id = $1 ORDER BY title', [owner.tenantId])).toEqual([{ title: 'mail alone, of late' }, { title: 'never read' }, { title: 'read lately' }])
})
