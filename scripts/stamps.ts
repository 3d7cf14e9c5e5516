import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withClient } from './database/connect.ts'
import { root } from './settings.ts'

const BUILD_SOURCES = ['app', 'components', 'lib', 'public', 'middleware.ts', 'instrumentation.ts', 'next.config.mjs', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json', 'prisma/schema', 'prisma/seed']
const SEED_SOURCES = ['prisma/seed', 'prisma/migrations']
const BUILD_STAMP = join(root, '.next/bulkhead-build')
const SEED_STAMP = join(root, '.data/seeded')

/** Whether the last build was made from other sources than these. The second call, after the build, says it is current. */
export function needsBuild(): boolean {
  return !existsSync(join(root, '.next/BUILD_ID')) || readStamp(BUILD_STAMP) !== hash(BUILD_SOURCES)
}

export const markBuilt = () => writeStamp(BUILD_STAMP, hash(BUILD_SOURCES))

/** Whether this database was seeded by another seed, for another schema, or on another day: demo dates are relative to today. */
export async function needsSeed(setupUrl: string): Promise<boolean> {
  return readStamp(SEED_STAMP) !== (await seedHash(setupUrl))
}

export const markSeeded = async (setupUrl: string) => writeStamp(SEED_STAMP, await seedHash(setupUrl))

async function seedHash(setupUrl: string): Promise<string> {
  const { host } = new URL(setupUrl)
  // A database that was dropped and made again has another oid, under the same name; the demo password is seeded too.
  const oid = await withClient(setupUrl, async (client) => (await client.query<{ oid: number }>('SELECT oid FROM pg_database WHERE datname = current_database()')).rows[0]?.oid)
  return hash(SEED_SOURCES, `${host} ${oid} ${new Date().toISOString().slice(0, 10)} ${process.env.DEMO_PASSWORD}`)
}

function hash(sources: string[], more = ''): string {
  const sum = createHash('sha256').update(more)
  for (const file of sources.flatMap((source) => files(join(root, source)))) if (!file.endsWith('.test.ts')) sum.update(file.slice(root.length)).update(readFileSync(file))
  return sum.digest('hex')
}

function files(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)))
}

const readStamp = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

function writeStamp(file: string, value: string) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o711 })
  writeFileSync(file, value)
}
