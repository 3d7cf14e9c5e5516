import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { command } from './command.ts'
import { migrate } from './database/migrate.ts'
import { diffSchema, readSchema } from './database/schema-engine.ts'
import { withScratch } from './database/scratch.ts'
import { withServer } from './database/server.ts'
import { SettingError, root } from './settings.ts'

// npm run db:diff -- name     writes the migration that leads from the existing ones to prisma/schema
// npm run db:diff -- --check  only says whether there would be one: exit code 1 and the SQL if so
await command(async () => {
  const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true })
  const [name] = positionals
  if (!values.check && !/^[a-z][a-z0-9_]*$/.test(name ?? '')) throw new SettingError('Name the migration in snake_case: npm run db:diff -- add_projects')
  const sql = await withServer((url) =>
    withScratch(url, async (scratch) => {
      await migrate(scratch)
      return diffSchema(scratch, readSchema())
    }),
  )
  if (!sql) return console.log('Nothing changed: the migrations lead to what prisma/schema says.')
  if (values.check) {
    console.error(`prisma/schema says more than the migrations do; npm run db:diff -- <name> would write:\n\n${sql}`)
    return 1
  }
  const directory = join(root, 'prisma/migrations', `${timestamp()}_${name}`)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'migration.sql'), sql + reminder(sql))
  console.log(`Wrote ${relative(root, directory)}/migration.sql: read it, then npm run db:migrate.`)
})

// Row security is no part of the Prisma schema. A table without this call can be reached by nobody, so it is noticed.
function reminder(sql: string): string {
  const tables = [...sql.matchAll(/^CREATE TABLE "(?:(?<schema>[^"]+)"\.")?(?<table>[^"]+)"/gm)].map(({ groups }) => `${groups?.schema ?? 'public'}.${groups?.table}`)
  return tables.map((table) => `\n-- Protect ${table}: call kernel.protect_table for it, with the family of its rows.\n`).join('')
}

function timestamp(): string {
  return new Date().toISOString().replace(/\D/g, '').slice(0, 14)
}
