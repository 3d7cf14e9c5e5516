import { expect, test } from 'vitest'
import { derivedProgress, formatEstimate, parseEstimate } from './rules'

test.each([
  ['quick', 15], ['Medium', 240], ['massive', 2400], ['2.5h', 150], ['1h 30m', 90], ['1h30min', 90], ['3d', 1440], ['1w', 2400], ['1 w 2 d', 3360], ['144000m', 144_000], ['1m', 1],
  ['soon', null], ['constructor', null], ['__proto__', null], ['', null], ['h', null], ['-1h', null], ['1', null], ['144001m', null], ['0m', null], ['1h and more', null], ['9999999h', null],
])('estimate %j is %j minutes', (text, minutes) => {
  expect(parseEstimate(text)).toBe(minutes)
})

test('an estimate is written so that it reads back', () => {
  for (const minutes of [1, 15, 60, 90, 480, 2400, 2925, 144_000]) expect(parseEstimate(formatEstimate(minutes))).toBe(minutes)
})

test('progress is the mean over subtasks that are not cancelled, half rounded up', () => {
  const subtask = (status: string, progress = 0) => ({ status, progress })
  expect(derivedProgress([])).toBeNull()
  expect(derivedProgress([subtask('cancelled')])).toBeNull()
  expect(derivedProgress([subtask('done'), subtask('todo')])).toBe(50)
  expect(derivedProgress([subtask('done'), subtask('todo', 1)])).toBe(51)
  expect(derivedProgress([subtask('done'), subtask('todo'), subtask('cancelled')])).toBe(50)
})
