import { expect, test } from 'vitest'
import { fieldsOf, typedValues } from './payload'

function form(...entries: [string, string | Blob][]): FormData {
  const data = new FormData()
  for (const [name, value] of entries) data.append(name, value)
  return data
}

test('fields, once and repeated; the framework’s own are left out', () => {
  expect(fieldsOf(form(['title', 'a'], ['labels', '1'], ['labels', '2'], ['labels', '3'], ['$ACTION_ID', 'x']))).toEqual({ title: 'a', labels: ['1', '2', '3'] })
})

test.each([
  ['a prototype', form(['__proto__', 'x'])], ['a constructor', form(['constructor', 'x'])], ['a file', form(['title', new Blob(['x'])])], ['text', 'title=a'], ['nothing', null], ['a list', ['a']],
  ['an object inside', { title: { a: 1 } }], ['too many fields', form(...Array.from({ length: 501 }, (_, n): [string, string] => [`f${n}`, 'x']))], ['a prototype in an object', JSON.parse('{"__proto__":"x"}') as unknown],
])('%s is refused', (_, payload) => {
  expect(() => fieldsOf(payload)).toThrow(expect.objectContaining({ status: 422 }) as Error)
  expect(({} as { x?: unknown }).x).toBeUndefined()
})

test('a password is never shown again', () => {
  expect(typedValues({ title: 'a', newPassword: 'secret', n: 7 })).toEqual({ title: 'a' })
})
