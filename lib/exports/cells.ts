/** What a column holds. Days and instants are Dates. */
export type Column = { key: string; label: string; kind: 'text' | 'number' | 'day' | 'instant' }
export type Cell = string | number | Date | null
export type ExportRow = Record<string, Cell>

// What a spreadsheet may take for the beginning of a formula, also behind blanks and quotes, and in the full-width forms that it reads like the others.
const FORMULA = /^['"\s\u00a0\u3000]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]|^[\t\r]/

/** Text of which no spreadsheet makes a formula: a `'` before it. `unguardText` of the import takes it away again. */
export const guardText = (text: string) => (FORMULA.test(text) ? `'${text}` : text)
export const unguardText = (text: string) => (text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text)

/** A cell as plain text: days as `YYYY-MM-DD`, instants in ISO 8601. */
export function textOf(cell: Cell, kind: Column['kind']): string {
  if (cell === null) return ''
  if (cell instanceof Date) return kind === 'day' ? cell.toISOString().slice(0, 10) : cell.toISOString()
  return String(cell)
}

/** A column's head where its instants stand without their zone. CSV and JSON write it with each of them. */
export const headOf = ({ label, kind }: Column) => (kind === 'instant' ? `${label} (UTC)` : label)

/** Several names in one cell, divided by `;`, and in quotes like a field of CSV where they would else be taken apart. */
export const joinNames = (names: string[]) => names.map((name) => (/[;,|"\n]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join('; ')

// A name in quotes with what ends it, a text up to what may end it, or that.
const PIECES = /"(?:[^"]|"")*"(?=\s*(?:[;|\n,]|$))|[^;|\n,"]+|[;|\n,"]/g

/** The names of a cell, each once: as `joinNames` writes them, or divided by `|`, lines or, where there is nothing else, commas. */
export function splitNames(text: string): string[] {
  const pieces = text.match(PIECES) ?? []
  const isQuoted = (piece: string) => piece.length > 1 && piece.startsWith('"')
  const isBorder = (piece: string) => /^[;|\n]$/.test(piece)
  const border = pieces.some(isBorder) ? isBorder : (piece: string) => piece === ','
  const names = ['']
  for (const piece of pieces) {
    if (border(piece)) names.push('')
    else if (isQuoted(piece) && !names.at(-1)!.trim()) names[names.length - 1] = piece.slice(1, -1).replaceAll('""', '"')
    else names[names.length - 1] += piece
  }
  return [...new Set(names.map((name) => name.trim()).filter(Boolean))]
}
