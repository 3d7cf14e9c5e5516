import 'server-only'
import { createReadStream } from 'node:fs'
import { extname } from 'node:path'
import { fileTypeFromFile } from 'file-type'
import { Refusal } from '@/lib/errors'

/** Pictures that a browser shows without running anything in them. */
export const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']

// By what the content shows itself to be. Nothing that a browser would run: no HTML, no SVG, no XML.
const BINARY = new Map([
  ...PICTURES.map((mime) => [mime, ''] as const), ['image/heic', ''], ['image/tiff', ''], ['application/pdf', ''], ['application/zip', ''],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', ''], ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ''], ['application/vnd.openxmlformats-officedocument.presentationml.presentation', ''],
  ['application/vnd.oasis.opendocument.text', ''], ['application/vnd.oasis.opendocument.spreadsheet', ''], ['application/vnd.oasis.opendocument.presentation', ''],
  ['video/mp4', ''], ['video/quicktime', ''], ['audio/mpeg', ''], ['audio/mp4', ''], ['audio/x-m4a', ''], ['audio/wav', ''],
])
// Plain text shows no kind of itself: its name says it.
const TEXTS: Record<string, string> = { '.txt': 'text/plain', '.log': 'text/plain', '.md': 'text/markdown', '.csv': 'text/csv', '.tsv': 'text/tab-separated-values', '.json': 'application/json', '.jsonl': 'application/jsonl' }

export const ACCEPTED = [...BINARY.keys(), ...Object.keys(TEXTS)]

/**
 * What a file is, by its content; a name only tells one kind of text from another. @throws Refusal 415 on what is not
 * taken, and on a picture or document whose content is something else
 */
export async function typeOf(path: string, fileName: string): Promise<string> {
  const seen = await fileTypeFromFile(path)
  if (seen) {
    if (BINARY.has(seen.mime)) return seen.mime
    throw refused(`Files of the type ${seen.ext} are not taken.`)
  }
  const text = TEXTS[extname(fileName).toLowerCase()]
  if (!text) throw refused('This kind of file is not taken, or its content is not what its name says.')
  if (!(await isText(path))) throw refused('This file is called a text, but its content is none.')
  return text
}

async function isText(path: string): Promise<boolean> {
  for await (const piece of createReadStream(path, { end: 65_535 }) as AsyncIterable<Buffer>) if (piece.includes(0)) return isUtf16(piece)
  return true
}

const isUtf16 = (piece: Buffer) => (piece[0] === 0xff && piece[1] === 0xfe) || (piece[0] === 0xfe && piece[1] === 0xff)
const refused = (why: string) => new Refusal(415, 'type_not_taken', `${why} Taken are pictures, PDF, office documents, text, sound, video and ZIP.`)
