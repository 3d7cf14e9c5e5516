import type { Removed } from './offboarding'

/** "Kit Rowe was removed. 22 open tasks went to you, 1 private project to Felix Baum; 3 open tasks that they cannot see wait without anyone." */
export function describeRemoval({ name, isMe, hadLeft, tasksLeft, handed }: Removed, names: Map<string, string>): string {
  const count = (how: number, one: string) => `${how.toLocaleString('en')} ${how === 1 ? one : one.replace(/project|task/, '$&s')}`
  const first = hadLeft ? `What ${name} left behind is handed over.` : isMe ? 'You have left.' : `${name} was removed.`
  const went = handed.map(({ what, count: how, to }, index) => `${count(how, what)} ${index === 0 ? 'went ' : ''}to ${names.get(to ?? '') ?? 'somebody'}`).join(', ')
  const isSent = handed.some(({ what }) => what === 'open task')
  const left = tasksLeft > 0 ? `${count(tasksLeft, 'open task')} ${isSent ? 'that they cannot see ' : ''}${tasksLeft === 1 ? 'waits' : 'wait'} without anyone` : ''
  const rest = [went, left].filter(Boolean).join('; ')
  return rest ? `${first} ${rest}.` : first
}
