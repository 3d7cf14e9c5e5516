import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'

const STATUS: Record<string, string> = { HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large', ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout', HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Content Too Large' }

/** Answers what could not be parsed as HTTP. The parser has no response object, so the reply is written by hand. */
export function answerClientError(error: Error & { code?: string }, socket: Socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  reply(socket, STATUS[error.code ?? ''] ?? '400 Bad Request')
}

/** CONNECT asks for a tunnel and has no response object either. */
export const answerConnect = (_: unknown, socket: Socket) => reply(socket, '405 Method Not Allowed')

function reply(socket: Socket, status: string) {
  // A client that hangs up while we write is no error of ours.
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nX-Request-Id: ${randomUUID()}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
