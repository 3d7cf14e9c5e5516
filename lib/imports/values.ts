import type { Priority } from '@/lib/tasks/rules'
import { toLookup } from '@/lib/lookup'

export const DAY_FORMATS = ['iso', 'dmy', 'mdy'] as const
export type DayFormat = (typeof DAY_FORMATS)[number]
export const DAY_FORMAT_NAMES: Record<DayFormat, string> = { iso: '2026-12-31', dmy: '31.12.2026 or 31/12/2026', mdy: '12/31/2026' }

/** A real day as `YYYY-MM-DD`, or null. A year of two digits is none: nothing is guessed. */
export function readDay(text: string, format: DayFormat): string | null {
  const trimmed = text.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?$/.exec(trimmed)
  const local = format === 'iso' ? null : /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(trimmed)
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? (format === 'dmy' ? [local[3], local[2], local[1]] : [local[3], local[1], local[2]]) : []
  if (!year || !month || !day) return null
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const real = new Date(`${found}T00:00:00Z`)
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(found) && Number(year) >= 1900 && Number(year) <= 2100 ? found : null
}

/** The ways of writing days in which most of these are real days; more than one: somebody has to say which. */
export function dayFormatsOf(samples: string[]): DayFormat[] {
  const counts = DAY_FORMATS.map((format) => samples.filter((sample) => readDay(sample, format) !== null).length)
  const most = Math.max(...counts)
  return most === 0 ? [] : DAY_FORMATS.filter((_, at) => counts[at] === most)
}

export type Choice = { value: string; label: string; aliases?: string[] }

/** What a word of a file most likely means here; null when it is not plain. */
export function suggestChoice(text: string, choices: readonly Choice[]): string | null {
  const wanted = plain(text)
  return choices.find(({ value, label, aliases = [] }) => [value, label, ...aliases].some((name) => plain(name) === wanted))?.value ?? null
}

export const plain = (text: string) => toLookup(text).normalize('NFKD').replace(/[^\p{Letter}\p{Number}]+/gu, '')

export const PRIORITY_ALIASES: Record<Priority, string[]> = { critical: ['blocker', 'p0', 'highest'], urgent: ['p1', 'very high'], high: ['p2', 'important', 'major'], medium: ['p3', 'normal', 'default', 'moderate'], low: ['p4', 'minor', 'lowest', 'trivial'] }
