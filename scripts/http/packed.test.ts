import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressBuild } from '../compress.ts'
import { packedFiles } from './packed.ts'

const directory = mkdtempSync(join(tmpdir(), 'packed-'))
const script = 'console.log("a script of a build");'.repeat(200)
let server: Server

beforeAll(async () => {
  mkdirSync(join(directory, 'chunks'))
  writeFileSync(join(directory, 'chunks/a.js'), script)
  writeFileSync(join(directory, 'chunks/tiny.js'), '1')
  writeFileSync(join(directory, 'chunks/a.css'), 'p{margin:0}'.repeat(200))
  await compressBuild(directory)
  const answer = packedFiles(directory)
  server = createServer((incoming, response) => void (answer(incoming, response) || response.writeHead(404).end()))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  rmSync(directory, { recursive: true })
})

const get = (path: string, accept: string, method = 'GET') =>
  new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
    request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path, method, headers: { 'Accept-Encoding': accept } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) }))
    }).on('error', reject).end()
  })

test('a script comes packed where that is taken, for good, and is the same script', async () => {
  const { status, headers, body } = await get('/_next/static/chunks/a.js', 'gzip, deflate, br')
  expect(status).toBe(200)
  expect(headers).toMatchObject({ 'content-encoding': 'br', 'content-type': 'application/javascript; charset=UTF-8', 'cache-control': 'public, max-age=31536000, immutable', vary: 'Accept-Encoding', 'content-length': String(body.length) })
  expect(brotliDecompressSync(body).toString()).toBe(script)
  expect((await get('/_next/static/chunks/a.css', 'br')).headers['content-type']).toBe('text/css; charset=UTF-8')
  expect(await get('/_next/static/chunks/a.js', 'br', 'HEAD')).toMatchObject({ status: 200, body: Buffer.alloc(0) })
})

test.each([
  ['/_next/static/chunks/a.js', 'gzip'], ['/_next/static/chunks/a.js', 'gzip, br;q=0'], ['/_next/static/chunks/a.js', ''], ['/_next/static/chunks/tiny.js', 'br'], ['/_next/static/chunks/none.js', 'br'],
  ['/_next/static/../static/chunks/a.js', 'br'], ['/_next/static/chunks/%2e%2e/chunks/a.js', 'br'], ['/chunks/a.js', 'br'], ['/_next/static/chunks/a.js.br', 'br'],
])('%s for a browser that takes "%s" is left to the application', async (path, accept) => expect((await get(path, accept)).status).toBe(404))

test('a directory without a build answers for nothing', async () => {
  expect(packedFiles(join(directory, 'none'))({ method: 'GET', url: '/_next/static/chunks/a.js', headers: { 'accept-encoding': 'br' } } as IncomingMessage, {} as never)).toBe(false)
})
