import type { IncomingMessage } from 'node:http'

export const BODY_LIMIT_BYTES = 1_048_576
// A file as it is, and nothing around it (lib/files/receive).
const FILE_LIMIT_BYTES = 10 * BODY_LIMIT_BYTES
// A whole organization (lib/archives/write-archive).
const ARCHIVE_LIMIT_BYTES = 2_000_000_000
// So much is read and thrown away, so that a client which listens only after sending gets its answer.
const DRAIN_LIMIT_BYTES = 16 * BODY_LIMIT_BYTES

/** Files are sent by themselves to these addresses, and taken in piece by piece; middleware.ts leaves them alone too. */
export function isUpload(request: IncomingMessage): boolean {
  return uploadLimit(request) !== undefined
}

/** How many bytes a file may have that is sent to this address; undefined where none is taken. */
export function uploadLimit({ method, url = '' }: IncomingMessage): number | undefined {
  if (method !== 'POST') return undefined
  if (/^\/api\/v1\/archives(\?|$)/.test(url)) return ARCHIVE_LIMIT_BYTES
  return /^\/api\/v1\/[a-z0-9-]+\/(attachments|imports)(\?|$)/.test(url) ? FILE_LIMIT_BYTES : undefined
}

/**
 * Takes in the whole body before the application starts, so that one too large (413; a chunked one announces no length) or
 * one that Next.js could not parse and would answer with 500 (400) never reaches it, and a slow sender holds no transaction.
 * Resolves to the status to refuse with; never resolves when the client hangs up.
 */
export function receiveBody(request: IncomingMessage): Promise<number | undefined> | undefined {
  const { headers } = request
  if (isUpload(request)) return undefined
  if (headers['transfer-encoding'] === undefined && !Number(headers['content-length'])) return undefined
  return new Promise((resolve) => {
    const pieces: Buffer[] = []
    let received = 0
    const push = request.push.bind(request)
    // The HTTP parser hands every piece to push(); reading the stream instead would leave nothing for the application.
    request.push = (piece: Buffer | null) => {
      received += piece?.length ?? 0
      if (received > BODY_LIMIT_BYTES) {
        pieces.length = 0
        resolve(413)
        if (piece === null) push(null)
        else if (received > DRAIN_LIMIT_BYTES) request.socket.destroySoon()
      } else if (piece) pieces.push(piece)
      else {
        const body = Buffer.concat(pieces)
        void isReadable(request, body).then((readable) => {
          push(body)
          push(null)
          resolve(readable ? undefined : 400)
        })
      }
      return true
    }
  })
}

// Bodies of server actions; those of the HTTP API are parsed by it.
async function isReadable({ headers }: IncomingMessage, body: Buffer): Promise<boolean> {
  const type = headers['content-type'] ?? ''
  const isCall = 'next-action' in headers
  try {
    if (/^multipart\//i.test(type)) {
      const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData()
      return !isCall || isArguments(JSON.parse(String(form.get('0'))), (id) => form.has(id) || [...form.keys()].some((name) => name.startsWith(`_${id}_`)))
    }
    return !isCall || isArguments(JSON.parse(body.toString()), (id) => id === '0')
  } catch {
    return false
  }
}

const DEPTH_MAX = 8

/**
 * Whether these can be the arguments of an action: a list, not too deep, whose `$…` strings are ones that React sends for
 * text, nothing, days, forms and things it has sent already. Anything else it would answer with an exception.
 */
function isArguments(value: unknown, has: (id: string) => boolean): boolean {
  return Array.isArray(value) && isPlain(value, has, 0)
}

function isPlain(value: unknown, has: (id: string) => boolean, depth: number): boolean {
  if (depth > DEPTH_MAX) return false
  if (typeof value === 'string') return !value.startsWith('$') || isReference(value, has)
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every((part) => isPlain(part, has, depth + 1))
}

function isReference(text: string, has: (id: string) => boolean): boolean {
  if (text.startsWith('$$') || text === '$undefined' || /^\$D\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return true
  const [, id, path] = /^\$K?([0-9a-f]+)((?::\w+)*)$/.exec(text) ?? []
  // Into itself (`$0` alone) it would never end.
  return id !== undefined && has(id) && !(id === '0' && !path) && !/:(__proto__|constructor|prototype)(:|$)/.test(path ?? '')
}
