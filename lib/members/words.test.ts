import { expect, test } from 'vitest'
import { describeRemoval } from './words'

test('a removal says who has got what, and what waits', () => {
  const removed = { name: 'Kit Rowe', isMe: false, hadLeft: false, tasksLeft: 3, handed: [{ what: 'private project', count: 1, to: 'f' }, { what: 'open task', count: 22, to: 'a' }] }
  const names = new Map([['a', 'you'], ['f', 'Felix Baum']])
  expect(describeRemoval(removed, names)).toBe('Kit Rowe was removed. 1 private project went to Felix Baum, 22 open tasks to you; 3 open tasks that they cannot see wait without anyone.')
  expect(describeRemoval({ ...removed, handed: [], tasksLeft: 1 }, names)).toBe('Kit Rowe was removed. 1 open task waits without anyone.')
  expect(describeRemoval({ ...removed, tasksLeft: 0, handed: [{ what: 'private project in the trash', count: 2, to: 'f' }, { what: 'project in the trash', count: 1, to: 'a' }] }, names)).toBe('Kit Rowe was removed. 2 private projects in the trash went to Felix Baum, 1 project in the trash to you.')
  expect(describeRemoval({ ...removed, isMe: true, handed: [], tasksLeft: 0 }, names)).toBe('You have left.')
})
