import { expect, test } from 'vitest'
import bcrypt from 'bcryptjs'
import { hashPassword, verifyPassword } from './hash'

const argon = async (password: string) => ({ hash: await hashPassword(password), algorithm: 'argon2id' })

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
  expect(await verifyPassword(await argon(stored), given)).toBe(expected)
})

test('nobody is let in without a stored hash, and a broken hash lets nobody in', async () => {
  expect(await verifyPassword(null, 'a password that nobody has')).toBe(false)
  expect(await verifyPassword({ hash: 'not a hash', algorithm: 'argon2id' }, 'anything')).toBe(false)
})

test('an imported bcrypt hash verifies, and never by its first 72 bytes alone', async () => {
  const imported = { hash: await bcrypt.hash('an imported pass phrase', 6), algorithm: 'bcrypt' }
  expect(await verifyPassword(imported, 'an imported pass phrase')).toBe(true)
  expect(await verifyPassword(imported, 'an imported pass phrasE')).toBe(false)
  const long = { hash: await bcrypt.hash('x'.repeat(72), 6), algorithm: 'bcrypt' }
  expect(await verifyPassword(long, 'x'.repeat(73))).toBe(false)
})
