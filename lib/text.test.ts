import { expect, test } from 'vitest'
import { line, many, optionalDay, paragraph, startOfDay, toLookup } from './text'
import { z } from 'zod'

const title = line('A title', 10)

test.each([['  a   b ', 'a b'], ['a\u0007b', 'ab'], ['a\u202eb', 'ab'], ['e\u0301', '\u00e9'], ['x'.repeat(10), 'x'.repeat(10)], ['😀'.repeat(10), '😀'.repeat(10)]])('a line %j becomes %j', (text, expected) => {
  expect(title.parse(text)).toBe(expected)
})
test.each(['', '   ', 'x'.repeat(11), 'a\0b', '\ud800', 7, null, ['a'], { a: 1 }])('a line refuses %j', (value) => {
  expect(title.safeParse(value).success).toBe(false)
})
test('a paragraph keeps its line breaks', () => {
  expect(paragraph('Text', 20).parse(' a\r\nb\n ')).toBe('a\nb')
})
test.each(['2026-02-29', '2026-13-01', '1899-12-31', '2101-01-01', '2026-1-1', 'tomorrow', '2026-01-01T00:00'])('a day refuses %j', (text) => {
  expect(optionalDay.safeParse(text).success).toBe(false)
})
test('a day is real or none', () => {
  expect(optionalDay.parse('2028-02-29')?.toISOString()).toBe('2028-02-29T00:00:00.000Z')
  expect(optionalDay.parse('')).toBeNull()
})
test('a repeated field is absent, once or many times', () => {
  const field = many(z.string(), 2)
  expect([undefined, '', 'a', ['a', 'b']].map((value) => field.parse(value))).toEqual([[], [], ['a'], ['a', 'b']])
  expect(field.safeParse(['a', 'b', 'c']).success).toBe(false)
})
test('names are compared without case and extra spaces', () => {
  expect(toLookup('  Crew   NORTH ')).toBe('crew north')
})

test.each([
  ['2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z'], ['2026-03-08', 'America/Chicago', '2026-03-08T06:00:00.000Z'], ['2026-11-01', 'America/Chicago', '2026-11-01T05:00:00.000Z'],
  ['2026-06-01', 'Australia/Adelaide', '2026-05-31T14:30:00.000Z'], ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
])('the day %s begins in %s at %s', (day, timezone, instant) => {
  expect(startOfDay(day, timezone).toISOString()).toBe(instant)
})
