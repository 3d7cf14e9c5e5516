import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limitTime } from './patience.ts'

const MS = 300
const server = createServer((request, response) => {
  limitTime(request, response, { formMs: MS, silenceMs: MS })
  let length = 0
  request.on('data', (piece: Buffer) => (length += piece.length))
  request.on('end', () => setTimeout(() => response.end(`got ${length}`), request.url!.includes('slow') ? 2 * MS : 0))
})
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())

/** Sends the head, then a byte every `everyMs`; resolves to all that came back when the connection is over. */
async function send(path: string, { bytes, everyMs }: { bytes: number; everyMs: number }): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let answer = ''
  socket.on('data', (piece) => (answer += piece))
  socket.on('error', () => undefined)
  const over = new Promise((resolve) => socket.on('close', resolve))
  socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 10\r\n\r\n`)
  for (let sent = 0; sent < bytes && !socket.destroyed; sent++) {
    await wait(everyMs)
    socket.write('x')
  }
  await over
  return answer
}

test.each([
  ['a form in time', '/sign-in', { bytes: 10, everyMs: 5 }, /200 OK[^]*got 10/],
  ['a form that drips', '/sign-in', { bytes: 10, everyMs: MS / 4 }, /^HTTP\/1\.1 408 /],
  ['a form that never ends', '/sign-in', { bytes: 1, everyMs: 5 }, /^HTTP\/1\.1 408 /],
  ['a form whose answer takes long', '/slow', { bytes: 10, everyMs: 5 }, /200 OK[^]*got 10/],
  ['an upload that takes long', '/api/v1/archives', { bytes: 10, everyMs: MS / 4 }, /200 OK[^]*got 10/],
  ['an upload whose answer takes long', '/api/v1/archives?slow', { bytes: 10, everyMs: 5 }, /200 OK[^]*got 10/],
  ['an upload that falls silent', '/api/v1/archives', { bytes: 3, everyMs: 5 }, /^$/],
])('%s', async (_, path, manner, expected) => {
  expect(await send(path, manner)).toMatch(expected)
})
