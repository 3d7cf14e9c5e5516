import type { IncomingMessage, ServerResponse } from 'node:http'
import { isUpload } from './body.ts'
import { refuse } from './guard.ts'

const FORM_MS = 60_000
const SILENCE_MS = 60_000

/** Node's own limit is for whole requests, uploads too: an archive of 2 GB over a line of 1 Mbit/s takes five hours. */
export const REQUEST_TIMEOUT_MS = 6 * 3_600_000

/**
 * How long a sender may take. A form has a minute in all (408); a file may take hours, but never a minute without a byte.
 * Milliseconds.
 */
export function limitTime(request: IncomingMessage, response: ServerResponse, { formMs = FORM_MS, silenceMs = SILENCE_MS } = {}): void {
  const { socket } = request
  if (isUpload(request)) {
    const hangUp = () => void socket.destroy()
    socket.setTimeout(silenceMs, hangUp)
    // What is done with the file afterwards may take its time.
    return void request.once('end', () => socket.setTimeout(0).off('timeout', hangUp))
  }
  const timer = setTimeout(() => {
    if (request.complete || response.headersSent) return
    response.shouldKeepAlive = false
    response.once('finish', () => socket.destroySoon())
    refuse(response, 408)
  }, formMs)
  timer.unref()
  response.once('close', () => clearTimeout(timer))
}
