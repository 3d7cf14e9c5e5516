import { z } from 'zod'

export { toLookup } from './lookup'

// Kept: tab and line breaks. Refused: NUL and lone surrogates, which PostgreSQL cannot store. The rest is dropped.
const CONTROLS = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/g

const clean = z
  .string()
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'This text has characters that cannot be stored.')
  .transform((text) => text.replaceAll('\r\n', '\n').replace(CONTROLS, '').normalize('NFC'))

/** One line, 1 to `max` characters after trimming. */
export function line(what: string, max: number) {
  return clean
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, `${what} is needed.`).refine((text) => [...text].length <= max, `${what} may have at most ${max} characters.`))
}

/** Several lines, 0 to `max` characters. */
export function paragraph(what: string, max: number) {
  return clean
    .transform((text) => text.trim())
    .pipe(z.string().refine((text) => [...text].length <= max, `${what} may have at most ${max.toLocaleString('en')} characters.`))
}

/** A day as `YYYY-MM-DD`, real, from 1900 to 2100; '' is no day. */
export const optionalDay = z
  .string()
  .refine((text) => text === '' || isRealDay(text), 'Choose a real day between 1900 and 2100.')
  .transform((text) => (text === '' ? null : new Date(`${text}T00:00:00Z`)))

export function isRealDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && day.getUTCFullYear() >= 1900 && day.getUTCFullYear() <= 2100
}

/** A repeated form field: absent, once or many times. */
export function many<T extends z.ZodType>(item: T, max: number) {
  return z.preprocess((value) => [value ?? []].flat().filter((part) => part !== ''), z.array(item).max(max, `At most ${max} at once.`))
}

/** '' means none. */
export const optionalId = z.union([z.literal(''), z.uuid('Choose one of the list.')]).transform((id) => id || null)

export const version = z.coerce.number().int().min(1).max(2_147_483_647)

export function toDay(instant: Date, timezone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant)
}

/** The instant at which a day begins in a time zone; `later` days after it. Where the clocks skip midnight, the first instant of the day. */
export function startOfDay(day: string, timezone: string, later = 0): Date {
  const midnight = new Date(`${day}T00:00:00Z`).getTime() + later * 86_400_000
  // The offset of the zone then, asked twice: the first answer may lie on the other side of a change of clocks.
  const offset = (at: number) => {
    const parts = Object.fromEntries(new Intl.DateTimeFormat('en-US', {
      timeZone: timezone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    }).formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second) - at
  }
  const guess = midnight - offset(midnight)
  return new Date(midnight - offset(guess))
}
