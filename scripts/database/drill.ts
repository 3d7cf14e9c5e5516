import { rmSync } from 'node:fs'
import { checksums, recordRun, restoreBackup, takeBackup } from './backup.ts'
import { withClient } from './connect.ts'
import { readFacts } from './facts.ts'
import { openScratch } from './scratch.ts'

export type Drill = { tables: number; sizeBytes: number; seconds: number; different: string[] }

/**
 * Takes a backup, restores it into a database of its own on the same server, and compares every table and every policy, grant and
 * function with the original as it was at the moment of the backup, whoever writes meanwhile. Kept for the console.
 */
export async function drill(url: string, directory: string, { isKept = false } = {}): Promise<Drill> {
  const startedAt = new Date()
  try {
    let before: Record<string, string> = {}
    const backup = await takeBackup(url, directory, async (client) => { before = await checksums(client) })
    const scratch = await openScratch(url)
    try {
      await restoreBackup(scratch.url, backup.file)
      const [after, allowed, allowedThere] = [await withClient(scratch.url, checksums), await readFacts(url), await readFacts(scratch.url)]
      const different = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name])
      if (allowed !== allowedThere) different.push('what is allowed')
      const result = { tables: Object.keys(before).length, sizeBytes: backup.sizeBytes, seconds: (Date.now() - startedAt.getTime()) / 1_000, different }
      await recordRun(url, 'drill', { startedAt, success: different.length === 0, sizeBytes: backup.sizeBytes, note: different.length ? `Different after restoring: ${different.join(', ')}.` : `${result.tables} tables were restored as they are.` })
      return result
    } finally {
      await scratch.close()
      if (!isKept) for (const file of [backup.file, `${backup.file}.files.jsonl`]) rmSync(file, { force: true })
    }
  } catch (error) {
    await recordRun(url, 'drill', { startedAt, success: false, note: 'It did not get to its end; its own output says why.' }).catch(() => undefined)
    throw error
  }
}
