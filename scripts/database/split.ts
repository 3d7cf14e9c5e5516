export type Statement = { text: string; line: number }

// Each alternative eats one thing whose semicolons do not end a statement. Block comments nest and are eaten by hand.
const OPAQUE = [
  /--[^\n]*/y,
  /\bE'(?:[^'\\]|''|\\[\s\S])*'/iy,
  /'(?:[^']|'')*'/y,
  /"(?:[^"]|"")*"/y,
  /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?\$\1\$/y,
  // A word is eaten whole, so that the $ in a name like a$b$c opens no quotation.
  /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y,
]

/**
 * Splits a script at its top-level semicolons; `line` (from 1) is where each statement starts. Comments before a statement
 * are dropped, those inside it stay. A quotation left open runs to the end of the script.
 */
export function split(sql: string): Statement[] {
  const statements: Statement[] = []
  let hasCode = false
  let firstCode = 0
  const cut = (end: number) => {
    if (hasCode) statements.push({ text: sql.slice(firstCode, end).trim(), line: lineAt(sql, firstCode) })
    hasCode = false
  }
  for (let at = 0; at < sql.length; ) {
    const end = skip(sql, at)
    const comment = sql.startsWith('--', at) || sql.startsWith('/*', at)
    if (sql[at] === ';') cut(at)
    else if (!comment && !hasCode && /\S/.test(sql[at] ?? '')) {
      hasCode = true
      firstCode = at
    }
    at = end
  }
  cut(sql.length)
  return statements
}

/** The line, counted from 1, of a character position. */
export const lineAt = (text: string, position: number) => text.slice(0, position).split('\n').length

function skip(sql: string, at: number): number {
  if (sql.startsWith('/*', at)) return skipBlockComment(sql, at)
  for (const pattern of OPAQUE) {
    pattern.lastIndex = at
    if (pattern.test(sql)) return pattern.lastIndex
  }
  const opensQuotation = /['"]/.test(sql[at] ?? '') || /^\$([A-Za-z_]\w*)?\$/.test(sql.slice(at, at + 64))
  return opensQuotation ? sql.length : at + 1
}

function skipBlockComment(sql: string, start: number): number {
  let depth = 0
  for (let at = start; at < sql.length; at += 1) {
    if (sql.startsWith('/*', at)) depth += 1
    else if (sql.startsWith('*/', at)) depth -= 1
    else continue
    at += 1
    if (depth === 0) return at + 1
  }
  return sql.length
}
