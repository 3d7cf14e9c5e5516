import { expect, test } from 'vitest'
import { domainOf, normalizeEmail } from './email'

test('an address is compared in NFC and lower case, its dots and tags kept', () => {
  expect(normalizeEmail(' Nora.Vale+Lists@Fern.Example ')).toBe('nora.vale+lists@fern.example')
  expect(normalizeEmail('no\u0308ra@fern.example')).toBe('n\u00f6ra@fern.example')
  expect(domainOf('a@fern.example')).toBe('fern.example')
})

test('what is no address, or only looks like a listed one, is none', () => {
  for (const wrong of ['', 'nora', '@fern.example', 'nora@', 'a@@fern.example', 'a@b@fern.example', 'a@fern', 'a@fern.example.', 'a@.fern.example', 'a@-fern.example', 'a@fern..example', 'a b@fern.example', 'a@fern.example\nb', 'a\0@fern.example', '<a@fern.example>', '"a"@fern.example', 'a,b@fern.example', 'a@[127.0.0.1]', 'a@f\u0435rn.example', 'a@fern\uff0eexample', 'a@\uff46ern.example', `${'a'.repeat(65)}@fern.example`, `a@${'b'.repeat(320)}.example`])
    expect(normalizeEmail(wrong), JSON.stringify(wrong)).toBeNull()
})

test('the Kelvin sign is no k, and no other letter becomes an ASCII one', () => {
  expect(normalizeEmail('kim@fern.example')).toBe('kim@fern.example')
  for (const wrong of ['\u212aim@fern.example', 'kim@lin\u212a.example', 'a\u037e@fern.example', 'a\u1fef@fern.example']) expect(normalizeEmail(wrong), wrong).toBeNull()
  // Nothing in Unicode gets past: every letter that folds to ASCII is an ASCII letter.
  const folding = Array.from({ length: 0x11000 }, (_, at) => String.fromCodePoint(at + 0x80)).filter((letter) => letter.isWellFormed() && /^[a-z0-9]+$/.test(normalizeEmail(`${letter}@fern.example`)?.split('@')[0] ?? '!'))
  expect(folding).toEqual([])
})
