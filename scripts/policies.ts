// npm run db:policies            writes prisma/policies.snapshot.sql: all that the migrations allow, for review
// npm run db:policies -- --check only compares: exit code 1 and the first difference if it is not what the migrations lead to
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSnapshot } from '@/lib/isolation/snapshot'
import { command } from './command.ts'
import { withClient } from './database/connect.ts'
import { migrate } from './database/migrate.ts'
import { withScratch } from './database/scratch.ts'
import { withServer } from './database/server.ts'
import { root } from './settings.ts'

await command(async () => {
  const file = join(root, 'prisma/policies.snapshot.sql')
  const live = await withServer((url) =>
    withScratch(url, async (scratch) => {
      await migrate(scratch)
      return withClient(scratch, (client) => readSnapshot(async (sql) => (await client.query(sql)).rows))
    }),
  )
  if (!process.argv.includes('--check')) return writeFileSync(file, live)
  const [stored, now] = [readFileSync(file, 'utf8').split('\n'), live.split('\n')]
  const at = now.findIndex((line, index) => line !== stored[index])
  if (at === -1 && stored.length === now.length) return console.log('The snapshot says what the migrations allow.')
  console.error(`prisma/policies.snapshot.sql differs at line ${at + 1}; run npm run db:policies and read the change.\n  stored: ${stored[at] ?? ''}\n  now:    ${now[at] ?? ''}`)
  return 1
})
