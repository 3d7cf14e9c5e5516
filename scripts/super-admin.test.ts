import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resetPassword } from '@/lib/passwords/reset'
import { findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { signInWithPassword } from '@/lib/sign-in/password-sign-in'
import { makePerson, makeVisitor, asSetup, PASSWORD } from '@/lib/testing/make-person'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { withClient } from './database/connect.ts'
import { SettingError } from './settings.ts'
import { makeResetLinkFor } from './reset-link.ts'
import { makeSuperAdmin, removeSuperAdmin } from './super-admin.ts'

const NEXT = 'velvet orchard lantern nine'
const BASE = 'https://app.example.com'
// A set-up role that is no superuser and bound by row security, as on a managed server: it may become the roles of ours.
const ROLE = `set_up_${randomBytes(6).toString('hex')}`
let [setup, plain] = ['', '']
let close: () => Promise<void>

beforeAll(async () => {
  close = (await useOwnDatabase()).close
  setup = process.env.DATABASE_URL!
  plain = Object.assign(new URL(setup), { username: ROLE, password: ROLE }).href
  await asSetup(`CREATE ROLE ${ROLE} LOGIN NOINHERIT PASSWORD '${ROLE}'`)
  await asSetup(`GRANT app_owner, app_platform TO ${ROLE}`)
  await asSetup(`GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(new URL(setup).pathname.slice(1))} TO ${ROLE}`)
})
afterAll(async () => {
  await asSetup(`DROP OWNED BY ${ROLE}`)
  await asSetup(`DROP ROLE ${ROLE}`)
  await close()
})

const secretOf = (link: string) => link.split('/').at(-1)!
const newAddress = () => `Ada.${randomBytes(5).toString('hex')}@Example.com`
const isSuperAdmin = async (address: string) => (await asSetup<{ yes: boolean }>('SELECT is_super_admin AS yes FROM users WHERE email_lc = lower($1)', [address]))[0]?.yes

describe.each([['a superuser', () => setup], ['a role that may only become ours', () => plain]])('set-up by %s', (_, url) => {
  test('makes a person without a password, who sets one by the link, once', async () => {
    const address = newAddress()
    const { link, isNew } = await makeSuperAdmin(url(), address, BASE)
    expect(isNew).toBe(true)
    expect(link).toMatch(/^https:\/\/app\.example\.com\/reset-password\/[\w-]{43}$/)
    expect(await asSetup('SELECT password_hash, email_verified_at, is_super_admin, name FROM users WHERE email_lc = lower($1)', [address])).toEqual([{ password_hash: null, email_verified_at: null, is_super_admin: true, name: address.split('@')[0] }])
    await resetPassword(secretOf(link), NEXT, makeVisitor())
    const { token } = await signInWithPassword(address, NEXT, makeVisitor())
    expect(await findPerson(token)).toMatchObject({ isSuperAdmin: true, gate: null })
    await expect(resetPassword(secretOf(link), NEXT, makeVisitor())).rejects.toMatchObject({ code: 'gone' })
  })

  test('again prints a new link, and the one before is dead', async () => {
    const address = newAddress()
    const first = await makeSuperAdmin(url(), address, BASE)
    const second = await makeSuperAdmin(url(), address.toUpperCase(), BASE)
    expect(second.isNew).toBe(false)
    await expect(resetPassword(secretOf(first.link), NEXT, makeVisitor())).rejects.toMatchObject({ code: 'gone' })
    await expect(resetPassword(secretOf(second.link), NEXT, makeVisitor())).resolves.toBeTruthy()
  })

  test('somebody who is here already keeps their password, and loses the right again', async () => {
    const { email } = await makePerson()
    await makeSuperAdmin(url(), email, BASE)
    const { token, userId } = await signInWithPassword(email, PASSWORD, makeVisitor())
    expect(await findPerson(token)).toMatchObject({ isSuperAdmin: true })
    await removeSuperAdmin(url(), email)
    expect(await findPerson(token)).toMatchObject({ isSuperAdmin: false })
    expect(await asSetup(`SELECT action FROM platform_audit_events WHERE user_id = $1 AND action LIKE 'super_admin.%' ORDER BY at`, [userId])).toEqual([{ action: 'super_admin.made' }, { action: 'super_admin.removed' }])
    await expect(removeSuperAdmin(url(), email)).rejects.toThrow(`${email} is not a super-admin.`)
  })

  test.each([['deactivated', {}], ['active', { kind: 'service' as const }]] as const)('not a %s one of kind %o', async (status, more) => {
    const { email } = await makePerson({ status, ...more })
    await expect(makeSuperAdmin(url(), email, BASE)).rejects.toThrow('is not an active person')
    expect(await isSuperAdmin(email)).toBe(false)
  })
})

test('the link is good for an hour', async () => {
  const address = newAddress()
  await makeSuperAdmin(setup, address, BASE)
  expect(await asSetup(`SELECT extract(epoch FROM expires_at - now()) BETWEEN 3500 AND 3600 AS hour FROM one_time_tokens t JOIN users u ON u.id = t.user_id WHERE u.email_lc = lower($1)`, [address])).toEqual([{ hour: true }])
})

test.each(['', 'ada', 'ada@', 'a b@example.com'])('%j is no address, in one sentence', async (address) => {
  await expect(makeSuperAdmin(setup, address, BASE)).rejects.toThrow(SettingError)
})

test('the running product cannot do it: neither role writes the column, of one’s own row neither', async () => {
  const { id, email } = await makePerson()
  await expect(withPerson(id, NO_VISITOR, ({ tx }) => tx.user.update({ where: { id }, data: { isSuperAdmin: true } }))).rejects.toThrow(/permission denied/)
  for (const sql of ['UPDATE users SET is_super_admin = true', `INSERT INTO users (id, name, is_super_admin) VALUES (gen_random_uuid(), 'Eve', true)`])
    for (const url of [process.env.PLATFORM_DATABASE_URL!, process.env.TENANT_DATABASE_URL!]) await expect(withClient(url, (client) => client.query(sql))).rejects.toMatchObject({ code: '42501' })
  // Positive control: what is beside it is theirs to write.
  await withPerson(id, NO_VISITOR, ({ tx }) => tx.user.update({ where: { id }, data: { name: 'Ada' } }))
  expect(await isSuperAdmin(email)).toBe(false)
})

test('a list of addresses that closes the installation does not shut them out', async () => {
  const address = newAddress()
  const { link } = await makeSuperAdmin(setup, address, BASE)
  await resetPassword(secretOf(link), NEXT, makeVisitor())
  const { withEnv } = await import('@/lib/testing/with-env')
  await withEnv({ ALLOWED_ADDRESSES: ['elsewhere.example'] }, async () => {
    await expect(signInWithPassword(address, NEXT, makeVisitor())).resolves.toBeTruthy()
    await expect(signInWithPassword((await makePerson()).email, PASSWORD, makeVisitor())).rejects.toMatchObject({ code: 'account_not_listed' })
  })
})

test('a link to set a password is made for an active person, keeps their second factor, confirms nothing, and is in their log', async () => {
  const person = await makePerson({ isVerified: false })
  await asSetup(`INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, $2, now())`, [person.id, randomBytes(40)])
  const [first, second] = [await makeResetLinkFor(setup, person.email.toUpperCase(), BASE), await makeResetLinkFor(setup, person.email, BASE)]
  await expect(resetPassword(secretOf(first), NEXT, makeVisitor())).rejects.toMatchObject({ code: 'gone' })
  await resetPassword(secretOf(second), NEXT, makeVisitor())
  expect(await signInWithPassword(person.email, NEXT, makeVisitor())).toMatchObject({ userId: person.id, needsFactor: true })
  expect(await asSetup('SELECT email_verified_at FROM users WHERE id = $1', [person.id])).toEqual([{ email_verified_at: null }])
  expect(await asSetup(`SELECT count(*)::int AS n FROM platform_audit_events WHERE user_id = $1 AND action = 'password.link_made'`, [person.id])).toEqual([{ n: 2 }])
})

test('no link is made for nobody, for somebody who is out, or for what is no address', async () => {
  const { email } = await makePerson({ status: 'deactivated' })
  for (const address of [email, newAddress(), 'ada']) await expect(makeResetLinkFor(setup, address, BASE)).rejects.toBeInstanceOf(SettingError)
})
