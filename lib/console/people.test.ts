import { randomBytes } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { listSecurityEvents } from '@/lib/security-log/security-log'
import { findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { closeConnections } from '@/lib/testing/connections'
import { type Joiner, look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { withEnv } from '@/lib/testing/with-env'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { askForSuperAdmin, changePerson, decideSuperAdmin, listPeople, readPerson, sendResetLink } from './people'
import { peopleFilterSchema } from './schema'

let sam: SuperAdmin, kim: SuperAdmin, nora: Joiner
beforeEach(async () => {
  ;[sam, kim, nora] = [await makeSuperAdmin(), await makeSuperAdmin({ name: 'Kim Osei' }), await makeJoiner(`${uuidv7()}@example.test`)]
})
afterAll(closeConnections)

const WHY = 'They asked for it by phone, ticket 41'
const find = (more: object) => listPeople(sam.token, peopleFilterSchema.parse(more)).then(({ rows }) => rows)
const change = (act: Parameters<typeof changePerson>[1]['act'], of: { userId: string } = nora, by = sam, reason = WHY) => changePerson(by.token, { id: of.userId, act, reason })
const isSuperAdmin = async ({ userId }: { userId: string }) => (await look<{ is: boolean }>('SELECT is_super_admin AS is FROM users WHERE id = $1', [userId]))[0]!.is
const requestOf = async ({ userId }: { userId: string }) => (await readPerson(sam.token, userId)).request!.id
const actsOn = async ({ userId }: { userId: string }) => (await look<{ action: string }>('SELECT action FROM platform_audit_events WHERE subject = $1 ORDER BY at, id', [userId])).map(({ action }) => action)

test('who is no super-admin finds nobody and changes nothing', async () => {
  const stranger = await makeJoiner(`${uuidv7()}@example.test`)
  await expect(listPeople(stranger.token, peopleFilterSchema.parse({}))).rejects.toMatchObject({ status: 404 })
  for (const act of ['deactivate', 'reset_factor', 'sign_out', 'withdraw'] as const) await expect(changePerson(stranger.token, { id: nora.userId, act, reason: WHY })).rejects.toMatchObject({ status: 404 })
  await expect(askForSuperAdmin(stranger.token, { id: stranger.userId, reason: WHY })).rejects.toMatchObject({ status: 404 })
  expect(await actsOn(nora)).toEqual([])
})

test('people are found by the beginning of address or name, and by what they are', async () => {
  expect(await find({ q: nora.email.toUpperCase() })).toEqual([expect.objectContaining({ id: nora.userId, name: 'Nora Vale', organizations: 0, hasSecondFactor: false })])
  expect(await find({ q: nora.email, filter: 'super_admins' })).toEqual([])
  expect((await find({ filter: 'super_admins' })).length).toBeGreaterThan(0)
  await change('deactivate')
  expect(await find({ q: nora.email, filter: 'deactivated' })).toHaveLength(1)
})

describe('deactivating', () => {
  test('acts on the next request, is told to them, and can be taken back', async () => {
    expect(await findPerson(nora.token)).not.toBeNull()
    await change('deactivate')
    expect(await findPerson(nora.token)).toBeNull()
    expect(await look(`SELECT data->>'reason' AS reason FROM mails WHERE to_address = $1 AND kind = 'account_state'`, [nora.email])).toEqual([{ reason: WHY }])
    await change('reactivate')
    expect(await readPerson(sam.token, nora.userId)).toMatchObject({ status: 'active', sessions: 0 })
    expect((await withPerson(nora.userId, NO_VISITOR, (scope) => listSecurityEvents(scope))).events.map(({ action }) => action)).toEqual(expect.arrayContaining(['account.deactivated', 'account.reactivated']))
    expect(await actsOn(nora)).toEqual(['person.deactivated', 'person.reactivated'])
    await expect(change('reactivate')).rejects.toMatchObject({ code: 'person_state' })
  })

  test('not of the last owner of an organization, which is named', async () => {
    const organization = await makeOrganization({ name: 'Larch Works' })
    await expect(change('deactivate', organization.owner)).rejects.toMatchObject({ status: 409, code: 'last_owner', message: expect.stringContaining('Larch Works') })
    await organization.add('owner')
    await change('deactivate', organization.owner)
  })

  test('not of oneself, not without a reason', async () => {
    for (const act of ['deactivate', 'sign_out', 'reset_factor', 'withdraw'] as const) await expect(change(act, sam)).rejects.toMatchObject({ status: 403, code: 'oneself' })
    await expect(change('deactivate', nora, sam, 'short')).rejects.toMatchObject({ status: 422 })
    expect(await findPerson(nora.token)).not.toBeNull()
  })
})

test('a second factor is taken off with everything that belongs to it, and nobody else’s', async () => {
  await look('INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, $2, now())', [nora.userId, randomBytes(48)])
  await look(`INSERT INTO passkeys (id, user_id, credential_id, public_key, name) VALUES (gen_random_uuid(), $1, $2, $2, 'Key')`, [nora.userId, randomBytes(32)])
  await look('INSERT INTO recovery_codes (id, user_id, code_hash) VALUES (gen_random_uuid(), $1, $2)', [nora.userId, randomBytes(32)])
  expect(await readPerson(sam.token, nora.userId)).toMatchObject({ hasTotp: true, passkeys: 1, recoveryCodes: 1, sessions: 1 })
  await change('reset_factor')
  expect(await readPerson(sam.token, nora.userId)).toMatchObject({ hasTotp: false, passkeys: 0, recoveryCodes: 0, sessions: 0 })
  expect(await readPerson(sam.token, kim.userId)).toMatchObject({ hasTotp: true })
  expect(JSON.stringify(await readPerson(sam.token, kim.userId))).not.toMatch(/secret|hash|credential/i)
})

test('a link that sets a password goes to their address alone', async () => {
  await withEnv({ MAILBOX: '0' }, () => expect(sendResetLink(sam.token, nora.userId)).rejects.toMatchObject({ code: 'no_mail' }))
  expect(await withEnv({ MAILBOX: '1' }, () => sendResetLink(sam.token, nora.userId))).toBeUndefined()
  expect(await look(`SELECT kind FROM mails WHERE to_address = $1 AND data->>'link' LIKE '%/reset-password/%'`, [nora.email])).toEqual([{ kind: 'reset_password' }])
  await change('sign_out')
  expect(await findPerson(nora.token)).toBeNull()
  expect(await actsOn(nora)).toEqual(['person.link_sent', 'person.signed_out'])
})

describe('super-admins', () => {
  test('one asks, another approves; neither alone, nor whom it is about', async () => {
    await askForSuperAdmin(sam.token, { id: nora.userId, reason: WHY })
    await expect(askForSuperAdmin(kim.token, { id: nora.userId, reason: WHY })).rejects.toMatchObject({ code: 'asked_already' })
    const request = await requestOf(nora)
    await expect(decideSuperAdmin(sam.token, { request, decision: 'approve' })).rejects.toMatchObject({ status: 403, code: 'second_person' })
    await expect(decideSuperAdmin(nora.token, { request, decision: 'approve' })).rejects.toMatchObject({ status: 404 })
    expect(await isSuperAdmin(nora)).toBe(false)
    await decideSuperAdmin(kim.token, { request, decision: 'approve' })
    expect(await isSuperAdmin(nora)).toBe(true)
    await expect(decideSuperAdmin(kim.token, { request, decision: 'approve' })).rejects.toMatchObject({ code: 'request_over' })
    expect(await actsOn(nora)).toEqual(['super_admin.asked', 'super_admin.approved'])
  })

  test('whom it is about cannot approve it, also when they are one meanwhile', async () => {
    await askForSuperAdmin(sam.token, { id: nora.userId, reason: WHY })
    const request = await requestOf(nora)
    await look('UPDATE users SET is_super_admin = true WHERE id = $1', [nora.userId])
    await look('INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, $2, now())', [nora.userId, randomBytes(48)])
    await expect(decideSuperAdmin(nora.token, { request, decision: 'approve' })).rejects.toMatchObject({ code: 'second_person' })
  })

  test('a day later it is over, as it is when taken back or when whoever asked is one no more', async () => {
    await askForSuperAdmin(sam.token, { id: nora.userId, reason: WHY })
    const first = await requestOf(nora)
    await look(`UPDATE super_admin_requests SET expires_at = now() - interval '1 second' WHERE id = $1`, [first])
    await expect(decideSuperAdmin(kim.token, { request: first, decision: 'approve' })).rejects.toMatchObject({ code: 'request_over' })
    await askForSuperAdmin(sam.token, { id: nora.userId, reason: WHY })
    await decideSuperAdmin(sam.token, { request: await requestOf(nora), decision: 'decline' })
    await askForSuperAdmin(sam.token, { id: nora.userId, reason: WHY })
    const request = await requestOf(nora)
    await change('withdraw', sam, kim)
    await expect(decideSuperAdmin(kim.token, { request, decision: 'approve' })).rejects.toMatchObject({ code: 'request_over' })
    expect(await isSuperAdmin(nora)).toBe(false)
  })

  test('the database lets no role of the product make one without that approval', async () => {
    for (const role of ['app_directory', 'app_platform', 'app_tenant', 'app_kernel']) await expect(look(`DO $$ BEGIN SET LOCAL ROLE ${role}; UPDATE users SET is_super_admin = true WHERE id = '${nora.userId}'; END $$`), role).rejects.toMatchObject({ code: '42501' })
    expect(await isSuperAdmin(nora)).toBe(false)
    await expect(look('INSERT INTO super_admin_requests (id, user_id, requested_by, reason, status, decided_by, expires_at) VALUES (gen_random_uuid(), $1, $2, $3, \'approved\', $2, now())', [nora.userId, sam.userId, WHY])).rejects.toMatchObject({ code: '23514' })
  })

  test('two who take it from each other at once: one is left', async () => {
    for (const act of ['withdraw', 'deactivate'] as const) {
      const [one, two] = [await makeSuperAdmin(), await makeSuperAdmin()]
      const answers = await Promise.allSettled([change(act, two, one), change(act, one, two)])
      expect(answers.filter(({ status }) => status === 'fulfilled'), act).toHaveLength(1)
      expect(await Promise.all([one, two].map(async ({ userId }) => (await look('SELECT FROM users WHERE id = $1 AND is_super_admin AND status = \'active\'', [userId])).length))).toEqual(expect.arrayContaining([0, 1]))
    }
  })

  test('the last one stays, whatever path is taken', async () => {
    const lastOf = (sql: string) => look(`DO $$ BEGIN
      ALTER TABLE users DISABLE TRIGGER USER; UPDATE users SET is_super_admin = false WHERE is_super_admin AND id <> '${sam.userId}'; ALTER TABLE users ENABLE TRIGGER USER;
      ${sql}; RAISE EXCEPTION 'went through' USING ERRCODE = 'BH999'; END $$`)
    const withdraw = `SET LOCAL ROLE app_directory; UPDATE users SET is_super_admin = false WHERE id = '${sam.userId}'`
    await expect(lastOf(withdraw)).rejects.toMatchObject({ code: 'BH008' })
    await expect(lastOf(`SET LOCAL ROLE app_platform; PERFORM kernel.enter_person('${sam.userId}'); UPDATE users SET status = 'deactivated' WHERE id = '${sam.userId}'`)).rejects.toMatchObject({ code: 'BH008' })
    // With another one left the same statement goes through, and is rolled back by its end.
    await expect(look(`DO $$ BEGIN ${withdraw}; RAISE EXCEPTION 'went through' USING ERRCODE = 'BH999'; END $$`)).rejects.toMatchObject({ code: 'BH999' })
  })
})
