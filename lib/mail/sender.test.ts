import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setPreference } from '@/lib/account/preferences'
import { env } from '@/lib/env'
import { withPerson } from '@/lib/platform/person'
import { startMailServer, type Mood } from '@/lib/testing/mail-server'
import { asSetup, makePerson, makeVisitor } from '@/lib/testing/make-person'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { withEnv } from '@/lib/testing/with-env'
import { requestReset } from '@/lib/passwords/reset'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { makeOrganization } from '@/lib/testing/make-organization'
import { enqueueMail, enqueueOrganizationMail } from './outbox'
import { listMailbox, sendDueMail } from './sender'
import { renderMail, type MailData, type MailKind } from './templates'

let database: Awaited<ReturnType<typeof useOwnDatabase>>
let server: Awaited<ReturnType<typeof startMailServer>>

// A database of its own: the sender takes all mail there is, also that of other tests.
beforeAll(async () => {
  database = await useOwnDatabase()
  server = await startMailServer()
  Object.assign(env(), { SMTP_URL: server.url, MAIL_FROM: 'Bulkhead <no-reply@bulkhead.example>' })
})
afterAll(async () => {
  await server.stop()
  await database.close()
})

let to: string
beforeEach(() => {
  server.be('takes')
  to = `${randomBytes(6).toString('hex')}@example.test`
})
const LINK = 'http://localhost:3000/reset-password/the-secret-of-this-link'
async function enqueue<K extends MailKind>(kind: K, data: MailData[K], address = to): Promise<void> {
  const { id } = await makePerson()
  await withPerson(id, NO_VISITOR, ({ tx }) => enqueueMail(tx, kind, address, data))
}
const reset = () => enqueue('reset_password', { name: 'Robin', link: LINK })
type MailRow = { status: string; attempts: number; data: object; error: string | null; wait: number; sent: boolean; locked: boolean }
const row = async () => (await asSetup<MailRow>(`SELECT status, attempts, data, error, extract(epoch FROM run_after - now())::float / 60 AS wait, sent_at IS NOT NULL AS sent, locked_until IS NOT NULL AS locked FROM mails WHERE to_address = $1`, [to]))[0]!
const makeDue = () => asSetup('UPDATE mails SET run_after = now() WHERE to_address = $1', [to])

describe('the sender', () => {
  test('sends a mail once, plain and as HTML, and then keeps nothing of what was in it', async () => {
    await reset()
    expect((await row()).data).toEqual({ name: 'Robin', link: LINK })
    expect(await sendDueMail()).toBeGreaterThan(0)
    await sendDueMail()
    const letters = server.to(to)
    expect(letters).toHaveLength(1)
    expect(letters[0]).toMatchObject({ from: 'no-reply@bulkhead.example', to: [to] })
    expect(letters[0]!.text).toContain(LINK)
    expect(letters[0]!.html).toContain(`href="${LINK}"`)
    expect(letters[0]!.headers).toMatch(/^Message-ID: <[\w-]+@localhost>$/im)
    expect(await row()).toMatchObject({ status: 'sent', attempts: 1, data: {}, error: null, sent: true, locked: false })
  })

  test('of several at once each mail is sent once', async () => {
    const addresses = Array.from({ length: 40 }, (_, at) => `${at}.${to}`)
    for (const address of addresses) await enqueue('account_deleted', { name: 'Robin' }, address)
    await Promise.all([sendDueMail(), sendDueMail(), sendDueMail(), sendDueMail()])
    expect(addresses.map((address) => server.to(address).length)).toEqual(addresses.map(() => 1))
  })

  test('has nothing to send of a transaction that was rolled back', async () => {
    const { id } = await makePerson()
    await expect(withPerson(id, NO_VISITOR, async ({ tx }) => {
      await enqueueMail(tx, 'account_deleted', to, { name: 'Robin' })
      throw new Error('afterwards')
    })).rejects.toThrow('afterwards')
    await sendDueMail()
    expect([await row(), server.to(to)]).toEqual([undefined, []])
  })

  test('takes over a mail whose sender has died, when its lease is over and not before', async () => {
    await reset()
    await asSetup('SELECT kernel.take_mail(now(), 120, 5)')
    await sendDueMail()
    expect(server.to(to)).toHaveLength(0)
    await asSetup(`UPDATE mails SET locked_until = now() - interval '1 second' WHERE to_address = $1`, [to])
    await sendDueMail()
    expect(server.to(to)).toHaveLength(1)
  })
})

describe('when a mail cannot be sent', () => {
  test('since the server is away, it waits with its content, is not tried sooner, and is sent when the server is back', async () => {
    await reset()
    await server.stop()
    await sendDueMail()
    const waiting = await row()
    expect(waiting).toMatchObject({ status: 'queued', attempts: 1, data: { link: LINK }, sent: false, locked: false })
    expect(waiting.wait).toBeGreaterThan(0.9)
    expect(waiting.wait).toBeLessThan(1.1)
    await server.start()
    await sendDueMail()
    expect(server.to(to)).toHaveLength(0)
    await makeDue()
    await sendDueMail()
    expect(server.to(to)).toHaveLength(1)
    expect(await row()).toMatchObject({ status: 'sent', attempts: 2, data: {}, error: null })
  })

  test('it is tried six times, each time later, and then has failed without its content', async () => {
    await reset()
    server.be('not now')
    const waits: number[] = []
    for (let attempt = 1; attempt <= 6; attempt++) {
      await makeDue()
      await sendDueMail()
      const { status, wait } = await row()
      if (status === 'queued') waits.push(Math.round(wait))
    }
    expect(waits).toEqual([1, 5, 30, 120, 720])
    expect(await row()).toMatchObject({ status: 'failed', attempts: 6, data: {} })
    server.be('takes')
    await makeDue()
    await sendDueMail()
    expect(server.to(to)).toHaveLength(0)
  })

  test.each<[Mood, string, number]>([['no such address', 'failed', 1], ['text refused', 'failed', 1], ['not now', 'queued', 1]])('since the server says “%s”, it has %s', async (mood, status, attempts) => {
    await reset()
    server.be(mood)
    await sendDueMail()
    expect(await row()).toMatchObject({ status, attempts, data: status === 'failed' ? {} : { link: LINK }, sent: false })
    expect((await row()).error).toContain(mood)
    server.be('takes')
    await makeDue()
    await sendDueMail()
    expect(server.to(to)).toHaveLength(status === 'failed' ? 0 : 1)
  })

  test('since our own login is refused, it waits until that is set right', async () => {
    await server.stop()
    await server.start()
    await reset()
    server.be('no such login')
    await sendDueMail()
    expect(await row()).toMatchObject({ status: 'queued', data: { link: LINK } })
    server.be('takes')
    await makeDue()
    await sendDueMail()
    expect(server.to(to)).toHaveLength(1)
  })

  test('since no server is set, it has failed without its content', async () => {
    await withEnv({ SMTP_URL: undefined }, async () => {
      await reset()
      await sendDueMail()
      expect(await row()).toMatchObject({ status: 'failed', attempts: 1, data: {}, error: 'No mail server is set (SMTP_URL).' })
      expect(await listMailbox()).toEqual([])
    })
  })
})

describe('what people write', () => {
  const evil = 'Eve\r\nBcc: victim@example.test\r\nSubject: Won\r\n\r\n<b>x</b>'

  test('adds no header, no receiver and no part', async () => {
    await enqueue('invitation', { organization: evil, inviter: evil, role: 'viewer', message: evil, link: LINK, days: 7 })
    await enqueue('new_device', { name: evil, device: evil, address: null, at: new Date().toISOString(), timezone: null })
    await enqueue('join_requested', { organization: evil, person: evil, email: evil, link: LINK })
    await sendDueMail()
    const letters = server.to(to)
    expect(letters).toHaveLength(3)
    for (const { headers, to: receivers } of letters) {
      expect(receivers).toEqual([to])
      expect(headers).not.toMatch(/^Bcc:/im)
      for (const name of ['To', 'From', 'Subject', 'Content-Type', 'Message-ID']) expect(headers.match(new RegExp(`^${name}:`, 'gim'))).toHaveLength(1)
    }
    expect(server.to('victim@example.test')).toEqual([])
  })

  test('is text in the HTML, not markup', async () => {
    const name = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>`
    await enqueue('join_approved', { organization: name, role: 'member', link: 'http://localhost:3000/x?a=1&b="><script>' })
    await sendDueMail()
    const { html, text } = server.to(to)[0]!
    expect(text.replace(/\s+/g, ' ')).toContain(name)
    expect(html).not.toMatch(/<script|<img/i)
    expect(html).toContain('&#60;script&#62;')
    expect(html.match(/href="/g)).toHaveLength(1)
  })
})

describe('what is asked at the last moment', () => {
  test('a notice that somebody has switched off is not sent, others are', async () => {
    const { id, email } = await makePerson()
    const facts = { name: 'Robin', device: 'Test', address: null, at: new Date().toISOString(), timezone: null }
    await enqueue('new_device', facts, email)
    await withPerson(id, NO_VISITOR, (scope) => setPreference(scope, 'new_device', false))
    await enqueue('password_changed', { name: 'Robin', at: facts.at, timezone: null, link: LINK }, email)
    await sendDueMail()
    expect(server.to(email).map(({ headers }) => /^Subject: (.*)$/m.exec(headers)![1])).toEqual(['Your password was changed'])
    expect(await asSetup('SELECT status FROM mails WHERE to_address = $1', [email])).toEqual([{ status: 'sent' }, { status: 'sent' }])
  })

  test('a reset is answered for whoever has the address, and nobody else gets a mail', async () => {
    const { email } = await makePerson()
    const unknown = `unknown.${email}`
    for (const address of [email, unknown]) await requestReset(address, makeVisitor())
    await sendDueMail()
    await sendDueMail()
    expect(server.to(unknown)).toEqual([])
    expect(server.to(email)).toHaveLength(1)
    expect(server.to(email)[0]!.text).toMatch(/\/reset-password\/[\w-]{43}\s/)
    expect(await asSetup('SELECT data FROM mails WHERE to_address = ANY ($1)', [[email, unknown]])).toEqual([{ data: {} }, { data: {} }, { data: {} }])
  })
})

describe('the mailbox of one’s own machine', () => {
  test('keeps and shows every mail instead of sending it, with its link, the latest first', async () => {
    await withEnv({ MAILBOX: '1' }, async () => {
      await reset()
      await enqueue('account_deleted', { name: 'Robin' })
      await sendDueMail()
      const lines = (await listMailbox()).filter((line) => line.to === to)
      expect(lines.map(({ kind, status }) => ({ kind, status }))).toEqual([{ kind: 'account_deleted', status: 'sent' }, { kind: 'reset_password', status: 'sent' }])
      expect(lines[1]!.text).toContain(LINK)
    })
    expect(server.to(to)).toEqual([])
    expect(await listMailbox()).toEqual([])
  })
})

describe('what an organization writes', () => {
  const invitation = { organization: 'Fern', inviter: 'Nora', role: 'member', message: '', link: 'https://evil.example', days: 7 }

  test('goes to its own people; to a stranger, or as another kind, the database refuses it', async () => {
    const { owner } = await makeOrganization()
    const [{ email }] = (await asSetup<{ email: string }>('SELECT email FROM users WHERE id = $1', [owner.userId])) as [{ email: string }]
    await withTenant(owner, (scope) => enqueueOrganizationMail(scope, 'join_declined', email, { organization: 'Fern' }))
    const attempts = [['invitation', email], ['invitation', 'stranger@example.test'], ['join_declined', 'stranger@example.test'], ['reset_password', email]] as const
    for (const [kind, to] of attempts) await expect(withTenant(owner, (scope) => enqueueOrganizationMail(scope, kind as 'invitation', to, invitation)), `${kind} to ${to}`).rejects.toThrow(/its own people/)
    await expect(withTenant(owner, ({ tx }) => enqueueMail(tx as never, 'account_deleted', email, { name: 'Nora' }))).rejects.toThrow(/permission denied/)
  })

  test.each(['Win at evil.example/now', 'https://evil.example', 'mail me@evil.example', 'evil.example'])('a name that would become a link is left out of the greeting: %s', (name) => {
    expect(renderMail('sign_up', { name, link: 'http://localhost/sign-up/x' }, { home: 'http://localhost' }).text).not.toContain('evil')
    expect(renderMail('sign_up', { name: 'Nora Vale Jr.', link: 'http://localhost/sign-up/x' }, { home: 'http://localhost' }).text).toContain('Hello Nora Vale Jr.,')
  })
})
