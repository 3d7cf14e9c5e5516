import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { envSchema } from '../lib/env-schema.ts'
import { SettingError, checkSettings, root, loadSettings, parseDatabaseUrl, requireSetting, runtimeUrls, writeMissingSettings } from './settings.ts'

const file = (content?: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'settings-')), '.env')
  if (content !== undefined) writeFileSync(path, content)
  return path
}
const setup = 'postgresql://me:secret@db.example:5433/shop'
const passwords = { TENANT_DATABASE_PASSWORD: 'a', PLATFORM_DATABASE_PASSWORD: 'b' }

describe('loadSettings', () => {
  test('the real environment wins, an empty value does not count', () => {
    const env = { A: 'real', B: '' }
    loadSettings(env, file('A=file\nB=file\nC="with space" # comment\n'))
    expect(env).toEqual({ A: 'real', B: 'file', C: 'with space' })
  })
})

describe('writeMissingSettings', () => {
  test('writes what is missing once, readable by its owner only, and keeps what is there', () => {
    const path = file('DEMO_PASSWORD=mine')
    const written = writeMissingSettings({ NEXTAUTH_SECRET: 'from the environment' }, path)
    expect(written).toEqual(['TENANT_DATABASE_PASSWORD', 'PLATFORM_DATABASE_PASSWORD'])
    expect(readFileSync(path, 'utf8')).toMatch(/^DEMO_PASSWORD=mine\nTENANT_DATABASE_PASSWORD=.{43}\nPLATFORM_DATABASE_PASSWORD=.{43}\n$/)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(writeMissingSettings({ NEXTAUTH_SECRET: 'x' }, path)).toEqual([])
  })

  test('the demo password is four words and two digits', () => {
    const env: Record<string, string> = {}
    writeMissingSettings(env, file())
    expect(env.DEMO_PASSWORD).toMatch(/^([a-z]+-){4}\d\d$/)
  })
})

describe('runtimeUrls', () => {
  test('are the set-up connection with the other logins', () => {
    const urls = runtimeUrls(setup, passwords)
    expect(urls.tenant).toBe('postgresql://app_tenant:a@db.example:5433/shop')
    expect(urls.platform).toBe('postgresql://app_platform:b@db.example:5433/shop')
  })

  test('one that is set is used, with its password', () => {
    const urls = runtimeUrls(setup, { ...passwords, TENANT_DATABASE_URL: 'postgresql://app_tenant:p%40ss@pooler:6432/shop' })
    expect(urls).toMatchObject({ tenant: 'postgresql://app_tenant:p%40ss@pooler:6432/shop', tenantPassword: 'p@ss' })
  })

  test('another login is refused by name', () => {
    expect(() => runtimeUrls(setup, { ...passwords, TENANT_DATABASE_URL: setup })).toThrow(/^TENANT_DATABASE_URL must log in as app_tenant/)
  })
})

test.each(['', 'shop', 'mysql://a/b', 'postgresql://host', 'postgresql://host/'])('%j is no connection', (value) => {
  expect(() => parseDatabaseUrl('DATABASE_URL', value)).toThrow(SettingError)
})

const fine = { NEXTAUTH_SECRET: 'x'.repeat(32) }

test('a missing or wrong setting is one sentence that names it', () => {
  expect(() => requireSetting('NEXTAUTH_SECRET', {})).toThrow(/^NEXTAUTH_SECRET is not set: .*\.$/)
  expect(() => checkSettings(fine)).not.toThrow()
  expect(() => checkSettings({ ...fine, MAIL_FROM: '', SMTP_URL: '', TRUSTED_PROXIES: '127.0.0.1, ::1' })).not.toThrow()
})

test.each([
  ['PREPARED_STATEMENTS', 'yes', {}], ['NEXTAUTH_URL', 'example.com', {}], ['NEXTAUTH_SECRET', 'short', {}], ['NEXTAUTH_SECRET_PREVIOUS', 'short', {}], ['DEMO_MODE', 'yes', {}], ['SESSION_DAYS', '0', {}],
  ['SESSION_IDLE_MINUTES', 'an hour', {}], ['TENANT_POOL_SIZE', '0', {}], ['SIGN_UP', 'yes', {}], ['SMTP_URL', 'mail.example.com', {}], ['MAILBOX', '1', { NEXTAUTH_URL: 'https://app.example.com' }],
  ['GOOGLE_CLIENT_SECRET', '', { GOOGLE_CLIENT_ID: 'x' }], ['ENTRA_TENANT_ID', '', { ENTRA_CLIENT_ID: 'x', ENTRA_CLIENT_SECRET: 'x' }], ['OIDC_ISSUER', '', { OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' }],
  ['OIDC_ISSUER', 'http://login.example.com', {}], ['TRUSTED_PROXIES', 'the-proxy', {}], ['TRUSTED_PROXIES', '10.0.0.0/99', {}],
])('%s=%s is refused before anything is begun', (name, value, more) => {
  expect(() => checkSettings({ ...fine, ...more, [name]: value })).toThrow(SettingError)
  expect(() => checkSettings({ ...fine, ...more, [name]: value })).toThrow(new RegExp(`^${name}:? [^\n]*\\.$`))
})

test('every setting of the product is in .env.example', () => {
  const text = readFileSync(join(root, '.env.example'), 'utf8')
  const names = [...Object.keys(envSchema.shape), 'TRUSTED_PROXIES', 'DATABASE_URL', 'PORT', 'DEMO_PASSWORD', 'TENANT_DATABASE_PASSWORD', 'PLATFORM_DATABASE_PASSWORD', 'CHROMIUM_PATH', 'PG_BIN']
  expect(names.filter((name) => !new RegExp(`^# ${name}=`, 'm').test(text))).toEqual([])
  expect([...text.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name).filter((name) => !names.includes(name!))).toEqual([])
})
