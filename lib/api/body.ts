import 'server-only'
import { Refusal } from '@/lib/errors'

const BODY_MAX = 256 * 1024

/** The body as text. @throws Refusal 413 beyond 256 KB */
export async function readText(request: Request): Promise<string> {
  const [parts, decoder] = [[] as string[], new TextDecoder('utf-8', { fatal: false })]
  let size = 0
  for await (const chunk of (request.body ?? new Blob([]).stream()) as unknown as AsyncIterable<Uint8Array>) {
    if ((size += chunk.byteLength) > BODY_MAX) throw new Refusal(413, 'too_large', 'A body has at most 256 KB.')
    parts.push(decoder.decode(chunk, { stream: true }))
  }
  return parts.join('') + decoder.decode()
}
