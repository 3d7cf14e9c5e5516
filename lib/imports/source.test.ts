import { writeFileSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { withTemporary } from '@/lib/files/receive'
import { previewOf } from './preview'
import { openSource, readSource, type SourceRow } from './source'
import { dayFormatsOf, readDay, suggestChoice } from './values'

type Content = string | Uint8Array
async function read(content: Content, name = 'list.csv') {
  return withTemporary(async (path) => {
    writeFileSync(path, content)
    const source = await openSource(path, name)
    const rows: SourceRow[] = []
    for await (const row of readSource(source)) rows.push(row)
    return { format: source.format, encoding: source.encoding, rows, cells: rows.map(({ cells }) => cells) }
  })
}
const preview = (content: Content, name = 'list.csv') => withTemporary(async (path) => { writeFileSync(path, content); return previewOf(await openSource(path, name)) })

const SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
function workbook(sheet: string, more: Record<string, string> = {}): Uint8Array {
  const parts = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    'xl/workbook.xml': `<workbook ${SHEET} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="=cmd" sheetId="1" r:id="rId7"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId7" Target="worksheets/sheet3.xml"/></Relationships>',
    'xl/worksheets/sheet3.xml': `<worksheet ${SHEET}><sheetData>${sheet}</sheetData></worksheet>`, ...more,
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), { level: 1 })
}

describe('what is in a file', () => {
  test.each([
    ['CSV', 'a,b\n1,2\n', 'csv', 'utf-8'], ['with a mark', '\ufeffa,b\n1,2\n', 'csv', 'utf-8'], ['semicolons', 'a;b\r\n1;2\r\n', 'csv', 'utf-8'], ['tabs', 'a\tb\n1\t2\n', 'tsv', 'utf-8'],
    ['Windows-1252', Buffer.from('a,b\n1,2\n\xfc,\x80\n', 'latin1'), 'csv', 'windows-1252'], ['UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'csv', 'utf-16le'],
    ['JSON', '[{"a":1,"b":2}]', 'json', 'utf-8'], ['JSON lines', '{"a":1,"b":2}\n', 'jsonl', 'utf-8'],
  ])('%s', async (_, content, format, encoding) => {
    const { cells, ...seen } = await read(content)
    expect(seen).toMatchObject({ format, encoding })
    expect(cells.slice(0, 2)).toEqual([['a', 'b'], ['1', '2']])
    if (encoding === 'windows-1252') expect(cells[2]).toEqual(['ü', '€'])
  })

  test('quotes, line breaks within them, and lines as a person counts them', async () => {
    const { rows } = await read('a,b\n"one\ntwo","say ""so"""\nlast,x\n')
    expect(rows.map(({ line, cells }) => [line, cells])).toEqual([[1, ['a', 'b']], [2, ['one\ntwo', 'say "so"']], [4, ['last', 'x']]])
  })

  test('XLSX: shared and inline strings, numbers, days, truth; of formulas their last value and nothing else', async () => {
    const sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Day</t></is></c><c r="C1" t="str"><v>Sum</v></c><c r="D1" t="inlineStr"><is><t>Yes</t></is></c></row>'
      + '<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" s="1"><v>46081</v></c><c r="C4"><f>HYPERLINK("https://evil.example")</f><v>7.5</v></c><c r="D4" t="b"><v>1</v></c></row>'
    const { format, rows } = await read(workbook(sheet, {
      'xl/sharedStrings.xml': `<sst ${SHEET}><si><t>Title</t></si><si><r><t>Ri</t></r><r><t>ch</t></r><rPh><t>phon</t></rPh></si></sst>`,
      'xl/styles.xml': `<styleSheet ${SHEET}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    }))
    expect(format).toBe('xlsx')
    expect(rows).toEqual([{ line: 1, cells: ['Title', 'Day', 'Sum', 'Yes'] }, { line: 4, cells: ['Rich', '2026-02-28', '7.5', 'true'] }])
  })
})

describe('bad input is refused with a plain reason', () => {
  test.each<[string, Content, RegExp]>([
    ['empty', '', /empty/], ['blank', '\n\n', /empty/], ['header only', 'a,b\n', /no rows/], ['no headers', ',,\n1,2,3\n', /name the columns/], ['300 columns', `${Array(300).fill('x').join()}\n1\n`, /at most 200 columns/],
    ['NUL', 'a,b\n1,\0\n', /byte 6 is zero/], ['letters of no encoding', Buffer.from([0x61, 0x0a, 0xfc, 0x81]), /byte 3 is neither/], ['quotes that do not match', 'a,b\n"1,2\n', /quotation marks/],
    ['JSON cut off', '[{"a":1},', /no proper JSON/], ['JSON of no list', '["x"', /no proper JSON/], ['JSON without objects', '[]', /no list of objects/],
    ['a PDF', '%PDF-1.7\n', /type pdf/], ['an old or protected workbook', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), /password/],
    ['a ZIP of something else', zipSync({ 'a.txt': strToU8('x') }), /type zip/], ['a damaged workbook', workbook('<row><c><v>1</v>'), /damaged/], ['a workbook cut off', workbook('<row r="1"><c r="A1"><v>1</v></c></row>').slice(0, -40), /./],
    ['a workbook without its sheet', workbook('', { 'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId7" Target="../../../etc/passwd"/></Relationships>' }), /no sheet/],
  ])('%s', async (_, content, reason) => {
    await expect(preview(content)).rejects.toMatchObject({ name: expect.stringMatching(/InvalidError|Refusal/) as string, message: expect.stringMatching(reason) as string })
  })

  test('a workbook that swells to more than a hundred times its size', async () => {
    const row = `<row>${'<c t="inlineStr"><is><t>xxxxxxxxxxxxxxxx</t></is></c>'.repeat(100)}</row>`
    const bomb = workbook(row.repeat(26_000))
    expect(bomb.length).toBeLessThan(10 * 1_048_576)
    await expect(preview(bomb)).rejects.toMatchObject({ message: 'This workbook unpacks to more than is taken.' })
  })

  test('more rows than are taken', async () => {
    await expect(preview(`a\n${'1\n'.repeat(200_001)}`)).rejects.toMatchObject({ message: expect.stringContaining('at most 200,000 rows') as string })
  })
})

test('ragged rows and lines that are no objects fail by themselves; columns of one name are told', async () => {
  const { rows } = await read('a,a\n1\n1,2,3\n1,2\n')
  expect(rows.slice(1).map(({ problem }) => problem)).toEqual([undefined, 'This row has 3 columns, the first row has 2.', undefined])
  expect((await preview('a,a\n1,2\n')).duplicates).toEqual(['a'])
  expect((await read('{"a":1}\nnot json\n{"a":2}\n')).rows.map(({ problem }) => problem)).toEqual([undefined, undefined, 'This line is no JSON object.', undefined])
})

test.each([
  ['2026-12-31', 'iso', '2026-12-31'], ['31.12.2026', 'dmy', '2026-12-31'], ['12/31/2026', 'mdy', '2026-12-31'], ['31.12.26', 'dmy', null],
  ['30.02.2026', 'dmy', null], ['2026-12-31T10:00:00Z', 'dmy', '2026-12-31'], ['12/31/2026', 'dmy', null], ['soon', 'iso', null],
] as const)('the day %s written %s is %s', (text, format, day) => {
  expect(readDay(text, format)).toBe(day)
})

test('days that fit two ways are to be chosen between; words are compared without their dress', () => {
  expect(dayFormatsOf(['01/02/2026', '03/04/2026'])).toEqual(['dmy', 'mdy'])
  expect(dayFormatsOf(['01/02/2026', '13/04/2026'])).toEqual(['dmy'])
  expect(dayFormatsOf(['13/04/2026', '99/99/2026'])).toEqual(['dmy'])
  expect(suggestChoice(' In-Progress ', [{ value: 'in_progress', label: 'In progress' }])).toBe('in_progress')
  expect(suggestChoice('perhaps', [{ value: 'todo', label: 'To do' }])).toBeNull()
})
