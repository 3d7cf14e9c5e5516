import { InvalidError } from '@/lib/errors'

const MAX_BYTES = 262_144
const SIGNATURES: Record<string, (bytes: Buffer) => boolean> = {
  'image/png': (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  'image/jpeg': (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
  'image/webp': (bytes) => bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP',
}

/** A small picture from a data URL, of at most 256 kB; its bytes must be what they are said to be. @throws InvalidError */
export function readPicture(image: string): { mime: string; bytes: Uint8Array<ArrayBuffer> } {
  const [, mime = '', data = ''] = /^data:([\w/]+);base64,(.+)$/.exec(image) ?? []
  const bytes = Buffer.from(data, 'base64')
  if (bytes.length > MAX_BYTES) throw new InvalidError('Choose a picture of at most 256 kB.')
  if (!SIGNATURES[mime]?.(bytes)) throw new InvalidError('This is not a PNG, JPEG or WebP picture.')
  return { mime, bytes: new Uint8Array(bytes) }
}
