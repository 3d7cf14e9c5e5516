import 'server-only'
import { Readable } from 'node:stream'
import { apiRefusal } from './answer'

type Content = { source: Readable | null; fileName: string; mime: string; sizeBytes?: number; inline?: boolean }

/**
 * Gives a file out so that nothing in it can run: never guessed at, in a sandbox, and to be saved rather than shown unless the
 * caller knows it to be a picture.
 */
export function fileAnswer({ source, fileName, mime, sizeBytes, inline = false }: Content): Response {
  if (!source) return apiRefusal(410, 'file_missing', 'The file is not there any more. Whoever runs this installation can look for it in a backup.')
  return new Response(Readable.toWeb(source) as ReadableStream, {
    headers: {
      'Content-Type': mime,
      ...(sizeBytes !== undefined && { 'Content-Length': String(sizeBytes) }),
      'Content-Disposition': `${inline ? 'inline' : 'attachment'}; filename="${fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)}`,
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
  })
}
