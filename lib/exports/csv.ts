import { type Column, type ExportRow, guardText, textOf } from './cells'

const quoted = (text: string) => (/[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** RFC 4180 in UTF-8, with the mark by which spreadsheets know that it is. */
export async function* toCsv(columns: Column[], pages: AsyncIterable<ExportRow[]>): AsyncGenerator<Buffer> {
  yield Buffer.from(`\ufeff${columns.map(({ label }) => quoted(guardText(label))).join(',')}\r\n`)
  for await (const rows of pages) {
    const lines = rows.map((row) => columns.map(({ key, kind }) => quoted(kind === 'text' ? guardText(textOf(row[key] ?? null, kind)) : textOf(row[key] ?? null, kind))).join(','))
    if (lines.length) yield Buffer.from(`${lines.join('\r\n')}\r\n`)
  }
}
