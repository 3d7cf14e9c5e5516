import { expect, test } from 'vitest'
import { addDays, addMonths, daysBetween, longDay, monthName, monthOf, shortDay, weekOf } from './days'

test.each([['2026-11-22', '2026-11-16'], ['2026-11-23', '2026-11-23'], ['2027-01-01', '2026-12-28'], ['2028-02-29', '2028-02-28']])('the week of %s begins on %s', (day, monday) => {
  expect(weekOf(day)).toBe(monday)
})

test('days and months are counted over every border', () => {
  expect([addDays('2028-02-28', 1), addDays('2026-01-01', -1), addDays('2026-10-25', 1)]).toEqual(['2028-02-29', '2025-12-31', '2026-10-26'])
  expect([addMonths('2026-01-31', 1), addMonths('2026-01-01', -1), addMonths('2026-12-05', 13)]).toEqual(['2026-02-01', '2025-12-01', '2028-01-01'])
  expect([daysBetween('2026-02-27', '2026-03-02'), monthOf('2026-11-22'), monthName('2026-11-22'), shortDay('2026-01-05'), longDay('2026-12-31')]).toEqual([3, '2026-11-01', 'November 2026', '5 Jan', '31 Dec 2026'])
})
