import 'server-only'
import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { isFileKey, requireFileKey } from './keys'
import { needingRoom } from './room'
import type { FileStore, StoredFile } from './store'

const LEFT_OVER_MS = 86_400_000
const isAbsent = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Files in a directory, a folder for each organization. */
export class DiskStore implements FileStore {
  private readonly root: string

  constructor(directory: string) {
    this.root = resolve(/* turbopackIgnore: true */ process.cwd(), directory)
  }

  put(key: string, { path }: { path: string }): Promise<void> {
    const target = this.pathOf(key)
    return needingRoom(() => this.copyIn(path, target))
  }

  private async copyIn(path: string, target: string): Promise<void> {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    // Beside its place first: the temporary file may lie on another disk, and a half copied one must not be found.
    const beside = `${target}.part`
    try {
      await copyFile(path, beside, constants.COPYFILE_FICLONE)
      const file = await open(beside, 'r+')
      try {
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(beside, target)
    } catch (error) {
      // Half a copy would keep a full disk full.
      await rm(beside, { force: true })
      throw error
    }
  }

  async read(key: string): Promise<Readable | null> {
    const file = await open(this.pathOf(key), 'r').catch((error: unknown) => {
      if (isAbsent(error)) return null
      throw error
    })
    return file ? createReadStream('', { fd: file }) : null
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true })
  }

  async *list(): AsyncIterable<StoredFile> {
    for (const tenant of await namesIn(this.root)) {
      for (const name of await namesIn(join(this.root, tenant))) {
        const path = join(this.root, tenant, name)
        const facts = await stat(path).catch(() => null)
        if (!facts?.isFile()) continue
        if (isFileKey(`${tenant}/${name}`)) yield { key: `${tenant}/${name}`, modifiedAt: facts.mtime }
        // A copy that was never finished.
        else if (name.endsWith('.part') && facts.mtimeMs < Date.now() - LEFT_OVER_MS) await rm(path, { force: true })
      }
    }
  }

  private pathOf(key: string): string {
    return join(this.root, requireFileKey(key))
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).sort()
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}
