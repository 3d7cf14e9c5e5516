const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export const DATE_STYLES = ['en-GB', 'en-US', 'iso'] as const
export type DateStyle = (typeof DATE_STYLES)[number]

/** A stored locale as one of the styles; what is not known is written the British way. */
export function dateStyleOf(locale: string): DateStyle {
  return DATE_STYLES.find((style) => style === locale) ?? 'en-GB'
}

/** `22 Nov 2026, 14:05`, `Nov 22, 2026, 2:05 PM` or `2026-11-22 14:05`. Month names are our own: server and browser may know different abbreviations. */
export function exactTime(iso: string, timeZone: string, style: DateStyle = 'en-GB') {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const part = Object.fromEntries(format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]))
  const hour = Number(part.hour)
  const clock = style === 'en-US' ? `${hour % 12 || 12}:${part.minute} ${hour < 12 ? 'AM' : 'PM'}` : `${part.hour}:${part.minute}`
  return `${exactDay(Number(part.year), Number(part.month), Number(part.day), style)}${style === 'iso' ? ' ' : ', '}${clock}`
}

/** The day of an instant in a time zone, such as `22 Nov 2026`. A day without a time is read in UTC. */
export function dayOf(iso: string, timeZone: string, style: DateStyle = 'en-GB') {
  const [year, month, day] = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(iso)).split('-').map(Number)
  return exactDay(year!, month!, day!, style)
}

/** `22 Nov 2026`, `Nov 22, 2026` or `2026-11-22`; without a year, `22 Nov`, `Nov 22` or `11-22`. */
export function exactDay(year: number | null, month: number, day: number, style: DateStyle) {
  if (style === 'iso') return [...(year === null ? [] : [year]), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
  const name = MONTHS[month - 1]
  if (style === 'en-US') return `${name} ${day}${year === null ? '' : `, ${year}`}`
  return `${day} ${name}${year === null ? '' : ` ${year}`}`
}

const UNITS = [['year', 31_536_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60]] as const

const DAY_S = 86_400
const DAYS_MAX = 60

/** What is to come within two months is counted in days, rounded up: "in 2 weeks" could be 20 days. */
export function relativeTime(iso: string, nowMs: number) {
  const seconds = Math.round((new Date(iso).getTime() - nowMs) / 1000)
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  if (seconds > DAY_S && seconds <= DAYS_MAX * DAY_S) return format.format(Math.ceil(seconds / DAY_S), 'day')
  const [unit, length] = UNITS.find(([, unitSeconds]) => Math.abs(seconds) >= unitSeconds) ?? []
  if (!unit) return 'just now'
  return format.format(Math.trunc(seconds / length!), unit)
}
