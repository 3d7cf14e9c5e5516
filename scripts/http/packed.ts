import { createReadStream, readdirSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'

const PREFIX = '/_next/static/'
const TYPES: Record<string, string> = { js: 'application/javascript; charset=UTF-8', css: 'text/css; charset=UTF-8' }

/**
 * Answers for the build's own scripts and styles, as scripts/compress.ts has packed them, where the browser takes that; false for
 * everything else, and where nothing was packed. Only names that are there when the server starts are looked up: no path is built from what was asked.
 */
export function packedFiles(directory: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const packed = new Map(list(directory).map((name) => [PREFIX + name.replaceAll('\\', '/').slice(0, -'.br'.length), join(directory, name)]))
  return (request, response) => {
    const file = request.method === 'GET' || request.method === 'HEAD' ? packed.get(request.url ?? '') : undefined
    if (!file || !/\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(request.headers['accept-encoding']?.toString() ?? '')) return false
    response.writeHead(200, { 'Content-Type': TYPES[file.slice(0, -'.br'.length).split('.').pop()!], 'Content-Encoding': 'br', 'Content-Length': statSync(file).size, 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' })
    if (request.method === 'HEAD') response.end()
    else createReadStream(file).on('error', () => response.destroy()).pipe(response)
    return true
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.br'))
  } catch {
    // Nothing has been built here.
    return []
  }
}
