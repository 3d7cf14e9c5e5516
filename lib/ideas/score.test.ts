import { expect, test } from 'vitest'
import { judge, linesOf, overlap, scoreOf } from './score'

const GOOD = { title: 'Heated gritting lorries', body: 'Salt stays dry in a heated lorry '.repeat(6), answers: ['The drivers lose an hour each night to clumped salt', 'By May 90 percent stays dry', '12h', 'Nothing'], titles: [] }
const failed = (change: Partial<typeof GOOD>) => judge({ ...GOOD, ...change }).filter(({ passed }) => !passed).map(({ key }) => key)
const answer = (at: number, text: string) => ({ answers: GOOD.answers.map((old, place) => (place === at ? text : old)) })
const title = (length: number) => ({ title: 'x'.repeat(length) })
const words = (count: number) => ({ body: 'word '.repeat(count) })

test.each([
  [{}, []], [title(9), ['form']], [title(10), []], [title(120), []], [title(121), ['form']], [words(29), ['form']], [words(30), []],
  [answer(0, 'one two three four five six seven eight nine'), ['problem']], [answer(0, 'one two three four five six seven eight nine ten'), []],
  [answer(1, 'It will be better'), ['measure']], [answer(1, 'Ready by Friday'), []], [answer(1, '5 fewer'), []],
  [answer(2, 'soon'), ['effort']], [answer(2, '12'), []], [answer(2, '3 days'), []], [answer(2, 'medium'), []],
])('%j fails %j', (change, keys) => expect(failed(change)).toEqual(keys))

test('each check is worth 200 and says its reason; a title with 0.6 of its words in common is not new', () => {
  expect(scoreOf(judge(GOOD))).toBe(1000)
  expect(judge(GOOD).every(({ reason }) => reason.length > 10)).toBe(true)
  expect([overlap('salt roads now', 'roads salt now'), overlap('salt roads', 'salt bridges'), overlap('', '')]).toEqual([1, 1 / 3, 0])
  const check = (isNamed: boolean) => judge({ ...GOOD, titles: [{ title: 'Gritting lorries, heated', isNamed }] })[4]
  expect(check(true)).toMatchObject({ passed: false, reason: expect.stringContaining('Gritting lorries, heated') })
  expect(check(false)!.reason).not.toContain('Gritting')
})

test.each([
  ['Order heaters. The rest follows. Train the drivers!', ['Order heaters', 'Train the drivers!']],
  ['- heaters\n2. drivers\nand so on', ['heaters', 'drivers']],
  ['It will all be better by May.', ['Title']],
  ['', ['Title']],
])('of %j come the lines %j', (second, lines) => expect(linesOf('Title', second)).toEqual(lines))
