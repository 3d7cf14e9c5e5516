import { INVITED_ROLES } from '@/lib/access/schema'
import { toLookup } from '@/lib/text'

export type InviteLine = { text: string; email: string; role: string | null; teams: string[]; isKnown: boolean }

const HEADER = /^"?e-?mail( address)?"?\s*[,;\t]/i

/**
 * What was pasted, a line each: addresses alone, many in a line, `Name <address>`, or CSV `email,role,team`. Cells may be
 * quoted and divided by commas, semicolons or tabs. A second cell is a role, a third and further ones are teams.
 */
export function readLines(text: string): InviteLine[] {
  const lines = text.split(/\r?\n/).map((part) => part.trim()).filter(Boolean)
  return lines.filter((part, index) => index > 0 || !HEADER.test(part)).flatMap(readLine)
}

function readLine(text: string): InviteLine[] {
  const cells = cellsOf(text)
  const addresses = cells.filter(Boolean)
  if (addresses.length > 1 && addresses.every((cell) => cell.includes('@'))) return addresses.map((cell) => ({ text: cell, email: addressOf(cell), role: null, teams: [], isKnown: true }))
  const [address = '', role = '', ...teams] = cells
  const wished = toLookup(role)
  const isKnown = wished === '' || (INVITED_ROLES as readonly string[]).includes(wished)
  return [{ text, email: addressOf(address), role: wished || null, teams: teams.filter(Boolean), isKnown }]
}

// A quoted cell may hold what divides others. By hand: a pattern that looks ahead would take the square of a long line.
function cellsOf(text: string): string[] {
  const cells = ['']
  let isQuoted = false
  for (const sign of text) {
    if (sign === '"') isQuoted = !isQuoted
    else if (!isQuoted && /[,;\t]/.test(sign)) cells.push('')
    else cells[cells.length - 1] += sign
  }
  const trimmed = cells.map((cell) => cell.trim())
  const words = trimmed.length === 1 ? trimmed[0]!.split(/\s+/) : []
  return words.length > 1 && words.every((word) => /^[^<>]+@[^<>]+$/.test(word)) ? words : trimmed
}

const addressOf = (cell: string) => /<([^<>]{1,320})>$/.exec(cell)?.[1]?.trim() ?? cell
