import 'server-only'
import { createHash } from 'node:crypto'
import { InvalidError } from '@/lib/errors'
import { openZip, type Zip } from '@/lib/imports/zip'
import { isUuid } from '@/lib/uuid'
import type { Row } from './ids'
import { type Manifest, manifestSchema, type Part } from './manifest'

const LIMITS = { what: 'archive', unpackedMax: 20_000_000_000, partsMax: 250_000 }
const MANIFEST_MAX = 64 * 1_048_576
/** One row, and so many at a time as are put into one statement. */
const LINE_MAX = 1_048_576
const BATCH_MAX = 4 * 1_048_576

/** An archive whose manifest has been read. `rows` and `file` check what they give against it. */
export type Archive = { manifest: Manifest; has: (part: Part) => boolean; rows: (table: string, size: number) => AsyncGenerator<Row[]>; file: (part: Part) => AsyncGenerator<Buffer>; close: () => void }

/** @throws InvalidError when this is no archive of an organization, or of another release */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openZip(path, LIMITS)
  try {
    const manifest = await readManifest(zip)
    return { manifest, close: zip.close, has: ({ path }) => zip.has(path), rows: (table, size) => rowsOf(zip, manifest.tables[table], size), file: (part) => checked(zip, part) }
  } catch (error) {
    zip.close()
    throw error
  }
}

/** Compares every part of an archive with what its manifest says. Answers the paths of those that differ. */
export async function checkArchive({ manifest, file }: Archive): Promise<string[]> {
  const damaged: string[] = []
  for (const part of [...Object.values(manifest.tables), ...manifest.files]) {
    try {
      for await (const piece of file(part)) void piece
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error
      damaged.push(part.path)
    }
  }
  return damaged
}

async function readManifest(zip: Zip): Promise<Manifest> {
  if (!zip.has('manifest.json')) throw new InvalidError('This is no archive of an organization: it has no manifest.')
  let text = ''
  for await (const piece of zip.read('manifest.json')) {
    text += piece.toString()
    if (text.length > MANIFEST_MAX) throw new InvalidError('The manifest of this archive is too large.')
  }
  const parsed = manifestSchema.safeParse(parseJson(text))
  if (!parsed.success) throw new InvalidError('This archive was not made here, or by a release that this one cannot read.')
  return parsed.data
}

async function* checked(zip: Zip, part: Part): AsyncGenerator<Buffer> {
  const damaged = () => new InvalidError(`This archive is damaged: ${part.path} is not what it was.`)
  if (!zip.has(part.path)) throw damaged()
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const piece of zip.read(part.path)) {
      hash.update(piece)
      bytes += piece.length
      yield piece
    }
  } catch (error) {
    throw error instanceof InvalidError ? error : damaged()
  }
  if (bytes !== part.bytes || hash.digest('hex') !== part.sha256) throw damaged()
}

// Lines are cut here and not by a library: each is measured before it is put together.
async function* linesOf(pieces: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  let begun: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    let at = 0
    for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, at)) {
      yield Buffer.concat([...begun, piece.subarray(at, end)])
      begun = []
      size = 0
      at = end + 1
    }
    const rest = piece.subarray(at)
    size += rest.length
    if (size > LINE_MAX) throw new InvalidError(`This archive is damaged: ${path} has a row without an end.`)
    if (rest.length > 0) begun.push(rest)
  }
  if (size > 0) yield Buffer.concat(begun)
}

async function* rowsOf(zip: Zip, part: Part | undefined, most: number): AsyncGenerator<Row[]> {
  if (!part) return
  let rows: Row[] = []
  let bytes = 0
  for await (const line of linesOf(checked(zip, part), part.path)) {
    const row = line.length === 0 ? null : parseJson(line.toString())
    if (row === null) continue
    if (typeof row !== 'object' || Array.isArray(row)) throw new InvalidError(`This archive is damaged: ${part.path} has something that is no row.`)
    if (typeof (row as Row).id !== 'string' || !isUuid((row as Row).id as string)) throw new InvalidError(`This archive is damaged: ${part.path} has a row without an id.`)
    rows.push(row as Row)
    bytes += line.length
    if (rows.length === most || bytes > BATCH_MAX) {
      yield rows
      rows = []
      bytes = 0
    }
  }
  if (rows.length > 0) yield rows
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidError('This archive is damaged: a part of it cannot be read.')
  }
}
