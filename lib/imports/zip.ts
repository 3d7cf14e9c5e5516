import 'server-only'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { InvalidError } from '@/lib/errors'

/** How many parts it may have, and all that may be unpacked of it, however small it is. */
const WORKBOOK = { what: 'workbook', partsMax: 2_000, unpackedMax: 128 * 1_048_576 }

export type Zip = { has: (name: string) => boolean; read: (name: string) => AsyncIterable<Buffer>; close: () => void }

/** The parts of an archive, each unpacked as it is read and counted while it is. @throws InvalidError on a damaged or a swelling one */
export async function openZip(path: string, limits = WORKBOOK): Promise<Zip> {
  const file = await promisify<string, yauzl.Options, ZipFile>(yauzl.open)(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(() => {
    throw new InvalidError(`This ${limits.what} is damaged: it cannot be unpacked.`)
  })
  const entries = await listEntries(file, limits)
  let unpacked = 0
  async function* read(name: string): AsyncGenerator<Buffer> {
    const stream = await promisify<Entry, Readable>(file.openReadStream.bind(file) as never)(entries.get(name)!)
    for await (const piece of stream as AsyncIterable<Buffer>) {
      unpacked += piece.length
      if (unpacked > limits.unpackedMax) throw new InvalidError(`This ${limits.what} unpacks to more than is taken.`)
      yield piece
    }
  }
  return { has: (name) => entries.has(name), read, close: () => file.close() }
}

function listEntries(file: ZipFile, { what, partsMax, unpackedMax }: typeof WORKBOOK): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>()
    let [said, count] = [0, 0]
    file.on('entry', (entry: Entry) => {
      if (entries.has(entry.fileName)) return reject(new InvalidError(`This ${what} has two parts of one name.`))
      entries.set(entry.fileName, entry)
      // As the archive says of itself; one that lies fails where it unpacks to more.
      said += entry.uncompressedSize
      if (said > unpackedMax) return reject(new InvalidError(`This ${what} unpacks to more than is taken.`))
      if (++count > partsMax) return reject(new InvalidError(`This ${what} has more parts than are taken.`))
      file.readEntry()
    })
    file.on('end', () => resolve(entries))
    file.on('error', () => reject(new InvalidError(`This ${what} is damaged: it cannot be unpacked.`)))
    file.readEntry()
  })
}
