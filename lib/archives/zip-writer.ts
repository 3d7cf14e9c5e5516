import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { Zip, ZipDeflate } from 'fflate'
import type { Part } from './manifest'

/** Writes an archive part by part, never more than a piece of it in memory, with the checksum of each part. */
export class ZipWriter {
  private readonly out
  private readonly zip

  constructor(path: string) {
    this.out = createWriteStream(path, { mode: 0o600 })
    this.zip = new Zip((error, piece, isLast) => {
      if (error) return void this.out.destroy(error)
      this.out.write(piece)
      if (isLast) this.out.end()
    })
  }

  async add(path: string, pieces: AsyncIterable<{ bytes: Uint8Array; rows?: number }>): Promise<Part> {
    const file = new ZipDeflate(path, { level: 6 })
    this.zip.add(file)
    const hash = createHash('sha256')
    let [rows, bytes] = [0, 0]
    for await (const piece of pieces) {
      hash.update(piece.bytes)
      rows += piece.rows ?? 0
      bytes += piece.bytes.length
      file.push(piece.bytes)
      if (this.out.writableNeedDrain) await once(this.out, 'drain')
    }
    file.push(new Uint8Array(), true)
    return { path, rows, bytes, sha256: hash.digest('hex') }
  }

  async end(): Promise<void> {
    this.zip.end()
    await finished(this.out)
  }
}
