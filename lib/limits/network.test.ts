import { afterAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeVisitor } from '@/lib/testing/make-person'
import { networkOf, takeAttempt } from './limits'

afterAll(closeConnections)

test.each([
  ['203.0.113.5', '203.0.113.5'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:db8:1:2::7', '2001:db8:1:2::/64'], ['2001:db8::7', '2001:db8:0:0::/64'], ['2001:0DB8:0001:0002::7', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'], ['::', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'], ['64:ff9b::203.0.113.5', '64:ff9b:0:0::/64'], ['somebody@example.com', 'somebody@example.com'], ['', ''],
])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network))

describe('a visitor with a whole /64', () => {
  const take = (ip: string) => takeAttempt('address', ip).then(() => 'taken', (error: { code: string }) => error.code)

  test('gets the attempts of one, however many addresses they use', async () => {
    const prefix = makeVisitor().ip!.replace(/::1$/, '')
    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => take(`${prefix}:${(at + 1).toString(16)}:0:0:${at}`)))
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(20)
    expect(await take(makeVisitor().ip!)).toBe('taken')
  })
})
