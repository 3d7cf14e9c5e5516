import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { RunningProvider } from '../e2e/support/identity-provider.ts'
import { findBrowser } from './browser.ts'
import { compressBuild } from './compress.ts'
import { startEmbedded, type Embedded } from './database/embedded.ts'
import { migrate } from './database/migrate.ts'
import { setUpRoles } from './database/roles.ts'
import { makeDemoPassword } from './demo-password.ts'
import { freePort } from './ports.ts'
import { onStop, requireNode, runNode, script, startServer, stopAll } from './processes.ts'
import { check, count, readPlaywright, readVitest, summarize, type Count } from './results.ts'
import { root, runtimeUrls } from './settings.ts'
import { markBuilt, needsBuild } from './stamps.ts'

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })
const wantsProof = positionals.includes('proof')
const wantsAxe = positionals.includes('accessibility')
const wantsJourneys = positionals.includes('journeys')
if (wantsJourneys || values.only) process.env.JOURNEYS = '1'
if (wantsAxe) Object.assign(process.env, { BOTH_SCHEMES: '1' })
const wantsUnit = !positionals.includes('e2e') && !wantsProof && !wantsAxe && !wantsJourneys
const wantsE2e = !positionals.includes('unit') && !wantsProof
const directory = mkdtempSync(join(tmpdir(), 'bulkhead-test-'))
// PostgreSQL runs as another user when we are root.
chmodSync(directory, 0o711)
let embedded: Embedded | undefined
let provider: RunningProvider | undefined

const bin = (path: string) => join('node_modules', path)
const counts: Count[] = []
const PASSWORDS = { TENANT_DATABASE_PASSWORD: 'tenant-for-tests', PLATFORM_DATABASE_PASSWORD: 'platform-for-tests' }

async function run() {
  const add = async (result: Promise<Count>) => (counts.push(await result), counts.at(-1)?.failed === 0)
  // What is set on the machine must not reach the tests, least of all the address of a real database.
  for (const name of Object.keys(process.env)) if (/^((TENANT_|PLATFORM_)?DATABASE_URL|NEXTAUTH_.*|NODE_ENV|SMTP_URL|MAIL.*|SIGN_UP|ALLOWED_ADDRESSES|(OIDC|GOOGLE|GITHUB|ENTRA)_(CLIENT|ISSUER|NAME|TENANT).*)$/.test(name)) delete process.env[name]
  if (!(await add(check('generate', async () => void (await requireNode('Generating', ['scripts/generate.mjs'])))))) return
  if (!(await add(check('database', startDatabase)))) return

  let seeded: Promise<boolean> | undefined
  const inTurn = async () => {
    await add(check('types', types))
    await add(check('schema drift', async () => void (await requireNode('db:diff', script('scripts/diff.ts').concat('--check')))))
    if (wantsE2e) await (seeded = add(check('seed', seedDemo)))
  }
  if (wantsUnit) {
    if (!values.only) {
      // Side by side: each keeps one core busy.
      await Promise.all([inTurn(), add(check('lint', lint))])
    }
    await add(vitest('unit and integration'))
  }
  if (wantsProof) await add(vitest('proofs', ['--config', 'vitest.proof.config.ts']))
  if (wantsE2e) {
    seeded ??= add(check('seed', seedDemo))
    const built = await add(check('build', build))
    if (built && !values.only && !wantsAxe && !wantsJourneys) await add(faults())
    const ready = built && (await seeded) && (await add(check('serve', serve)))
    if (ready) await add(playwright())
  }
}

async function startDatabase() {
  embedded = await startEmbedded({ dataDir: join(directory, 'postgres'), fast: true })
  Object.assign(process.env, PASSWORDS, urlsOf(embedded.url), {
    NEXTAUTH_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
    NEXTAUTH_URL: 'http://localhost:3000',
    DEMO_PASSWORD: makeDemoPassword(),
    PREPARED_STATEMENTS: process.env.PREPARED_STATEMENTS || 'on',
    NEXT_TELEMETRY_DISABLED: '1',
  })
  return setUp(embedded.url)
}

async function setUp(url: string) {
  const { tenantPassword, platformPassword } = runtimeUrls(url, PASSWORDS)
  await setUpRoles(url, { tenantPassword, platformPassword })
  return `${(await migrate(url)).applied.length} migrations`
}

function urlsOf(url: string) {
  const { tenant, platform } = runtimeUrls(url, PASSWORDS)
  return { DATABASE_URL: url, TENANT_DATABASE_URL: tenant, PLATFORM_DATABASE_URL: platform }
}

async function types() {
  // A route that is gone leaves its types behind; a fresh checkout has none.
  rmSync(join(root, '.next/types'), { recursive: true, force: true })
  await requireNode('next typegen', [bin('next/dist/bin/next'), 'typegen'])
  await requireNode('tsc', [bin('typescript-native/bin/tsc'), '--noEmit', '--incremental', 'false'])
}

// What takes types is asked by a linter that shares the compiler's speed; ESLint has the rest.
async function lint() {
  await requireNode('oxlint', [bin('oxlint/bin/oxlint')])
  await requireNode('eslint', [bin('eslint/bin/eslint.js'), '.'])
}

function vitest(name: string, config: string[] = []): Promise<Count> {
  const report = join(directory, 'vitest.json')
  const only = values.only ? [values.only] : []
  const args = [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...config, ...only]
  return count(name, report, readVitest, async () => (await runNode(args, { show: true })).code)
}

// After the unit tests, not beside them: both keep every core busy, and tests with time limits should not compete.
async function build() {
  if (!needsBuild()) return 'current'
  await requireNode('The build', [bin('next/dist/bin/next'), 'build'], { env: { NODE_ENV: 'production' } })
  await compressBuild()
  markBuilt()
}

// A database of its own: the integration tests leave organizations that the seeder would not sit beside.
const demoUrl = () => Object.assign(new URL(embedded!.url), { pathname: '/bulkhead_e2e' }).href
async function seedDemo() {
  await setUp(demoUrl())
  await requireNode('Seeding', script('prisma/seed/seed.ts', { server: true }), { env: urlsOf(demoUrl()) })
}

// With a provider to sign in by, open sign-up, and the mailbox page: what the journeys need and production has by settings.
async function serve() {
  const port = await freePort()
  const base = `http://localhost:${port}`
  const { CLIENT, startIdentityProvider } = await import('../e2e/support/identity-provider.ts')
  provider = await startIdentityProvider(await freePort(), [base])
  Object.assign(process.env, urlsOf(demoUrl()), { E2E_BASE_URL: base, NEXTAUTH_URL: base, ...CLIENT, OIDC_ISSUER: provider.issuer, SIGN_UP: 'open', MAILBOX: '1', TRUSTED_PROXIES: '127.0.0.1, ::1' })
  await startServer(['--port', String(port)], { env: { DEMO_MODE: '1', DATABASE_URL: '' } })
  return base
}

// Against a PostgreSQL of its own, which is killed and frozen.
function faults(): Promise<Count> {
  const report = join(directory, 'faults.json')
  return count('faults', report, (text) => JSON.parse(text) as { passed: number; failed: number }, async () => (await runNode(script('scripts/faults.ts').concat('--short', '--report', report), { show: true })).code)
}

function playwright(): Promise<Count> {
  const report = join(directory, 'playwright.json')
  const only = wantsAxe ? ['e2e/accessibility.spec.ts'] : wantsJourneys ? ['--grep', '@journey'] : values.only ? ['--grep', values.only] : []
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  return count('end to end', report, readPlaywright, async () => {
    try {
      const args = [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json', ...only]
      return (await runNode(args, { env: { ...env, CHROMIUM_PATH: findBrowser() }, show: true })).code
    } catch (error) {
      console.error((error as Error).message)
      return 1
    }
  })
}

async function cleanUp() {
  await stopAll()
  await provider?.stop()
  await embedded?.stop()
  rmSync(directory, { recursive: true, force: true })
}

onStop(async () => {
  await cleanUp()
  process.exit(130)
})
try {
  await run()
} catch (error) {
  console.error(error)
  counts.push({ name: 'test run', passed: 0, failed: 1, time: '' })
}
await cleanUp()
process.exit(summarize(counts))
