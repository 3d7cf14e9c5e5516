import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password'

test('argon2id with at least 19 MiB and two passes', async () => {
  expect(await hashPassword('a long enough phrase')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test.each([
  ['the same', 'pässword with ümlauts', 'pässword with ümlauts', true],
  ['composed and decomposed letters', 'é'.normalize('NFC'), 'é'.normalize('NFD'), true],
  ['128 characters', 'x'.repeat(128), 'x'.repeat(128), true],
  ['other by its last of 128', `${'x'.repeat(127)}a`, `${'x'.repeat(127)}b`, false],
  ['one more than allowed', 'x'.repeat(200), 'x'.repeat(201), false],
  ['another case', 'Password', 'password', false],
  ['with a space after', 'password', 'password ', false],
  ['empty', 'password', '', false],
])('%s', async (_, stored, given, expected) => {
  expect(await verifyPassword(await hashPassword(stored), given)).toBe(expected)
})

test('nobody is let in without a stored hash, and a broken hash lets nobody in', async () => {
  expect(await verifyPassword(null, 'a password that nobody has')).toBe(false)
  expect(await verifyPassword('not a hash', 'anything')).toBe(false)
})
