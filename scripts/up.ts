import { command, explain } from './command.ts'
import { compressBuild } from './compress.ts'
import { startEmbedded, type Embedded } from './database/embedded.ts'
import { migrate } from './database/migrate.ts'
import { setUpRoles } from './database/roles.ts'
import { dataDir, isOutside } from './database/server.ts'
import { isFree } from './ports.ts'
import { onStop, requireNode, runNode, script, startServer, stopAll } from './processes.ts'
import { cast } from '../prisma/seed/cast.ts'
import { reset } from './reset.ts'
import { mayHoldDemo, seed } from './seed.ts'
import { SettingError, checkSettings, runtimeUrls, setupUrl, writeMissingSettings } from './settings.ts'
import { markBuilt, needsBuild, needsSeed } from './stamps.ts'
import { seconds, step } from './steps.ts'
import { watchProbes } from './watch-probes.ts'

type Options = { port: number; host: string; reset: boolean; yes: boolean; dev: boolean }

const options = JSON.parse(process.argv[2] ?? '{}') as Options
const startedAt = Date.now()
let embedded: Embedded | undefined
let stopping = false

async function up() {
  if (!(await isFree(options.port, options.host))) throw new SettingError(`Port ${options.port} is taken: choose another with npm run up -- --port ${options.port + 1}`)
  await step('Settings', () => {
    const written = writeMissingSettings()
    checkSettings()
    return written.length > 0 ? `wrote ${written.join(', ')} to .env` : 'current'
  })
  if (options.reset) await step('Reset', () => reset(options))
  process.env.NEXTAUTH_URL ||= `http://localhost:${options.port}`
  await step('PostgreSQL', startDatabase)
  const url = setupUrl()
  const { tenant, platform, tenantPassword, platformPassword } = runtimeUrls(url)
  Object.assign(process.env, { TENANT_DATABASE_URL: tenant, PLATFORM_DATABASE_URL: platform })
  await step('Roles', () => setUpRoles(url, { tenantPassword, platformPassword }))
  await step('Migrations', async () => {
    const { applied } = await migrate(url)
    return applied.length > 0 ? `applied ${applied.length}` : 'current'
  })
  await step('Prisma client', async () => ((await requireNode('Generating', ['scripts/generate.mjs'])).includes('current') ? 'current' : 'generated'))
  // A database with somebody's own organizations is never given people with a printed password.
  const isDemo = await mayHoldDemo(url)
  await step('Demo organizations', async () => (!isDemo ? 'left out: this database has organizations of its own' : (await needsSeed(url)) ? await seed(url) : 'current'))
  if (!options.dev) await step('Build', build)
  await step('Server', async () => {
    // The running product has no use for the set-up connection, so it does not get it.
    const server = await startServer(['--port', String(options.port), '--host', options.host, ...(options.dev ? ['--dev'] : [])], { env: { DATABASE_URL: '' } })
    server.once('exit', (code) => void stop(`The server ended with ${code}.`))
  })
  await step('Leak probe', () => probe(url))
  introduce(isDemo)
  // Whoever asks for the probe in the product gets it from here: the server itself has no right to.
  void watchProbes(url, () => probe(url))
}

async function startDatabase(): Promise<string> {
  if (isOutside()) return `the server of DATABASE_URL, ${new URL(setupUrl()).host}`
  embedded = await startEmbedded({ dataDir })
  Object.assign(process.env, { DATABASE_URL: embedded.url, DEMO_MODE: '1' })
  // On this machine alone, mail can be read on a page, so that signing up and resetting work without a mail server.
  const isLocal = /^https?:\/\/(localhost|127\.0\.0\.1)(:|\/|$)/.test(process.env.NEXTAUTH_URL ?? '')
  if (isLocal && !process.env.SMTP_URL) process.env.MAILBOX ||= '1'
  process.env.SIGN_UP ||= 'open'
  return `${embedded.started ? 'started' : 'already running'} on ${new URL(embedded.url).host}`
}

async function build(): Promise<string> {
  if (!needsBuild()) return 'current'
  await requireNode('The build', ['node_modules/next/dist/bin/next', 'build'], { env: { NODE_ENV: 'production', DATABASE_URL: '' } })
  await compressBuild()
  markBuilt()
  return 'built'
}

async function probe(url: string): Promise<string> {
  const { code, output } = await runNode(script('scripts/isolation.ts', { server: true }), { env: { DATABASE_URL: url } })
  if (code !== 0) console.error(output)
  return code === 0 ? output.trim().split('\n').slice(-2).join('; ') : 'FAILED, see above'
}

function introduce(isDemo: boolean) {
  console.log(`\nReady in ${seconds(startedAt).trim()}: ${process.env.NEXTAUTH_URL}`)
  if (!isDemo) return
  console.log(`\nSign in as any of these, with the password ${process.env.DEMO_PASSWORD}`)
  for (const { name, email, places } of cast.filter(({ hasPassword = true }) => hasPassword)) console.log(`  ${email.padEnd(34)} ${name.padEnd(22)} ${places.map(({ organization, role }) => `${organization} (${role})`).join(', ')}`)
  if (process.env.MAILBOX === '1') console.log(`\nMail is shown at ${process.env.NEXTAUTH_URL}/mailbox: sign up, reset or invite, and look there.`)
  console.log('\nCtrl-C stops everything.')
}

async function stop(reason?: string) {
  if (stopping) return
  stopping = true
  if (reason) console.error(reason)
  await stopAll()
  await embedded?.stop()
  process.exit(reason ? 1 : 0)
}

onStop(() => stop())
await command(async () => {
  try {
    await up()
  } catch (error) {
    // A step that was cut off by Ctrl-C has nothing to say.
    if (stopping) return new Promise<void>(() => undefined)
    await stop(String(explain(error)))
  }
})
