import { withDatabase } from '@/scripts/database/connect.ts'
import { migrate } from '@/scripts/database/migrate.ts'
import { openScratch } from '@/scripts/database/scratch.ts'
import { closeConnections } from './connections'

/**
 * Points this file's tests at a database of their own, for what would reach into the tests of other files: call it in
 * `beforeAll`, before anything reads the settings. `close` gives it back.
 */
export async function useOwnDatabase(): Promise<{ close: () => Promise<void> }> {
  const scratch = await openScratch(process.env.DATABASE_URL!)
  await migrate(scratch.url)
  const name = new URL(scratch.url).pathname.slice(1)
  for (const variable of ['TENANT_DATABASE_URL', 'PLATFORM_DATABASE_URL']) process.env[variable] = withDatabase(process.env[variable]!, name)
  process.env.DATABASE_URL = scratch.url
  return {
    close: async () => {
      await closeConnections()
      await scratch.close()
    },
  }
}
