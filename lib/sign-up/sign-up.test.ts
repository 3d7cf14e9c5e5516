import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Env } from '@/lib/env'
import { findPerson, listOrganizations } from '@/lib/platform/directory'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { withEnv } from '@/lib/testing/with-env'
import { createOneTimeToken } from '@/lib/tokens/one-time-tokens'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { confirmSignUp, findSignUp, requestSignUp } from './sign-up'

const OPEN = { SIGN_UP: 'open', MAILBOX: '1' } as const
const request = (wish = input(), settings: Partial<Env> = {}) => withEnv({ ...OPEN, ...settings }, () => requestSignUp(wish, { ...NO_VISITOR, ip: uuidv7() }))
const confirm = (secret: string) => confirmSignUp(secret, NO_VISITOR)

let email: string, name: string
beforeEach(() => {
  email = `nora.${uuidv7()}@fern.example`
  name = `Fern ${uuidv7().slice(-8)}`
})
afterAll(closeConnections)

const input = () => ({ name: 'Nora Vale', email, password: 'copper-window-71-gravel', organization: name, kind: 'company' as const, timezone: 'Europe/Lisbon' })
const mailTo = async (address: string) => (await look<{ kind: string; data: { link: string } }>('SELECT kind, data FROM mails WHERE to_address = $1 ORDER BY created_at', [address]))
const secretOf = async () => (await mailTo(email)).at(-1)!.data.link.split('/').at(-1)!
const usersOf = (address: string) => look<{ id: string }>('SELECT id FROM users WHERE email_lc = $1', [address])
const organizationsNamed = (wished: string) => look<{ slug: string; code: string; plan_key: string; status: string; timezone: string }>('SELECT slug, code, plan_key, status, timezone FROM organizations WHERE name = $1 ORDER BY created_at', [wished])

describe('signing up', () => {
  test('makes nothing until the address is confirmed, and then person, organization, seat and project at once', async () => {
    await request()
    expect(await usersOf(email)).toEqual([])
    expect(await organizationsNamed(name)).toEqual([])
    const secret = await secretOf()
    expect(await findSignUp(secret)).toEqual({ email, name: 'Nora Vale', organization: name })
    const { slug, token } = await confirm(secret)
    expect(await findPerson(token)).toMatchObject({ email, isEmailVerified: true, hasPassword: true })
    expect(await organizationsNamed(name)).toMatchObject([{ slug, plan_key: 'free', status: 'trial', timezone: 'Europe/Lisbon' }])
    const [{ id }] = (await usersOf(email)) as [{ id: string }]
    expect(await listOrganizations(id)).toMatchObject([{ slug, role: 'owner', status: 'trial' }])
    expect(await look('SELECT c.name FROM containers c JOIN organizations o ON o.id = c.tenant_id WHERE o.slug = $1', [slug])).toEqual([{ name: 'First project' }])
  })

  test('confirmed twice, or twenty times at once: one account, the rest is gone', async () => {
    await request()
    const secret = await secretOf()
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => confirm(secret)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ status: 410 })
    expect([(await usersOf(email)).length, (await organizationsNamed(name)).length]).toEqual([1, 1])
    await expect(confirm(secret)).rejects.toMatchObject({ status: 410 })
  })

  test('an address that got an account meanwhile keeps it as it is', async () => {
    await request()
    const nora = await makeJoiner(email)
    await expect(confirm(await secretOf())).rejects.toMatchObject({ status: 410 })
    expect(await look('SELECT id, password_hash FROM users WHERE email_lc = $1', [email])).toEqual([{ id: nora.userId, password_hash: null }])
    expect(await organizationsNamed(name)).toEqual([])
  })

  test('an address with an account is answered alike, and told of it by mail', async () => {
    const known = await makeJoiner(email)
    await expect(request()).resolves.toBeUndefined()
    expect(await mailTo(known.email)).toMatchObject([{ kind: 'sign_up_known' }])
    email = `x.${email}`
    await expect(request()).resolves.toBeUndefined()
    expect(await mailTo(email)).toMatchObject([{ kind: 'sign_up' }])
  })

  test('the same name again gets another address and another code', async () => {
    for (let n = 0; n < 7; n++) {
      email = `${n}.${email}`
      await request()
      await confirm(await secretOf())
    }
    const made = await organizationsNamed(name)
    expect([new Set(made.map(({ slug }) => slug)).size, new Set(made.map(({ code }) => code)).size]).toEqual([7, 7])
    expect(made[1]!.slug).toBe(`${made[0]!.slug}-2`)
    for (const { code } of made) expect(code).toMatch(/^[A-HJ-NP-Z2-9]{9}$/)
  })

  test('a link of another purpose, too old, or of nobody, signs nobody up', async () => {
    const payload = { name: 'N', email, passwordHash: 'x', organization: name, kind: 'team', timezone: null }
    for (const secret of [await createOneTimeToken('reset_password', 10, { email, payload }), await createOneTimeToken('sign_up', -1, { email, payload }), 'A'.repeat(43), '']) await expect(confirm(secret)).rejects.toMatchObject({ status: 410 })
    expect(await usersOf(email)).toEqual([])
  })

  test.each<[string, Partial<Env>, string]>([
    ['it is closed', { SIGN_UP: 'closed' }, 'sign_up_closed'],
    ['no mail leaves', { MAILBOX: '0', SMTP_URL: undefined }, 'sign_up_closed'],
    ['the installation lists others', { ALLOWED_ADDRESSES: ['elsewhere.example'] }, 'not_listed'],
  ])('refused while %s', async (_, settings, code) => {
    await expect(request(input(), settings)).rejects.toMatchObject({ status: 403, code })
    expect(await mailTo(email)).toEqual([])
  })

  test('a password that is too weak is refused before anything is written', async () => {
    await expect(request({ ...input(), password: 'password' })).rejects.toMatchObject({ status: 422 })
    expect(await mailTo(email)).toEqual([])
  })
})
