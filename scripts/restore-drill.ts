// npm run restore-drill [-- --directory D] [-- --keep]: takes a backup, restores it beside, compares everything. Exit code 1 when something differs.
import { parseArgs } from 'node:util'
import { command } from './command.ts'
import { drill } from './database/drill.ts'
import { withServer } from './database/server.ts'
import { writeMissingSettings } from './settings.ts'

await command(async () => {
  const { values } = parseArgs({ options: { directory: { type: 'string', default: '.data/backups' }, keep: { type: 'boolean', default: false } } })
  writeMissingSettings()
  return withServer(async (url) => {
    const { tables, sizeBytes, seconds, different } = await drill(url, values.directory, { isKept: values.keep })
    console.log(`${tables} tables, ${(sizeBytes / 1e6).toFixed(1)} MB, ${seconds.toFixed(1)} s: ${different.length === 0 ? 'restored as it is' : `DIFFERENT: ${different.join(', ')}`}`)
    return different.length === 0 ? 0 : 1
  })
})
