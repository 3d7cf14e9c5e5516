import 'server-only'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { InvalidError, Refusal } from '@/lib/errors'
import { needingRoom } from './room'

export const FILE_LIMIT_BYTES = 10 * 1_048_576

/** A file on its way in or out, on this machine's own disk for the while. */
export type Spooled = { path: string; sizeBytes: number; sha256: string }

/**
 * Takes in bytes piece by piece, never more than the limit, and hands the finished file to `work`; whatever comes of it, the
 * temporary file is gone afterwards.
 * @throws Refusal 413 when there is more than the limit · InvalidError when there is nothing · UnavailableError when the disk is full
 */
export async function withSpooled<T>(source: Readable, work: (file: Spooled) => Promise<T>, { limitBytes = FILE_LIMIT_BYTES }: { limitBytes?: number } = {}): Promise<T> {
  return withTemporary(async (path) => {
    const hash = createHash('sha256')
    let sizeBytes = 0
    const counted = new Transform({
      transform(piece: Buffer, _, done) {
        sizeBytes += piece.length
        if (sizeBytes > limitBytes) return done(tooLarge(limitBytes))
        hash.update(piece)
        done(null, piece)
      },
    })
    await pipeline(source, counted, createWriteStream(path, { mode: 0o600 }))
    if (sizeBytes === 0) throw new InvalidError('This file is empty.')
    return work({ path, sizeBytes, sha256: hash.digest('hex') })
  })
}

/** A path that is nobody else's, removed with what lies there when `work` is over. @throws UnavailableError when the disk is full */
export function withTemporary<T>(work: (path: string) => Promise<T>): Promise<T> {
  return needingRoom(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'bulkhead-file-'))
    try {
      return await work(join(directory, 'content'))
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  })
}

const tooLarge = (limitBytes: number) => new Refusal(413, 'too_large', `A file may have at most ${Math.round(limitBytes / 1_048_576)} MB.`)
