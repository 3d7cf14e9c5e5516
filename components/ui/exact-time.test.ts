import { expect, test } from 'vitest'
import { dateStyleOf, exactDay, exactTime } from './exact-time'

test.each([
  ['en-GB', '22 Nov 2026, 14:05', '22 Nov'],
  ['en-US', 'Nov 22, 2026, 2:05 PM', 'Nov 22'],
  ['iso', '2026-11-22 14:05', '11-22'],
] as const)('a date as %s', (style, time, day) => {
  expect(exactTime('2026-11-22T14:05:00Z', 'UTC', style)).toBe(time)
  expect(exactDay(null, 11, 22, style)).toBe(day)
})

test('midnight and noon on a clock of twelve hours', () => {
  expect(exactTime('2026-11-22T00:30:00Z', 'UTC', 'en-US')).toBe('Nov 22, 2026, 12:30 AM')
  expect(exactTime('2026-11-22T12:30:00Z', 'UTC', 'en-US')).toBe('Nov 22, 2026, 12:30 PM')
})

test('a locale that is not known is written the British way', () => {
  expect(dateStyleOf('en')).toBe('en-GB')
})
