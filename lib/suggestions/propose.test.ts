import { expect, test } from 'vitest'
import { propose } from './propose'

const said = (description: string, known: string[] = []) => propose(description, known).map(({ kind, title }) => `${kind}: ${title}`)
const ALWAYS = ['task: Define done', 'task: Assign owner', 'task: Review after two weeks']

test('listed lines become goals and tasks: by their heading, else by a verb at their beginning', () => {
  expect(said('We open a shop.\n\n1. Rent a room;\n2) Order shelves.\n- A hundred guests a day\n\nGoals:\n* Open in May\n\nFirst steps\n- [ ] Landlord\n\nAnd that is all.\n- Paint the walls')).toEqual([
    'task: Rent a room', 'task: Order shelves', 'goal: A hundred guests a day', 'goal: Open in May', 'task: Landlord', 'task: Paint the walls', ...ALWAYS,
  ])
})

test('what is there already, or said twice, is left out', () => {
  expect(said('- Order shelves\n- order shelves!\n- Invite guests', ['Order the shelves', 'Define done', 'Review after 2 weeks'])).toEqual(['task: Invite guests', 'task: Assign owner'])
})

test.each(['', 'Only a sentence.', '-', '- \n1.'])('%j suggests only what every project needs', (description) => expect(said(description)).toEqual(ALWAYS))

test('at most 50, each a title that a task may have', () => {
  const long = propose(Array.from({ length: 80 }, (_, at) => `- word${at} ${String.fromCharCode(97 + (at % 26)).repeat(300)}`).join('\n'), [])
  expect(long.length).toBeLessThanOrEqual(50)
  expect(Math.max(...long.map(({ title }) => title.length))).toBeLessThanOrEqual(200)
})
