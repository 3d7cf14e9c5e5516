import 'server-only'
import { ask } from '@/lib/platform/ask'
import { fileStore, type FileStore } from './store'

const PAGE = 1_000
/** Younger files may belong to a row that is being written, or to a database that is being restored. */
const ORPHAN_AFTER_MS = 7 * 86_400_000

export type SweptFiles = { deleted: number; orphans: number; missing: number; found: number }
type KeyRow = { storage_key: string; created_at: Date; missing: boolean | null }

/**
 * Removes the bytes of rows that are gone, and files of which no row knows; marks rows whose bytes the store does not have,
 * and clears the mark when they are back. A row is never deleted for want of its file: a store that is set up wrong, or a disk
 * that is not mounted, would take all of them along.
 */
export async function sweepFiles(now = new Date(), store: FileStore = fileStore()): Promise<SweptFiles> {
  const swept: SweptFiles = { deleted: 0, orphans: 0, missing: 0, found: 0 }
  for (const { storage_key: key } of await ask<{ storage_key: string }>('sweep_files($1)', [now])) {
    await store.delete(key)
    swept.deleted++
  }
  const isOld = (at: Date) => at.getTime() < now.getTime() - ORPHAN_AFTER_MS
  const rows = keysInRows()
  const mark = marker(now, swept)
  let row = await rows.next()
  // Both lists are in the order of their keys: walked side by side, neither is held as a whole.
  for await (const { key, modifiedAt } of store.list()) {
    while (!row.done && row.value.storage_key < key) row = (await mark(row.value, false, isOld), await rows.next())
    if (!row.done && row.value.storage_key === key) row = (await mark(row.value, true, isOld), await rows.next())
    else if (isOld(modifiedAt)) {
      await store.delete(key).catch(() => undefined)
      swept.orphans++
    }
  }
  while (!row.done) row = (await mark(row.value, false, isOld), await rows.next())
  return swept
}

function marker(now: Date, swept: SweptFiles) {
  return async ({ storage_key: key, created_at: createdAt, missing }: KeyRow, isThere: boolean, isOld: (at: Date) => boolean): Promise<void> => {
    if (missing === null || isThere === !missing || (!isThere && !isOld(createdAt))) return
    await ask('mark_files($1, $2, $3)', isThere ? [[], [key], now] : [[key], [], now])
    swept[isThere ? 'found' : 'missing']++
  }
}

async function* keysInRows(): AsyncGenerator<KeyRow, undefined> {
  for (let after = ''; ; ) {
    const page = await ask<KeyRow>('file_keys($1, $2)', [after, PAGE])
    yield* page
    if (page.length < PAGE) return undefined
    after = page.at(-1)!.storage_key
  }
}
