import { Zip, ZipDeflate } from 'fflate'
import type { Cell, Column, ExportRow } from './cells'
import { headOf, textOf } from './cells'

const TYPES = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
const relations = (...all: string[]) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.map((part, at) => `<Relationship Id="rId${at + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${part.split(' ')[0]}" Target="${part.split(' ')[1]}"/>`).join('')}</Relationships>`
// Style 1: a day (built-in format 14); 2: a day with its time (22); 3: the bold head.
const STYLES = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/><xf numFmtId="22" xfId="0" applyNumberFormat="1"/><xf fontId="1" xfId="0" applyFont="1"/></cellXfs></styleSheet>'
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const CELL_MAX = 32_767
const EPOCH_MS = Date.UTC(1899, 11, 30)

// What XML cannot hold; the rest is escaped. There are inline strings and numbers only, so nothing can be a formula.
const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const escape = (text: string) => text.toWellFormed().replace(UNSTORABLE, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const string = (at: string, text: string, style = 0) => `<c r="${at}" t="inlineStr"${style ? ` s="${style}"` : ''}><is><t xml:space="preserve">${escape(text.slice(0, CELL_MAX))}</t></is></c>`

/** A, B, … Z, AA, … */
function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)
}

function cellOf(at: string, value: Cell, kind: Column['kind']): string {
  if (value === null) return ''
  if (value instanceof Date) return `<c r="${at}" s="${kind === 'day' ? 1 : 2}"><v>${(value.getTime() - EPOCH_MS) / 86_400_000}</v></c>`
  return typeof value === 'number' ? `<c r="${at}"><v>${value}</v></c>` : string(at, textOf(value, kind))
}

/** A workbook of one sheet, made row by row: it is never held as a whole. */
export async function* toXlsx(columns: Column[], pages: AsyncIterable<ExportRow[]>, title: string): AsyncGenerator<Buffer> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    ready.push(piece)
  })
  const begin = (path: string) => {
    const file = new ZipDeflate(path, { level: 6 })
    zip.add(file)
    return (text: string, isLast = false) => file.push(Buffer.from(text), isLast)
  }
  const part = (path: string, text: string) => begin(path)(text, true)
  const sheetName = escape(title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)).replaceAll('"', '&quot;')
  part('[Content_Types].xml', TYPES)
  part('_rels/.rels', relations('officeDocument xl/workbook.xml'))
  part(
    'xl/workbook.xml',
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="${SHEET}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="${sheetName}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  )
  part('xl/_rels/workbook.xml.rels', relations('worksheet worksheets/sheet1.xml', 'styles styles.xml'))
  part('xl/styles.xml', STYLES)

  const write = begin('xl/worksheets/sheet1.xml')
  write(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="${SHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData><row r="1">${columns.map((column, at) => string(`${letters(at)}1`, headOf(column), 3)).join('')}</row>`)
  let number = 1
  for await (const rows of pages) {
    for (const row of rows) {
      number++
      write(`<row r="${number}">${columns.map(({ key, kind }, at) => cellOf(`${letters(at)}${number}`, row[key] ?? null, kind)).join('')}</row>`)
    }
    yield* ready.splice(0).map((piece) => Buffer.from(piece))
  }
  write('</sheetData></worksheet>', true)
  zip.end()
  yield* ready.splice(0).map((piece) => Buffer.from(piece))
}
