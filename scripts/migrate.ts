import { parseArgs } from 'node:util'
import { command } from './command.ts'
import { migrate } from './database/migrate.ts'
import { setUpRoles } from './database/roles.ts'
import { withServer } from './database/server.ts'
import { runtimeUrls, writeMissingSettings } from './settings.ts'

// npm run db:migrate [-- --statement-per-message]: roles and migrations, on the server of DATABASE_URL or the built-in one.
await command(async () => {
  const { values } = parseArgs({ options: { 'statement-per-message': { type: 'boolean', default: false } } })
  writeMissingSettings()
  await withServer(async (url) => {
    await setUpRoles(url, runtimeUrls(url))
    const { applied } = await migrate(url, { statementPerMessage: values['statement-per-message'] })
    console.log(applied.length > 0 ? `Applied ${applied.join(', ')}` : 'Nothing to apply: the database has every migration.')
  })
})
