import { expect, test } from 'vitest'
import { describeCounts } from './words'

test('what a file has brought, what it would bring, and what undoing has left', () => {
  expect(describeCounts({ total: 7152, created: 7151, failed: 1 }, 'applied')).toBe('7,151 created, 1 failed')
  expect(describeCounts({ total: 7, created: 4, failed: 3 }, 'checked')).toBe('4 would be created, 3 would fail')
  expect(describeCounts({ created: 4, reversed: 3, keptEdited: 1 }, 'partly_undone')).toBe('4 created, 3 taken back, 1 kept, edited since')
  expect(describeCounts({}, 'uploaded')).toBe('none')
})
