import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { log } from './log.ts'
import { redact, redactAll } from './redact.ts'

let lines: string[] = []
beforeEach(() => {
  lines = []
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line))
})
afterEach(() => void vi.unstubAllEnvs())

const MARK = 'canary-7f3d9a-canary'

test('a line says when, how bad, what and in which request', () => {
  log('warn', 'mail.delayed', { problem: 'away', count: 3n, at_night: true })
  expect(JSON.parse(lines[0]!)).toEqual({ at: expect.stringMatching(/^\d{4}-/), level: 'warn', event: 'mail.delayed', problem: 'away', count: 3, at_night: true })
})

test('marked secrets never appear: of settings, by name, and by shape', () => {
  vi.stubEnv('NEXTAUTH_SECRET', MARK)
  vi.stubEnv('SMTP_URL', `smtps://mailer:p%40ss-${MARK}@mail.example.com`)
  vi.stubEnv('OIDC_CLIENT_SECRET', `oidc-${MARK}`)
  vi.stubEnv('FILES_S3_KEY_ID', `keyid-${MARK}`)
  const texts = [
    `the secret is ${MARK}`, `decoded p@ss-${MARK}`, `postgresql://app_tenant:other-${MARK}@db:5432/x`, `Authorization: Bearer ${MARK}`, `bh_live_${MARK}`, `eyJhbGciOi.${MARK}.sig`, `$argon2id$v=19$${MARK}`, `$2b$12$${MARK}`,
    `Cookie: __Host-bulkhead.session=${MARK}; other=1`, `GET /reset-password/${MARK}`, `/invitations/CPPRXF4W6.${MARK}`, `callback?code=${MARK}&state=${MARK}`, `oidc-${MARK}`, `keyid-${MARK}`,
  ]
  vi.stubEnv('NEXTAUTH_SECRET', 'something-else-altogether')
  for (const text of texts.slice(1)) expect(redact(text), text).not.toContain(MARK)
  vi.stubEnv('NEXTAUTH_SECRET', MARK)
  for (const text of texts) {
    log('error', 'request.failed', { problem: new Error(text), nested: { list: [text] } })
    expect(lines.at(-1), text).not.toContain(MARK)
  }
  vi.stubEnv('NEXTAUTH_SECRET', 'something-else-altogether')
  for (const name of ['password', 'newPassword', 'token', 'access_token', 'clientSecret', 'authorization', 'Cookie', 'apiKey', 'keyHash', 'recoveryCode']) {
    log('info', 'x', { deep: { [name]: MARK } })
    expect(lines.at(-1), name).not.toContain(MARK)
  }
})

test('a long text is looked through at once, whatever somebody has put into it', () => {
  for (const piece of ['b', 'eyJ-', 'a://', 'a://b:', 'bearer ', 'state=', '/verify/', '$2a$', 'bh_-']) {
    const began = performance.now()
    redact(piece.repeat(200_000 / piece.length))
    expect(performance.now() - began, piece).toBeLessThan(1_000)
  }
})

test('what is no secret stays, and a line is one line', () => {
  log('error', 'job.failed', { problem: 'relation "tasks"\ndoes not exist', job: '018f0000-0000-7000-8000-00000000ffff', kind: 'export_list' })
  expect(lines[0]).not.toContain('\n')
  expect(JSON.parse(lines[0]!)).toMatchObject({ problem: 'relation "tasks"\ndoes not exist', kind: 'export_list' })
  expect(redactAll({ key: null, path: '/fern-forge/tasks?status=open' })).toEqual({ key: null, path: '/fern-forge/tasks?status=open' })
})
