// npm run backup [-- --directory D]: one dump of the database with the list of its files, kept for the console.
import { parseArgs } from 'node:util'
import { command } from './command.ts'
import { recordRun, takeBackup } from './database/backup.ts'
import { withServer } from './database/server.ts'
import { writeMissingSettings } from './settings.ts'

await command(async () => {
  const { values } = parseArgs({ options: { directory: { type: 'string', default: '.data/backups' } } })
  writeMissingSettings()
  await withServer(async (url) => {
    const startedAt = new Date()
    try {
      const { file, sizeBytes, sha256, files } = await takeBackup(url, values.directory)
      await recordRun(url, 'backup', { startedAt, success: true, sizeBytes, note: `It names ${files} files.` })
      console.log(`${file}\n${(sizeBytes / 1e6).toFixed(1)} MB, sha256 ${sha256}\n${files} files are listed in ${file}.files.jsonl: back up FILES_DIRECTORY or the bucket as well.`)
    } catch (error) {
      await recordRun(url, 'backup', { startedAt, success: false, note: 'It did not get to its end; its own output says why.' }).catch(() => undefined)
      throw error
    }
  })
})
