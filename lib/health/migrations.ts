import 'server-only'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ask } from '@/lib/platform/ask'

// Those of this release do not change while it runs.
let known: Promise<string[]> | undefined
const ofThisRelease = () => (known ??= readdir(join(/* turbopackIgnore: true */ process.cwd(), 'prisma/migrations'), { withFileTypes: true }).then((entries) => entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()))

/** The migrations of this release that the database has not had yet. A database that is ahead serves older releases, too. */
export async function pendingMigrations(): Promise<string[]> {
  const applied = new Set((await ask<{ name: string }>('applied_migrations()')).map(({ name }) => name))
  return (await ofThisRelease()).filter((name) => !applied.has(name))
}
