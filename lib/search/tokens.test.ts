import { expect, test } from 'vitest'
import { tokenize, weighTokens } from './tokens'

test.each([
  ['Order bulk salt', ['order', 'bulk', 'salt']],
  ['The crews of the cities', ['crew', 'city']],
  ['Planning planned plans', ['plann', 'plann', 'plan']],
  ['Ünïcödé ÄÖ', ['unicode', 'ao']],
  ['bus class this is', ['bus', 'class']],
  ['red bed', ['red', 'bed']],
  ['a-b c_d x', []],
  ['𠀀 𠀀𠀁', ['𠀀𠀁']],
  ['日本語 テスト', ['日本語', 'テスト'.normalize('NFKD').replace(/\p{M}/gu, '')]],
  ['x'.repeat(40), ['x'.repeat(32)]],
])('%j is indexed as %j', (text, tokens) => {
  expect(tokenize(text)).toEqual(tokens)
})

test('a word weighs 4 in the title, 3 in a label, 1 in the body, once each', () => {
  expect(Object.fromEntries(weighTokens({ title: 'salt salt', labels: ['salt'], body: 'salt pepper' }))).toEqual({ salt: 8, pepper: 1 })
})
