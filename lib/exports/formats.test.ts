import { unzipSync } from 'fflate'
import { parse } from 'csv-parse/sync'
import readXlsx from 'read-excel-file/node'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { guardText, joinNames, splitNames, unguardText, type Column, type ExportRow } from './cells'
import { type Format, write } from './formats'

const columns: Column[] = [{ key: 'name', label: '=Name', kind: 'text' }, { key: 'count', label: 'Count', kind: 'number' }, { key: 'day', label: 'Day', kind: 'day' }, { key: 'at', label: 'At', kind: 'instant' }]
const HOSTILE = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '  "=1', "'=1", "''=1", '＝1', '＋1', '－1', '＠1', '\u00a0=1', '=HYPERLINK("https://evil.example")', '=cmd|"/c calc"!A1']
const HARMLESS = ['plain', 'a,b', 'say "so"', 'two\nlines', 'Ünïcödé 漢字 🙂', '<b>&amp;</b>', "o'clock", 'a=b', 'x\u0001y']
const rows: ExportRow[] = [...HOSTILE, ...HARMLESS].map((name, at) => ({ name, count: at % 2 ? -at : at, day: new Date('2026-02-28'), at: new Date('2026-02-28T12:34:56Z') }))
rows.push({ name: null, count: null, day: null, at: null })

async function* pages() {
  yield rows.slice(0, 5)
  yield rows.slice(5)
}
const file = (format: Format) => buffer(write(format, columns, pages(), 'Tasks/=1'))

describe('opened by readers of other people', () => {
  test('CSV: no cell begins like a formula, and what was written is read', async () => {
    const content = await file('csv')
    const table = parse(content, { bom: true }) as string[][]
    expect(table).toHaveLength(rows.length + 1)
    for (const cell of table.flat()) if (!/^-?\d+$/.test(cell)) expect(cell.replace(/^[\s"\u00a0]+/, '')).not.toMatch(/^[=+\-@＝＋－＠]/)
    expect(table.slice(1).map(([name]) => unguardText(name!))).toEqual(rows.map(({ name }) => name ?? ''))
    expect(table[1]!.slice(1)).toEqual(['0', '2026-02-28', '2026-02-28T12:34:56.000Z'])
  })

  test('XLSX: strings, numbers and days as what they are, and no formula anywhere', async () => {
    const content = await file('xlsx')
    const [{ sheet, data }] = (await readXlsx(content)) as unknown as [{ sheet: string; data: unknown[][] }]
    expect(sheet).toBe('Tasks =1')
    // The reader leaves out the last row, which is empty.
    expect(data.slice(1).map(([name]) => name)).toEqual(rows.slice(0, -1).map(({ name }) => String(name).replaceAll('\u0001', '').trim()))
    // A spreadsheet's time has no zone, so the head names it.
    expect(data[0]).toEqual(['=Name', 'Count', 'Day', 'At (UTC)'])
    expect(data[2]!.slice(1)).toEqual([-1, new Date('2026-02-28'), new Date('2026-02-28T12:34:56Z')])
    const parts = unzipSync(content)
    for (const [name, part] of Object.entries(parts)) expect(Buffer.from(part).toString(), name).not.toMatch(/<f[ >]|externalLink|vbaProject/)
  })

  test('JSON: the same fields whatever the columns are called, and text as it is', async () => {
    const items = JSON.parse((await file('json')).toString()) as Record<string, unknown>[]
    expect(items.map(({ name }) => name)).toEqual(rows.map(({ name }) => name))
    expect(items[1]).toEqual({ name: '+1', count: -1, day: '2026-02-28', at: '2026-02-28T12:34:56.000Z' })
    expect(JSON.parse((await buffer(write('json', columns, (async function* () {})(), 'x'))).toString())).toEqual([])
  })
})

test.each([...HOSTILE, ...HARMLESS, "'", "'plain", "'''=1"])('guarding %j and taking the guard away gives it back', (text) => {
  expect(unguardText(guardText(text))).toBe(text)
})

test.each([
  ['a; b, c', ['a', 'b, c']], ['a, b', ['a', 'b']], ['a|b\nc', ['a', 'b', 'c']], ['5" pipe; 6" pipe', ['5" pipe', '6" pipe']], ['"a; b", c, d', ['a; b', 'c', 'd']],
  ['"a, b"', ['a, b']], ['"say ""a"""; b', ['say "a"', 'b']], ['"a" b; c', ['"a" b', 'c']], ['"', ['"']], [' ; , ;', [',']], ['a; a', ['a']], ['', []],
])('of the cell %j the names are %j', (cell, names) => expect(splitNames(cell)).toEqual(names))

test('names are read from a cell as they were written, and quickly whatever stands there', () => {
  const names = ['plain', 'a, b', 'a; b', '"quoted"', '5"', "it's", 'a|b', '"']
  expect(splitNames(joinNames(names))).toEqual(names)
  expect(joinNames(['Ann', 'Bo'])).toBe('Ann; Bo')
  const begun = Date.now()
  for (const text of ['"'.repeat(60_000), '";'.repeat(30_000), '"a""b;'.repeat(10_000), `"${';""'.repeat(20_000)}`, ' '.repeat(60_000), ' x'.repeat(30_000)]) splitNames(text)
  expect(Date.now() - begun).toBeLessThan(1_000)
})
