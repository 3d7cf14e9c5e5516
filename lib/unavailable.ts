import { UnavailableError } from './errors'

const SYSTEM_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTCONN', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_SOCKET_CLOSED'])
// Prisma: cannot reach, timed out, closed, no connection in time.
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024'])
// Prisma's adapter has words instead of the codes of the system; they may come without any wrapping.
const ADAPTER_KINDS = new Set(['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout', 'TooManyConnections', 'TlsConnectionError'])
const MESSAGES = /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|connection ended unexpectedly|connection is not queryable|not queryable|unable to start a transaction in the given time|server closed the connection|can't reach database server|operation has timed out/i

/**
 * Whether an error says that PostgreSQL cannot be reached now: refused, cut off, shutting down or starting up (class 57P),
 * out of connections, memory or disk (class 53), too slow or locked for too long (57014, 55P03), connection exceptions (class 08). Looks through causes, since Prisma wraps.
 */
export function isUnavailable(error: unknown): boolean {
  for (let current = error, depth = 0; current && typeof current === 'object' && depth < 5; depth++) {
    if (current instanceof UnavailableError) return true
    const { code, kind, message, cause, meta, originalCode } = current as { code?: unknown; kind?: unknown; message?: unknown; cause?: unknown; meta?: { driverAdapterError?: unknown }; originalCode?: unknown }
    for (const candidate of [code, originalCode]) {
      if (typeof candidate !== 'string') continue
      if (SYSTEM_CODES.has(candidate) || PRISMA_CODES.has(candidate) || /^(57P0[1-3]|57014|55P03|53[1-4]00|08\w{3})$/.test(candidate)) return true
    }
    if (typeof kind === 'string' && ADAPTER_KINDS.has(kind)) return true
    if (typeof message === 'string' && MESSAGES.test(message)) return true
    current = meta?.driverAdapterError ?? cause
  }
  return false
}
