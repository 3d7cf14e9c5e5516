import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** The proxies of a setting such as `10.0.0.0/8, 192.168.1.7`. Throws on what is neither address nor network. */
export function parseProxies(setting: string): BlockList {
  const list = new BlockList()
  for (const entry of setting.split(/[\s,]+/).filter(Boolean)) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (!isIP(address) || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 'ipv6' ? 128 : 32)))) throw new Error(`TRUSTED_PROXIES: ${entry} is neither an address nor a network such as 10.0.0.0/8.`)
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

let known: BlockList | undefined

/** Those of this process, read once; the server asks when it starts, so that a wrong setting is no answer of 500 later. */
export const trustedProxies = () => (known ??= parseProxies(process.env.TRUSTED_PROXIES ?? ''))

/**
 * Who sent a request: the peer, or, where the peer is a proxy of ours, the last address before it in X-Forwarded-For that is
 * none. What a client writes into the header itself stands further left and is never reached.
 */
export function clientAddress({ socket, headers }: IncomingMessage, trusted = trustedProxies()): string | null {
  let address = plain(socket.remoteAddress)
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',').map((part) => plain(part.trim())).reverse()
  for (const before of forwarded) {
    if (!address || !trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') || !before) break
    address = before
  }
  return address
}

// IPv4 inside IPv6, as a dual-stack socket names it.
function plain(address: string | undefined): string | null {
  const text = address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? ''
  return isIP(text) ? text : null
}
