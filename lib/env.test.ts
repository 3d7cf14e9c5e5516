import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const before = { ...process.env }
beforeEach(() => void vi.resetModules())
afterEach(() => void (process.env = { ...before }))

/** What reading the settings says with these changes: null when they are good. */
async function problemWith(changes: Record<string, string>): Promise<string | null> {
  process.env = { ...before, NEXTAUTH_URL: 'https://bulkhead.example', ...changes }
  const { env } = await import('./env')
  try {
    env()
    return null
  } catch (error) {
    return (error as Error).message
  }
}

describe('settings', () => {
  test('as they are for tests, and on a public address, are good', async () => {
    expect(await problemWith({})).toBeNull()
    vi.resetModules()
    expect(await problemWith({ NEXTAUTH_URL: 'http://localhost:3000' })).toBeNull()
  })

  test.each(['https://bulkhead.example', 'http://192.0.2.1:3000', 'http://localhost.example:3000', 'http://127.0.0.1.example', 'http://0.0.0.0:3000', 'https://localhost@bulkhead.example'])('the mailbox is refused on %s, since it shows everybody all mail', async (NEXTAUTH_URL) => {
    expect(await problemWith({ NEXTAUTH_URL, MAILBOX: '1' })).toMatch(/^Settings: MAILBOX shows everybody all mail.*NEXTAUTH_URL on localhost.*See \.env\.example\.$/)
    vi.resetModules()
    expect(await problemWith({ NEXTAUTH_URL, MAILBOX: '0' })).toBeNull()
  })

  test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])('the mailbox is open on %s', async (NEXTAUTH_URL) => {
    expect(await problemWith({ NEXTAUTH_URL, MAILBOX: '1' })).toBeNull()
  })

  test.each(['GOOGLE', 'GITHUB', 'ENTRA', 'OIDC'])('half of the pair for %s is refused by the name of the other half', async (name) => {
    const rest = { OIDC_ISSUER: 'https://id.example', ENTRA_TENANT_ID: 'x' }
    for (const [given, missing] of [['ID', 'SECRET'], ['SECRET', 'ID']]) {
      vi.resetModules()
      expect(await problemWith({ ...rest, [`${name}_CLIENT_${given}`]: 'x' })).toContain(`${name}_CLIENT_${missing} is missing`)
    }
    vi.resetModules()
    expect(await problemWith({ ...rest, [`${name}_CLIENT_ID`]: 'x', [`${name}_CLIENT_SECRET`]: 'y' })).toBeNull()
  })

  test.each([['OIDC', 'OIDC_ISSUER'], ['ENTRA', 'ENTRA_TENANT_ID']])('%s without its %s is refused by name', async (name, needed) => {
    expect(await problemWith({ [`${name}_CLIENT_ID`]: 'x', [`${name}_CLIENT_SECRET`]: 'y' })).toContain(needed)
  })

  test.each([
    ['NEXTAUTH_SECRET', 'short'], ['NEXTAUTH_SECRET_PREVIOUS', 'short'], ['NEXTAUTH_URL', 'bulkhead.example'], ['SMTP_URL', 'https://mail.example'], ['TENANT_DATABASE_URL', 'mysql://x'], ['SESSION_DAYS', '0'],
    ['SESSION_IDLE_MINUTES', 'never'], ['SIGN_UP', 'yes'], ['OIDC_ISSUER', 'id.example'],
  ])('%s=%s is refused by name, and its value is not repeated', async (name, value) => {
    const problem = await problemWith({ [name]: value })
    expect(problem).toContain(name)
    expect(problem).not.toContain(`${name}=${value}`)
  })

  test('several that are wrong are named in one sentence', async () => {
    const problem = await problemWith({ NEXTAUTH_SECRET: '', SMTP_URL: 'x' })
    expect(problem).toMatch(/NEXTAUTH_SECRET is missing; .*SMTP_URL/)
  })

  test('the allowlist is read whole: addresses, domains with or without @, in any case and spacing', async () => {
    process.env = { ...before, ALLOWED_ADDRESSES: ' @Example.TEST, Robin@Harbour.example ;\n other.example ' }
    const { env } = await import('./env')
    expect(env().ALLOWED_ADDRESSES).toEqual(['example.test', 'robin@harbour.example', 'other.example'])
  })
})
