import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attachToTask } from '@/lib/attachments/attachments'
import { env } from '@/lib/env'
import { withFile } from '@/lib/testing/make-file'
import { makeOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { newFileKey } from './keys'
import { fileStore } from './store'
import { sweepFiles } from './sweep-files'

const directory = mkdtempSync(join(tmpdir(), 'bulkhead-sweep-'))
let database: Awaited<ReturnType<typeof useOwnDatabase>>
beforeAll(async () => {
  database = await useOwnDatabase()
  Object.assign(env(), { FILES_DIRECTORY: directory })
})
afterAll(async () => {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
})

test('bytes go with their rows and orphans after a week; rows stay, marked while their bytes are away', async () => {
  const { owner } = await makeOrganization()
  const task = await makeTask(owner, (await makeProject(owner)).id)
  const attach = (fileName: string) => withFile('content', (file) => attachToTask(owner, { taskId: task.id, fileName, file }, {}))
  const [kept, deleted, lost] = [await attach('kept.txt'), await attach('deleted.txt'), await attach('lost.txt')]
  const keyOf = async (id: string) => (await asSetup<{ key: string }>('SELECT storage_key AS key FROM attachments WHERE id = $1', [id]))[0]?.key
  const [keptKey, deletedKey, lostKey] = [await keyOf(kept.id), await keyOf(deleted.id), await keyOf(lost.id)]
  const orphan = newFileKey(owner.tenantId)
  await withFile('orphan', (file) => fileStore().put(orphan, file))
  await asSetup(`UPDATE attachments SET deleted_at = now() - interval '31 days' WHERE id = $1`, [deleted.id])
  await fileStore().delete(lostKey!)
  const isMarked = async (id: string) => (await asSetup<{ marked: boolean }>('SELECT missing_at IS NOT NULL AS marked FROM attachments WHERE id = $1', [id]))[0]?.marked

  expect(await sweepFiles()).toEqual({ deleted: 1, orphans: 0, missing: 0, found: 0 })
  expect([await keyOf(deleted.id), await fileStore().read(deletedKey!)]).toEqual([undefined, null])

  const inEightDays = new Date(Date.now() + 8 * 86_400_000)
  expect(await sweepFiles(inEightDays)).toEqual({ deleted: 0, orphans: 1, missing: 1, found: 0 })
  expect([await isMarked(kept.id), await isMarked(lost.id)]).toEqual([false, true])
  expect(await fileStore().read(orphan)).toBeNull()
  ;(await fileStore().read(keptKey!))!.destroy()

  await withFile('content', (file) => fileStore().put(lostKey!, file))
  expect(await sweepFiles(inEightDays)).toEqual({ deleted: 0, orphans: 0, missing: 0, found: 1 })
  expect(await isMarked(lost.id)).toBe(false)
})
