import { expect, test } from 'vitest'
import { readLines } from './lines'

const short = (text: string) => readLines(text).map(({ email, role, teams }) => [email, role, ...teams])

test.each([
  ['one address', 'nora@fern.example', [['nora@fern.example', null]]],
  ['lines, empty ones too', 'a@x.example\r\n\r\n b@x.example ', [['a@x.example', null], ['b@x.example', null]]],
  ['many in a line', 'a@x.example, b@x.example; c@x.example', [['a@x.example', null], ['b@x.example', null], ['c@x.example', null]]],
  ['divided by spaces', 'a@x.example b@x.example', [['a@x.example', null], ['b@x.example', null]]],
  ['as a mail program writes it', 'Nora Vale <nora@fern.example>, "Reed, Uma" <uma@fern.example>', [['nora@fern.example', null], ['uma@fern.example', null]]],
  ['a table with a heading', 'Email,Role,Team\na@x.example,Viewer,"Office, south"\nb@x.example,,Office\nc@x.example,manager,Office,Garden', [['a@x.example', 'viewer', 'Office, south'], ['b@x.example', null, 'Office'], ['c@x.example', 'manager', 'Office', 'Garden']]],
  ['from a spreadsheet', 'a@x.example\tadmin\tOffice', [['a@x.example', 'admin', 'Office']]],
  ['what is no address', 'nobody', [['nobody', null]]],
])('%s', (_, text, expected) => expect(short(text)).toEqual(expected))

test('a role that is none is told, not taken for another', () => {
  expect(readLines('a@x.example,king')).toMatchObject([{ isKnown: false }])
})

test('a long line without sense takes no time', () => {
  const began = performance.now()
  readLines('"'.repeat(30_000) + ','.repeat(30_000))
  readLines('<'.repeat(60_000))
  expect(performance.now() - began).toBeLessThan(500)
})
