import { command } from './command.ts'
import { withClient } from './database/connect.ts'
import { migrate } from './database/migrate.ts'
import { setUpRoles } from './database/roles.ts'
import { withServer } from './database/server.ts'
import { requireNode, script } from './processes.ts'
import { requireSetting, runtimeUrls, writeMissingSettings } from './settings.ts'
import { markSeeded } from './stamps.ts'

/** Whether this database may hold the demo people: it is new, or they are in it already and others have signed up beside them. */
export async function mayHoldDemo(setupUrl: string): Promise<boolean> {
  // Asked as the platform role: a set-up role that is no superuser is bound by row security and would see none.
  return withClient(runtimeUrls(setupUrl).platform, async (client) => {
    const { rows } = await client.query<{ may: boolean }>('SELECT NOT EXISTS (SELECT FROM organizations WHERE NOT is_demo) OR EXISTS (SELECT FROM organizations WHERE is_demo) AS may')
    return rows[0]!.may
  })
}

/** Seeds the demo organizations into a migrated database; prints the seed's own progress. */
export async function seed(setupUrl: string): Promise<void> {
  const { tenant, platform } = runtimeUrls(setupUrl)
  const env = { DATABASE_URL: setupUrl, TENANT_DATABASE_URL: tenant, PLATFORM_DATABASE_URL: platform, DEMO_PASSWORD: requireSetting('DEMO_PASSWORD') }
  await requireNode('Seeding', script('prisma/seed/seed.ts', { server: true }), { env, show: true })
  await markSeeded(setupUrl)
}

// npm run db:seed
if (import.meta.main) {
  await command(async () => {
    writeMissingSettings()
    await withServer(async (url) => {
      await setUpRoles(url, runtimeUrls(url))
      await migrate(url)
      await seed(url)
    })
  })
}
