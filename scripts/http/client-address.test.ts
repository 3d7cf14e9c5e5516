import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientAddress, parseProxies } from './client-address'

const proxies = parseProxies('10.0.0.0/8, 192.168.1.7 fd00::/8')
const from = (peer: string, forwarded?: string) => clientAddress({ socket: { remoteAddress: peer }, headers: { 'x-forwarded-for': forwarded } } as unknown as IncomingMessage, proxies)

test.each([
  ['the peer', '203.0.113.5', undefined, '203.0.113.5'],
  ['a stranger is not believed', '203.0.113.5', '198.51.100.1', '203.0.113.5'],
  ['one proxy', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['two proxies', '10.1.2.3', '198.51.100.1, 192.168.1.7', '198.51.100.1'],
  ['what the client wrote itself is not reached', '10.1.2.3', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
  ['rubbish before the proxy', '10.1.2.3', 'unknown', '10.1.2.3'],
  ['IPv4 in IPv6', '::ffff:10.1.2.3', '::ffff:198.51.100.1', '198.51.100.1'],
  ['IPv6', 'fd00::1', '2001:db8::7', '2001:db8::7'],
  ['a proxy that forwards nothing', '10.1.2.3', undefined, '10.1.2.3'],
])('%s', (_, peer, forwarded, expected) => expect(from(peer, forwarded)).toBe(expected))

test('a wrong setting is said so', () => {
  expect(() => parseProxies('10.0.0.0/8, proxy.local')).toThrow(/TRUSTED_PROXIES: proxy.local/)
})
