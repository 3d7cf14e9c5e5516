import 'server-only'
import type { Readable } from 'node:stream'
import { env } from '@/lib/env'
import { DiskStore } from './disk-store'
import { S3Store } from './s3-store'

export type StoredFile = { key: string; modifiedAt: Date }

/** Where bytes lie. Keys are made by `newFileKey` (lib/files/keys); nobody may be given a file by its key alone. */
export interface FileStore {
  /** Moves a finished temporary file in: afterwards it is there whole, or not at all. */
  put(key: string, file: { path: string; sizeBytes: number; sha256: string }): Promise<void>
  /** Null when there is none. */
  read(key: string): Promise<Readable | null>
  /** Nothing happens when there is none. */
  delete(key: string): Promise<void>
  /** All of them, by key. */
  list(): AsyncIterable<StoredFile>
}

let opened: FileStore | undefined

/** The store that the settings name, for this process. */
export function fileStore(): FileStore {
  return (opened ??= env().FILES_S3_ENDPOINT ? new S3Store(env()) : new DiskStore(env().FILES_DIRECTORY))
}
