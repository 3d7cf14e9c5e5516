import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { settingProblems } from '../lib/env-schema.ts'
import { makeDemoPassword } from './demo-password.ts'
import { parseProxies } from './http/client-address.ts'

export const root = join(import.meta.dirname, '..')

/** A setting that is missing or wrong; the message is one sentence that names the variable, and holds no secret. */
export class SettingError extends Error {}

type Environment = Record<string, string | undefined>

const secret = () => randomBytes(32).toString('base64url')

const generated: Record<string, () => string> = {
  NEXTAUTH_SECRET: secret,
  DEMO_PASSWORD: makeDemoPassword,
  TENANT_DATABASE_PASSWORD: secret,
  PLATFORM_DATABASE_PASSWORD: secret,
}

/** Reads `.env` into `env`; what the real environment already says wins, an empty value counts as not said. */
export function loadSettings(env: Environment = process.env, file = join(root, '.env')) {
  if (!existsSync(file)) return
  for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8')))) if (!env[name]) env[name] = value
}

/** Adds generated secrets that neither the environment nor `.env` names; returns the names written. */
export function writeMissingSettings(env: Environment = process.env, file = join(root, '.env')): string[] {
  loadSettings(env, file)
  const missing = Object.entries(generated).filter(([name]) => !env[name])
  if (missing.length === 0) return []
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Made by npm run up. Each setting is explained in .env.example.\n'
  const lines = missing.map(([name, make]) => `${name}=${(env[name] = make())}\n`)
  writeFileSync(file, before + (before.endsWith('\n') || before === '' ? '' : '\n') + lines.join(''), { mode: 0o600 })
  chmodSync(file, 0o600)
  return missing.map(([name]) => name)
}

/** The value of a setting that has to be there. */
export function requireSetting(name: string, env: Environment = process.env): string {
  const value = env[name]
  if (!value) throw new SettingError(`${name} is not set: put it in the environment or in .env (.env.example explains it).`)
  return value
}

/** Parses a connection URL; the database name is in `pathname`. */
export function parseDatabaseUrl(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !url.hostname || url.pathname.length < 2)
    throw new SettingError(`${name} must look like postgresql://user:password@host:5432/database.`)
  return url
}

/** The set-up connection, used by scripts only. */
export function setupUrl(env: Environment = process.env): string {
  return parseDatabaseUrl('DATABASE_URL', requireSetting('DATABASE_URL', env)).href
}

/** The two connections of the running product: as set, else the set-up connection with the other login and its generated password. */
export function runtimeUrls(setup: string, env: Environment = process.env) {
  const tenant = runtimeUrl(setup, 'TENANT', 'app_tenant', env)
  const platform = runtimeUrl(setup, 'PLATFORM', 'app_platform', env)
  return { tenant: tenant.href, platform: platform.href, tenantPassword: decodeURIComponent(tenant.password), platformPassword: decodeURIComponent(platform.password) }
}

function runtimeUrl(setup: string, prefix: string, login: string, env: Environment): URL {
  const name = `${prefix}_DATABASE_URL`
  const said = env[name]
  const url = parseDatabaseUrl(said ? name : 'DATABASE_URL', said || setup)
  if (said) {
    if (url.username !== login) throw new SettingError(`${name} must log in as ${login}, the role that row security is written for.`)
    if (!url.password) throw new SettingError(`${name} must hold the password of ${login}.`)
    return url
  }
  url.username = login
  url.password = requireSetting(`${prefix}_DATABASE_PASSWORD`, env)
  return url
}

// Found by the scripts themselves; what was said of them is checked where it is used.
const FOUND_LATER = { TENANT_DATABASE_URL: 'postgresql://later', PLATFORM_DATABASE_URL: 'postgresql://later' }

/** Checks what the running product will, before minutes are spent on a build. Throws one sentence on the first that is wrong. */
export function checkSettings(env: Environment = process.env) {
  const [wrong] = settingProblems({ ...env, ...FOUND_LATER, NEXTAUTH_URL: env.NEXTAUTH_URL || 'http://localhost' })
  if (wrong) throw new SettingError(`${wrong.name} ${wrong.problem}. .env.example explains it.`)
  try {
    parseProxies(env.TRUSTED_PROXIES ?? '')
  } catch (error) {
    throw new SettingError((error as Error).message)
  }
}
