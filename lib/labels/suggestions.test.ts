import { expect, test } from 'vitest'
import { createLabelSchema } from './schema'
import { COMMON_LABELS, suggestLabels } from './suggestions'

const said = (title: string, description = '', taken: string[] = []) => suggestLabels({ title, description }, taken)

test('each label of the table can be made, and each of its words calls for it', () => {
  expect(Object.keys(COMMON_LABELS).length).toBeGreaterThanOrEqual(50)
  for (const [label, words] of Object.entries(COMMON_LABELS)) {
    expect(createLabelSchema.parse({ name: label }).name).toBe(label)
    for (const word of words.split(' ')) expect(said(`The ${word}.`), word).toContain(label)
  }
})

test('words in other forms and cases call too, the title before the description', () => {
  expect(said('CRASHES on sign-up', 'Since the migration of the invoices')).toEqual(['bug', 'migration', 'billing'])
})

test('nothing else calls, nothing is proposed twice or when it is chosen, and four are enough', () => {
  expect(said('', '')).toEqual([])
  expect(said('The builder of a tester')).toEqual([])
  expect(said('Fix the bug, the error and the crash')).toEqual(['bug'])
  expect(said('A bug in the test', '', ['bug'])).toEqual(['testing'])
  expect(said('bug test invoice deploy meeting photo hotel')).toHaveLength(4)
})
