import { afterAll, describe, expect, test } from 'vitest'
import { confirmEmail, requestEmailChange, requestVerification } from '@/lib/account/email'
import { GoneError } from '@/lib/errors'
import { answerResetRequest, isResetOpen, makeResetLink, resetPassword } from '@/lib/passwords/reset'
import { findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { openSession } from '@/lib/sessions/sessions'
import { signInWithPassword } from '@/lib/sign-in/password-sign-in'
import { closeConnections } from '@/lib/testing/connections'
import { asSetup, makePerson, makeVisitor, PASSWORD, refusalOf, type TestPerson } from '@/lib/testing/make-person'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { consumeOneTimeToken, createOneTimeToken, findOneTimeToken } from './one-time-tokens'

afterAll(closeConnections)

const NEXT = 'another lantern harbour 8'
const secretOf = (link: string) => link.split('/').pop()!
const signedIn = async ({ id }: TestPerson) => (await findPerson((await withPerson(id, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false }))).token))!
/** Links are made from random secrets that only a mail holds: this is where the latest of a kind went. */
const mailed = async (address: string, kind: string) => secretOf((await asSetup<{ link: string }>(`SELECT data->>'link' AS link FROM mails WHERE to_address = $1 AND kind = $2 ORDER BY created_at DESC, id DESC LIMIT 1`, [address, kind]))[0]!.link)

describe('one-time tokens', () => {
  test('hold at least 128 bits, differ every time, and come from the configured address', async () => {
    const { id } = await makePerson()
    const links = await Promise.all(Array.from({ length: 50 }, () => makeResetLink(id)))
    expect(links.every((link) => /^http:\/\/localhost:\d+\/reset-password\/[\w-]{43}$/.test(link))).toBe(true)
    expect(new Set(links).size).toBe(50)
    expect(Buffer.from(secretOf(links[0]!), 'base64url').length * 8).toBeGreaterThanOrEqual(128)
  })

  test('are nowhere in the database: not in any text, number of bytes or document of any table', async () => {
    const { id } = await makePerson()
    const secrets = [secretOf(await makeResetLink(id)), await createOneTimeToken('connect', 10, { userId: id, payload: { sessionId: id, provider: 'x' } }), (await withPerson(id, makeVisitor({ withDevice: true }), (scope) => openSession(scope, { method: 'password', needsFactor: false }))).token]
    const tables = await asSetup<{ name: string }>(`SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace IN ('public'::regnamespace, 'kernel'::regnamespace)`)
    const found = async (...needles: string[]) => (await Promise.all(tables.map(({ name }) => asSetup<{ n: number }>(`SELECT count(*)::int AS n FROM ${name} t, LATERAL (SELECT t::text AS line) l WHERE EXISTS (SELECT FROM unnest($1::text[]) AS needle WHERE strpos(l.line, needle) > 0)`, [needles])))).reduce((sum, [row]) => sum + row!.n, 0)
    expect(await found(id)).toBeGreaterThan(3)
    expect(await found(...secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret, 'base64url').toString('hex')]))).toBe(0)
  })

  test('fifty at once give one success', async () => {
    const { id } = await makePerson()
    const secret = await createOneTimeToken('connect', 10, { userId: id })
    const answers = await Promise.all(Array.from({ length: 50 }, () => consumeOneTimeToken('connect', secret)))
    expect(answers.filter((answer) => answer?.userId === id)).toHaveLength(1)
    expect(answers.filter((answer) => answer === null)).toHaveLength(49)
  })

  test('are worth nothing for another purpose, after their time, or changed by a sign', async () => {
    const { id } = await makePerson()
    const secret = await createOneTimeToken('verify_email', 10, { userId: id })
    for (const purpose of ['sign_up', 'reset_password', 'change_email', 'connect', 'passkey_add', 'passkey_use'] as const) {
      expect(await findOneTimeToken(purpose, secret)).toBeNull()
      expect(await consumeOneTimeToken(purpose, secret)).toBeNull()
    }
    for (const changed of [`${secret}x`, secret.slice(1), secret.toLowerCase(), '', '\0'.repeat(43), '%'.repeat(43), 'x'.repeat(600)]) expect(await consumeOneTimeToken('verify_email', changed)).toBeNull()
    expect(await findOneTimeToken('verify_email', secret)).toMatchObject({ userId: id })
    await asSetup(`UPDATE one_time_tokens SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [id])
    expect(await findOneTimeToken('verify_email', secret)).toBeNull()
    expect(await consumeOneTimeToken('verify_email', secret)).toBeNull()
  })

  test('inside a transaction that fails they are not used up', async () => {
    const { id } = await makePerson()
    const secret = await createOneTimeToken('connect', 10, { userId: id })
    await expect(withPerson(id, NO_VISITOR, async ({ tx }) => {
      expect(await consumeOneTimeToken('connect', secret, tx)).toMatchObject({ userId: id })
      throw new Error('afterwards')
    })).rejects.toThrow('afterwards')
    expect(await consumeOneTimeToken('connect', secret)).toMatchObject({ userId: id })
  })
})

describe('a reset link', () => {
  test('sets the password, ends every session and every other link, and works once', async () => {
    const person = await makePerson()
    const [session, other] = [await withPerson(person.id, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false })), secretOf(await makeResetLink(person.id))]
    const secret = secretOf(await makeResetLink(person.id))
    expect(await resetPassword(secret, NEXT, makeVisitor())).toEqual({ email: person.email })
    expect(await findPerson(session.token)).toBeNull()
    expect(await isResetOpen(other)).toBe(false)
    for (const used of [secret, other]) expect(await refusalOf(resetPassword(used, `${NEXT} 9`, makeVisitor()))).toMatchObject({ code: 'gone', status: 410 })
    await expect(signInWithPassword(person.email, NEXT, makeVisitor())).resolves.toMatchObject({ userId: person.id })
    expect(await refusalOf(signInWithPassword(person.email, PASSWORD, makeVisitor()))).toMatchObject({ code: 'wrong_credentials' })
  })

  test('used fifty times at once sets one password', async () => {
    const { id, email } = await makePerson()
    const secret = secretOf(await makeResetLink(id))
    const answers = await Promise.allSettled(Array.from({ length: 50 }, (_, at) => resetPassword(secret, `${NEXT} number ${at}`, makeVisitor())))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const winner = answers.findIndex(({ status }) => status === 'fulfilled')
    await expect(signInWithPassword(email, `${NEXT} number ${winner}`, makeVisitor())).resolves.toMatchObject({ userId: id })
  })

  test('is not used up by a password that the rules refuse', async () => {
    const { id } = await makePerson()
    const secret = secretOf(await makeResetLink(id))
    expect(await refusalOf(resetPassword(secret, 'short', makeVisitor()))).toMatchObject({ status: 422 })
    await expect(resetPassword(secret, NEXT, makeVisitor())).resolves.toBeTruthy()
  })

  test('confirms the address it was mailed to, one handed over otherwise does not', async () => {
    const verified = async (isMailed: boolean) => {
      const { id } = await makePerson({ isVerified: false })
      await resetPassword(secretOf(await makeResetLink(id, { isMailed })), NEXT, makeVisitor())
      return (await asSetup<{ v: boolean }>('SELECT email_verified_at IS NOT NULL AS v FROM users WHERE id = $1', [id]))[0]!.v
    }
    expect([await verified(true), await verified(false)]).toEqual([true, false])
  })

  test('takes the ways in with it that whoever had the unconfirmed account before may have left, and leaves a confirmed one its own', async () => {
    const waysIn = async (isVerified: boolean) => {
      const { id } = await makePerson({ isVerified })
      await asSetup(`INSERT INTO passkeys (id, user_id, credential_id, public_key, name) VALUES (gen_random_uuid(), $1, $2, $2, 'Left behind')`, [id, Buffer.from(id)])
      await asSetup(`INSERT INTO user_identities (id, user_id, provider, issuer, subject) VALUES (gen_random_uuid(), $1, 'oidc', 'https://issuer.example', $2)`, [id, id])
      await resetPassword(secretOf(await makeResetLink(id, { isMailed: true })), NEXT, makeVisitor())
      return (await asSetup<{ n: number }>('SELECT (SELECT count(*) FROM passkeys WHERE user_id = $1)::int + (SELECT count(*) FROM user_identities WHERE user_id = $1)::int AS n', [id]))[0]!.n
    }
    expect([await waysIn(false), await waysIn(true)]).toEqual([0, 2])
  })

  test.each([['deactivated', 0], ['suspended', 0], ['active', 1]] as const)('asked for a %s account: %d mails', async (status, count) => {
    const { email } = await makePerson({ status })
    await answerResetRequest(email)
    expect(await asSetup('SELECT kind FROM mails WHERE to_address = $1', [email])).toHaveLength(count)
  })

  test('without a password the mail says so and brings no link that sets one', async () => {
    const { id, email } = await makePerson({ password: null })
    await answerResetRequest(email)
    expect(await asSetup('SELECT kind FROM mails WHERE to_address = $1', [email])).toEqual([{ kind: 'reset_by_provider' }])
    expect(await asSetup('SELECT purpose FROM one_time_tokens WHERE user_id = $1', [id])).toEqual([])
  })

  test('dies with the address it was sent to', async () => {
    const person = await makePerson()
    const reset = secretOf(await makeResetLink(person.id, { isMailed: true }))
    const wished = `new.${person.email}`
    await requestEmailChange(await signedIn(person), wished, makeVisitor())
    expect(await isResetOpen(reset)).toBe(true)
    await confirmEmail(await mailed(wished, 'change_email'), makeVisitor())
    expect(await isResetOpen(reset)).toBe(false)
  })
})

describe('a link that changes the address', () => {
  test('changes it once, tells the old one, and until then nothing is changed', async () => {
    const person = await makePerson()
    const wished = `New.${person.email}`
    await requestEmailChange(await signedIn(person), wished, makeVisitor())
    await expect(signInWithPassword(person.email, PASSWORD, makeVisitor())).resolves.toBeTruthy()
    const secret = await mailed(wished, 'change_email')
    expect(await confirmEmail(secret, makeVisitor())).toEqual({ email: wished })
    await expect(confirmEmail(secret, makeVisitor())).rejects.toBeInstanceOf(GoneError)
    await expect(signInWithPassword(wished, PASSWORD, makeVisitor())).resolves.toMatchObject({ userId: person.id })
    expect(await refusalOf(signInWithPassword(person.email, PASSWORD, makeVisitor()))).toMatchObject({ code: 'wrong_credentials' })
    expect(await asSetup(`SELECT kind FROM mails WHERE to_address = $1 AND kind = 'email_changed'`, [person.email])).toHaveLength(1)
  })

  test('only the last one wished for counts', async () => {
    const person = await makePerson()
    const me = await signedIn(person)
    const [typo, wished] = [`typo.${person.email}`, `right.${person.email}`]
    await requestEmailChange(me, typo, makeVisitor())
    const earlier = await mailed(typo, 'change_email')
    await requestEmailChange(me, wished, makeVisitor())
    await expect(confirmEmail(earlier, makeVisitor())).rejects.toBeInstanceOf(GoneError)
    await expect(confirmEmail(await mailed(wished, 'change_email'), makeVisitor())).resolves.toEqual({ email: wished })
  })

  test('asked for by whoever had the password is worth nothing once the password is reset', async () => {
    const person = await makePerson()
    const wished = `thief.${person.email}`
    await requestEmailChange(await signedIn(person), wished, makeVisitor())
    const secret = await mailed(wished, 'change_email')
    await resetPassword(secretOf(await makeResetLink(person.id)), NEXT, makeVisitor())
    await expect(confirmEmail(secret, makeVisitor())).rejects.toBeInstanceOf(GoneError)
    expect((await asSetup<{ email: string }>('SELECT email FROM users WHERE id = $1', [person.id]))[0]!.email).toBe(person.email)
  })

  test('does not take an address that somebody else has, and is told so to whoever reads its mail only', async () => {
    const [person, other] = [await makePerson(), await makePerson()]
    await requestEmailChange(await signedIn(person), other.email.toUpperCase(), makeVisitor())
    expect(await refusalOf(confirmEmail(await mailed(other.email.toUpperCase(), 'change_email'), makeVisitor()))).toMatchObject({ status: 409 })
    await expect(signInWithPassword(other.email, PASSWORD, makeVisitor())).resolves.toMatchObject({ userId: other.id })
  })

  test('one that confirms the present address does that once, and not after the address has changed', async () => {
    const person = await makePerson({ isVerified: false })
    const me = await signedIn(person)
    await requestVerification(me, makeVisitor())
    const first = await mailed(person.email, 'verify_email')
    await confirmEmail(first, makeVisitor())
    expect((await findPerson((await withPerson(person.id, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false }))).token))!.isEmailVerified).toBe(true)
    await expect(confirmEmail(first, makeVisitor())).rejects.toBeInstanceOf(GoneError)
    await requestVerification(me, makeVisitor())
    const second = await mailed(person.email, 'verify_email')
    await asSetup('UPDATE users SET email = $2, email_lc = $2 WHERE id = $1', [person.id, `other.${person.email}`])
    await expect(confirmEmail(second, makeVisitor())).rejects.toBeInstanceOf(GoneError)
  })
})
