import { expect, test } from 'vitest'
import { checkPassword, passwordProblem } from './rules'

const MARTA = { email: 'marta.silva@sentinel.example', name: 'Marta Silva', organization: 'Sentinel Research Group' }

test.each([
  ['a phrase', 'lantern orchard velvet nine', MARTA, null],
  ['128 characters', 'copper lantern '.repeat(9).slice(0, 100) + ' orchard velvet nine maple ', MARTA, null],
  ['200 characters', `${'q7 lantern #'.repeat(20)}`.slice(0, 200), {}, null],
  ['any script', 'фонарь вишня бархат девять', MARTA, null],
  ['emoji count once each', '🦊🌵🎻🧊🪁🦉🍋🚲🪴🎲🧭🛶🪶🧵🐚', {}, null],
  ['8 with a second factor', 'k7#vLq2w', { ...MARTA, hasSecondFactor: true }, null],
  ['a name in a long phrase', 'marta likes velvet lanterns', MARTA, null],
  ['14 characters', 'k7#vLq2wT!9zpR', MARTA, /at least 15/],
  ['8 without a second factor', 'k7#vLq2w', MARTA, /at least 15/],
  ['7 with a second factor', 'k7#vLq2', { hasSecondFactor: true }, /at least 8/],
  ['201 characters', 'q7 lantern #'.repeat(20).slice(0, 201), {}, /at most/],
  ['empty', '', MARTA, /at least 15/],
  ['spaces only', ' '.repeat(20), MARTA, /first things/],
  ['a common one, doubled', 'passwordpassword', MARTA, /first things/],
  ['a common one with digits', 'password1234567', MARTA, /first things/],
  ['a keyboard row', 'qwertyuiopasdfgh', MARTA, /first things/],
  ['one repeated', 'abcabcabcabcabcabc', MARTA, /first things/],
  ['the e-mail address', 'marta.silva@sentinel.example', MARTA, /more than your name/],
  ['the organization', 'sentinel research group', MARTA, /more than your name|first things/],
  ['the product', 'bulkhead1234567', MARTA, /more than your name|first things/],
])('%s', async (_, password, context, problem) => {
  const answer = await passwordProblem(password, context)
  if (problem === null) expect(answer).toBeNull()
  else expect(answer).toMatch(problem)
})

test('no password holds the process up', async () => {
  await checkPassword('warmed up by this one')
  const began = performance.now()
  for (const piece of ['1', 'p4ssw0rd', 'ab1', '@$!|1{[(<', '20011999']) await checkPassword(piece.repeat(200).slice(0, 400))
  expect(performance.now() - began).toBeLessThan(1_500)
})

test('composed and decomposed letters are judged alike', async () => {
  const text = 'été lumière forêt hivér'
  expect(await checkPassword(text.normalize('NFD'))).toEqual(await checkPassword(text.normalize('NFC')))
})

test('a phrase is stronger than a short tangle', async () => {
  expect((await checkPassword('lantern orchard velvet nine maple')).score).toBe(4)
  expect((await checkPassword('P@ssw0rd123!!!!')).score).toBeLessThan(4)
})
