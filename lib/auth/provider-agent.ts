import http from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import type { Socket } from 'node:net'

const DEADLINE_MS = 5_000
const WATCH_MS = 50
const MAX_BYTES = 1_048_576

/**
 * How providers are spoken to: no answer may take longer than the deadline in all, or be larger than a megabyte. The timeout of
 * the client library only notices silence, so a provider that sends a byte a second would hold a sign-in, and its memory, for ever.
 */
export function providerHttpOptions(issuer: string) {
  return { timeout: 3_500, agent: issuer.startsWith('https:') ? httpsAgent : httpAgent }
}

class GuardedHttpAgent extends http.Agent {
  override createConnection(options: http.ClientRequestArgs, ready?: (error: Error | null, stream: Duplex) => void) {
    return guarded(super.createConnection(options, ready))
  }
}

class GuardedHttpsAgent extends https.Agent {
  override createConnection(options: https.RequestOptions, ready?: (error: Error | null, stream: Duplex) => void) {
    return guarded(super.createConnection(options, ready))
  }
}

function guarded<S extends Duplex | null | undefined>(stream: S): S {
  if (!stream) return stream
  const socket = stream as unknown as Socket
  const until = Date.now() + DEADLINE_MS
  const watch = setInterval(() => {
    if (Date.now() > until || socket.bytesRead > MAX_BYTES) socket.destroy(new Error('The provider answers too slowly or too much.'))
  }, WATCH_MS)
  socket.once('close', () => clearInterval(watch))
  return stream
}

const httpAgent = new GuardedHttpAgent({ keepAlive: false })
const httpsAgent = new GuardedHttpsAgent({ keepAlive: false })
