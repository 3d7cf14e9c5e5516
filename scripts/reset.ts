import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { command } from './command.ts'
import { databaseName, withMaintenance } from './database/connect.ts'
import { dropDatabase } from './database/scratch.ts'
import { hasEmbedded, isOutside, withServer } from './database/server.ts'
import { SettingError } from './settings.ts'

/** Drops the data of the built-in database. Refuses to touch a server of somebody's own; asks unless `yes`. */
export async function reset({ yes }: { yes: boolean }): Promise<string> {
  if (isOutside()) throw new SettingError('DATABASE_URL names a server of your own, whose data is not dropped from here: drop and create the database there.')
  if (!hasEmbedded()) return 'there was nothing to drop'
  if (!yes) await confirm()
  await withServer((url) => withMaintenance(url, (client) => dropDatabase(client, databaseName(url))))
  return 'dropped the data of the built-in database'
}

async function confirm() {
  if (!process.stdin.isTTY) throw new SettingError('Nobody is there to ask: add --yes to drop the data of the built-in database.')
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question('This drops all organizations of the built-in database. Type "reset" to go on: ')
  lines.close()
  if (answer.trim() !== 'reset') throw new SettingError('Nothing was dropped.')
}

// npm run db:reset [-- --yes]
if (import.meta.main) {
  await command(async () => {
    const { values } = parseArgs({ options: { yes: { type: 'boolean', default: false } } })
    console.log(await reset(values))
  })
}
