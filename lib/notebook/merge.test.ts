import { expect, test } from 'vitest'
import { type JsonObject, type Layer, mergeData, mergeLayers } from './merge'
import { writeEntrySchema } from './schema'

const layer = (data: JsonObject | null, { inherits = true, takes = true } = {}): Layer => ({ inherits, entries: data ? [{ section: 'stack', data, inherits: takes }] : [] })
const merged = (...layers: Layer[]) => mergeLayers(layers)[0]?.data

test('objects are joined name by name, the inner one wins; lists and single values replace', () => {
  expect(merged(layer({ db: { host: 'a', port: 1 }, tags: [1, 2], size: 1 }), layer({ db: { port: 2, user: 'x' }, tags: [3] }))).toEqual({ db: { host: 'a', port: 2, user: 'x' }, tags: [3], size: 1 })
  expect([mergeData({ a: { b: 1 } }, { a: 2 }), mergeData({ a: 2 }, { a: { b: 1 } }), mergeData({ a: 1 }, { a: null }), mergeData({ a: { b: 1 } }, { a: {} })]).toEqual([{ a: 2 }, { a: { b: 1 } }, { a: null }, { a: { b: 1 } }])
})

test('each value names the layer that it comes from', () => {
  const [found] = mergeLayers([layer({ db: { host: 'a', port: 1 } }), layer(null), layer({ db: { port: 2 }, none: {} })])
  expect(found!.values).toEqual([{ path: ['db', 'host'], value: 'a', at: 0 }, { path: ['db', 'port'], value: 2, at: 2 }, { path: ['none'], value: {}, at: 2 }])
})

test('a section that takes nothing from above begins anew; a level that does drops every section', () => {
  expect(merged(layer({ a: 1 }), layer({ b: 2 }, { takes: false }), layer({ c: 3 }))).toEqual({ b: 2, c: 3 })
  expect(mergeLayers([layer({ a: 1 }), { inherits: false, entries: [] }])).toEqual([])
  expect(merged(layer({ a: 1 }), layer({ b: 2 }, { inherits: false }))).toEqual({ b: 2 })
})

test('no name reaches a prototype', () => {
  const hostile = JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {"isAdmin": true}}}') as JsonObject
  const result = mergeData({ a: 1 }, hostile)
  expect([(result as { isAdmin?: boolean }).isAdmin, ({} as { isAdmin?: boolean }).isAdmin]).toEqual([undefined, undefined])
})

const entry = (data: string, section = 'stack') => writeEntrySchema.safeParse({ level: 'organization', section, data })
test.each([
  '[]', '"text"', '1', 'null', '', '{', '{"a": 1e999}', '{"a": "\\u0000"}', '{"a": "\\ud800"}', '{"__proto__": 1}', `{"a": "${'x'.repeat(65_536)}"}`,
  '{"a":'.repeat(14) + '1' + '}'.repeat(14),
])('data %.40s is refused', (data) => expect(entry(data).error?.issues[0]?.path).toEqual(['data']))
test.each(['', 'a/b', 'a'.repeat(61)])('a section %j is refused', (section) => expect(entry('{}', section).success).toBe(false))
test('an object is taken', () => expect(entry('{"a": [1, {"b": null}]}').data?.data).toEqual({ a: [1, { b: null }] }))
