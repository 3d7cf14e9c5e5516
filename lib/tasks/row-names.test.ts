import { expect, test } from 'vitest'
import { byNames, inOrder, tieRows } from './row-names'

type Given = [title: string, of?: { id?: string; parent?: string; on?: string[] }]
const rowsOf = (...given: Given[]) => given.map(([title, { id, parent = '', on = [] } = {}], at) => ({ line: at + 2, label: title, sourceId: id, row: { title, parent, dependsOn: on } }))
const judge = (rows: ReturnType<typeof rowsOf>, known: Parameters<typeof tieRows>[1] = new Map()) => {
  const { ties, problems } = tieRows(rows, known)
  return { ties, said: Object.fromEntries([...problems].map(([line, { message }]) => [line, message])) }
}
const task = (id: string, rest: object = {}) => ({ id, title: id, status: 'todo', parentId: null, ...rest })

test('rows are found by their number in the old system before their title, whatever the case', () => {
  const { ties, said } = judge(rowsOf(['First', { id: 'A-1' }], ['a-1'], ['Third', { parent: 'a-1', on: ['FIRST'] }]))
  expect([...ties.get(4)!.dependsOn, ties.get(4)!.parent]).toEqual([{ line: 2 }, { line: 2 }])
  expect(said).toEqual({ 4: 'A task is done after its subtasks anyway: neither waits for the other.' })
  expect(byNames(rowsOf(['Same'], ['same'])).get('same')).toEqual([2, 3])
})

test('nobody, several, itself, a subtask as parent, a closed one: each with its reason', () => {
  const known = new Map([['k-1', task('1')], ['k-2', task('2', { parentId: '1' })], ['k-3', task('3', { status: 'done' })], ['twice', null]])
  expect(judge(
    rowsOf(['A', { on: ['Nothing'] }], ['B', { on: ['B'] }], ['C', { parent: 'D' }], ['D', { parent: 'E' }], ['E'], ['F', { parent: 'K-2' }], ['G', { parent: 'k-3' }], ['H', { on: ['Twice'] }], ['I', { parent: 'K-1', on: ['k-3'] }]),
    known,
  ).said).toEqual({
    2: 'There is no task “Nothing” in this project, nor among the rows that come in.', 3: 'It names itself.',
    4: '“D” is a subtask itself, and has none of its own.', 7: '“K-2” is a subtask itself, and has none of its own.',
    8: '“k-3” is done and takes no new subtasks.', 9: 'Several tasks of this project are called “Twice”: name it by its number.',
  })
})

test('a circle of any length is refused with its way; whoever names one of it too, and nobody else', () => {
  expect(judge(rowsOf(['A', { on: ['B'] }], ['B', { on: ['C'] }], ['C', { on: ['A', 'D'] }], ['D'], ['E', { on: ['A'] }], ['F', { parent: 'E' }], ['G', { on: ['D'] }])).said).toMatchObject({
    2: expect.stringMatching(/^It would wait for itself: . → . → . → .\.$/), 3: expect.stringContaining('itself'), 4: expect.stringContaining('itself'), 6: 'It names line 2, which does not come in.', 7: 'It names line 6, which does not come in.',
  })
  expect(Object.keys(judge(rowsOf(['A', { on: ['B'] }], ['B', { on: ['A'] }], ['G'])).said)).toEqual(['2', '3'])
})

test('20,000 rows in one chain, in one circle, and all naming the one that is refused: a second at most', () => {
  const many = (name: (at: number) => string[]) => rowsOf(...Array.from({ length: 20_000 }, (_, at): Given => [`Row ${at}`, { on: name(at) }]))
  const began = performance.now()
  const chain = judge(many((at) => (at < 19_999 ? [`Row ${at + 1}`] : [])))
  expect(chain.said).toEqual({})
  expect(inOrder(chain.ties).ordered.slice(0, 2)).toEqual([2, 3])
  expect(Object.keys(judge(many((at) => [`Row ${(at + 1) % 20_000}`])).said)).toHaveLength(20_000)
  expect(Object.keys(judge(many((at) => (at < 19_999 ? [`Row ${at + 1}`] : ['Nobody']))).said)).toHaveLength(20_000)
  expect(performance.now() - began).toBeLessThan(3_000)
})
