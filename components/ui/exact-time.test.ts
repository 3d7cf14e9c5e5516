import { expect, test } from 'vitest'
import { dateStyleOf, dayOf, exactDay, exactTime, relativeTime } from './exact-time'

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

test('a day is the one of its time zone', () => {
  expect(dayOf('2026-11-22T23:30:00Z', 'UTC')).toBe('22 Nov 2026')
  expect(dayOf('2026-11-22T23:30:00Z', 'Europe/Berlin', 'iso')).toBe('2026-11-23')
  expect(dayOf('2026-11-22', 'UTC', 'en-US')).toBe('Nov 22, 2026')
})

test.each([
  [20 * 86_400, 'in 20 days'],
  [13.2 * 86_400, 'in 14 days'],
  [60 * 86_400, 'in 60 days'],
  [61 * 86_400, 'in 2 months'],
  [5 * 3_600, 'in 5 hours'],
  [-20 * 86_400, '2 weeks ago'],
])('%d seconds from now is %s', (seconds, words) => {
  const now = Date.parse('2026-11-22T12:00:00Z')
  expect(relativeTime(new Date(now + seconds * 1000).toISOString(), now)).toBe(words)
})
