import 'server-only'
import { drain, parseXml } from './read-xlsx'
import type { Zip } from './zip'

// The formats that every workbook knows without naming them.
const BUILT_IN_DAYS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58])
const DAY_MS = 86_400_000

/** Which styles of a workbook show a number as a day. */
export async function dayStyles(zip: Zip): Promise<boolean[]> {
  const own = new Map<number, boolean>()
  const styles: boolean[] = []
  let isCells = false
  await drain(parseXml(zip, 'xl/styles.xml', {
    open: ({ name, attributes }) => {
      if (name === 'numFmt') own.set(Number(attributes.numFmtId), isDayFormat(String(attributes.formatCode)))
      if (name === 'cellXfs') isCells = true
      if (name === 'xf' && isCells) styles.push(own.get(Number(attributes.numFmtId)) ?? BUILT_IN_DAYS.has(Number(attributes.numFmtId)))
    },
    close: (name) => {
      if (name === 'cellXfs') isCells = false
    },
  }, () => []))
  return styles
}

// Without what is quoted, escaped or in brackets (colours, languages).
const isDayFormat = (code: string) => /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))

type RawCell = { type: string; style: number; value: string }

/** A cell as text: days as `YYYY-MM-DD`, with their time if they have one. */
export function readCell({ type, style, value }: RawCell, { strings, styles, is1904 }: { strings: string[]; styles: boolean[]; is1904: boolean }): string {
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'true' : 'false'
  if (type !== 'n' || value === '' || !styles[style]) return value
  const serial = Number(value) + (is1904 ? 1_462 : 0)
  // Days before 1 March 1900 are counted with a day that never was.
  if (!Number.isFinite(serial) || serial < 61 || serial > 2_958_465) return value
  const iso = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * DAY_MS)).toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso
}
