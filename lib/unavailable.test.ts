import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { isUnavailable } from './unavailable'

test.each([
  ['a server that hangs, as Prisma tells it', Object.assign(new Error('Raw query failed. Code: `N/A`. Message: `Operation has timed out`'), { code: 'P2010' })],
  ['a full disk', Object.assign(new Error('could not extend file'), { code: '53100' })],
  ['no memory', Object.assign(new Error('out of memory'), { code: '53200' })],
  ['a wrapped one', new Error('x', { cause: Object.assign(new Error('y'), { code: 'ECONNREFUSED' }) })],
  ['a connection that ends between two statements, as the adapter tells it', Object.assign(new Error('ConnectionClosed'), { name: 'DriverAdapterError', cause: { kind: 'ConnectionClosed' } })],
  ['the same inside of what Prisma tells', Object.assign(new Error('x'), { code: 'P2010', meta: { driverAdapterError: Object.assign(new Error('SocketTimeout'), { cause: { kind: 'SocketTimeout' } }) } })],
])('%s is the database being away', (_, error) => expect(isUnavailable(error)).toBe(true))

test('a broken rule is not', () => {
  expect(isUnavailable(Object.assign(new Error('duplicate key'), { code: '23505' }))).toBe(false)
  expect(isUnavailable(Object.assign(new Error('x'), { name: 'DriverAdapterError', cause: { kind: 'UniqueConstraintViolation' } }))).toBe(false)
})

test('a connection that was cut off on our side is, whoever writes into it next', async () => {
  const socket = new Socket().on('error', () => undefined)
  socket.destroy()
  expect(isUnavailable(await new Promise((resolve) => socket.write('x', resolve)))).toBe(true)
})
