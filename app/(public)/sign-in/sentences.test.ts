import { expect, test } from 'vitest'
import { endSentence, refusalSentence } from './sentences'

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'x', ' ', 'wait_1e9', 'wait_'.repeat(50)])('whatever the address says, the page says a sentence: %s', (code) => {
  expect(refusalSentence(code)).toEqual(expect.any(String))
  expect(endSentence(code)).toEqual(expect.any(String))
})

test('a code of ours has its own', () => {
  expect(refusalSentence('wait_30')).toContain('30 seconds')
  expect(refusalSentence('connect_first')).toContain('connect the provider')
  expect(endSentence('deactivated')).toContain('deactivated')
  expect([refusalSentence(''), endSentence(undefined)]).toEqual([undefined, undefined])
})
