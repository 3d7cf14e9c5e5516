import { describe, expect, test } from 'vitest'
import { OutlineError, parseOutline, stepCount, textOf } from './outline'

const read = (text: string, kind: 'task' | 'checklist' | 'workflow' = 'workflow') => parseOutline(text, kind, 50)

describe('parseOutline', () => {
  test('lines are tasks, dashes subtasks, > descriptions, and marks stand at the end', () => {
    const content = read('Design the page !HIGH ~1h 30m\n> Two columns.\n>\n> Quiet colours.\n  - Sketch\n  - Review ~quick\n\nBuild it ~2d (after 1) !low\nPublish (after 1, 2, 2)')
    expect(content).toEqual({
      tasks: [
        { title: 'Design the page', priority: 'high', estimateMinutes: 90, description: 'Two columns.\n\nQuiet colours.', subtasks: [{ title: 'Sketch' }, { title: 'Review', estimateMinutes: 15 }] },
        { title: 'Build it', priority: 'low', estimateMinutes: 960, after: [0] },
        { title: 'Publish', after: [0, 1] },
      ],
    })
    expect(stepCount(content)).toBe(5)
  })

  test.each([
    ['', 'workflow', 'Write at least one line.'],
    ['- alone', 'workflow', 'Line 1: a subtask follows its task.'],
    ['> alone', 'workflow', 'Line 1: a description follows its task.'],
    ['One\nTwo', 'task', 'Line 2: one task is all. Put a dash before its subtasks, or make a workflow.'],
    ['One\n- part', 'checklist', 'Line 2: a checklist has one level. Leave out the dash.'],
    ['One (after 1)', 'workflow', 'Line 1: “after” names tasks above it, by their place: 1 is the first.'],
    ['One\nTwo (after 1)', 'checklist', 'Line 2: only tasks of a workflow wait for others.'],
    ['One !soon', 'workflow', 'Line 1: the priority is one of critical, urgent, high, medium, low.'],
    ['One ~soon', 'workflow', 'Line 1: an estimate is such as ~2h, ~1h 30m, ~3d or ~medium.'],
    ['a'.repeat(201), 'workflow', 'Line 1: a title may have at most 200 characters.'],
    ['One\n-', 'workflow', 'Line 2: it has no title.'],
    ['x\n'.repeat(51), 'checklist', 'Line 51: a template has at most 50 tasks and subtasks.'],
    [`One\n> ${'a'.repeat(2001)}`, 'workflow', 'Line 2: a description has at most 2,000 characters.'],
  ] as const)('%.12j as a %s is refused: %s', (text, kind, sentence) => expect(() => read(text, kind)).toThrow(new OutlineError(sentence)))
})

test.each([
  'Plain', '- begins with a dash', '> begins like a quotation', '\\ begins with a stroke', 'ends like !high', 'ends like ~2h', 'ends like (after 1)',
  'ends with a stroke \\', 'Shout !', 'About ~ five',
])('what textOf writes of %j is read as it was', (title) => {
  const content = { tasks: [{ title: 'First' }, { title, description: 'One\n\nTwo', priority: 'urgent' as const, estimateMinutes: 125, after: [0], subtasks: [{ title }, { title, estimateMinutes: 15 }] }] }
  expect(read(textOf(content))).toEqual(content)
})
