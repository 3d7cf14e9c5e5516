import { createReadStream } from 'node:fs'
import { InvalidError } from '@/lib/errors'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
export const ENCODING_NAMES: Record<Encoding, string> = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16', 'utf-16be': 'UTF-16', 'windows-1252': 'Windows-1252' }

// What Windows-1252 leaves open: a file that holds one of these is in none of the encodings we know.
const UNDEFINED_BYTES = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])

/** By the mark at the beginning, else UTF-8 if all of it is, else Windows-1252. @throws InvalidError with the place of a byte that is none of them, or of a NUL */
export async function detectEncoding(path: string): Promise<Encoding> {
  let offset = 0
  let isUtf8 = true
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let open: number | null = null
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    if (offset === 0 && piece[0] === 0xff && piece[1] === 0xfe) return 'utf-16le'
    if (offset === 0 && piece[0] === 0xfe && piece[1] === 0xff) return 'utf-16be'
    const nul = piece.indexOf(0)
    if (nul >= 0) throw new InvalidError(`This is no text: byte ${offset + nul} is zero.`)
    if (isUtf8) {
      try {
        decoder.decode(piece, { stream: true })
      } catch {
        isUtf8 = false
      }
    }
    const strange: number = open === null ? piece.findIndex((byte) => UNDEFINED_BYTES.has(byte)) : -1
    if (strange >= 0) open = offset + strange
    offset += piece.length
  }
  try {
    if (isUtf8) decoder.decode()
  } catch {
    isUtf8 = false
  }
  if (!isUtf8 && open !== null) throw new InvalidError(`The letters of this file cannot be read: byte ${open} is neither UTF-8 nor Windows-1252. Save it as UTF-8 and try again.`)
  return isUtf8 ? 'utf-8' : 'windows-1252'
}

/** The text of a file, piece by piece, without the mark at its beginning. */
export async function* readText(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}
