const DAY_MS = 86_400_000

/** Days are `YYYY-MM-DD`: they compare as text and have no time zone. */
export const toDate = (day: string) => new Date(`${day}T00:00:00Z`)
export const dayOf = (date: Date) => date.toISOString().slice(0, 10)
export const addDays = (day: string, count: number) => dayOf(new Date(toDate(day).getTime() + count * DAY_MS))
export const daysBetween = (from: string, to: string) => Math.round((toDate(to).getTime() - toDate(from).getTime()) / DAY_MS)

/** The Monday of a day's week. */
export const weekOf = (day: string) => addDays(day, -((toDate(day).getUTCDay() + 6) % 7))
/** The first day of a day's month. */
export const monthOf = (day: string) => `${day.slice(0, 7)}-01`
/** The first day of the month so many months later, or earlier. */
export const addMonths = (day: string, count: number) => dayOf(new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + count, 1)))

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
/** `2026-11-22` → `November 2026`. */
export const monthName = (day: string) => `${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
/** `2026-11-22` → `22 Nov`. */
export const shortDay = (day: string) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]!.slice(0, 3)}`
/** `2026-11-22` → `22 Nov 2026`. */
export const longDay = (day: string) => `${shortDay(day)} ${day.slice(0, 4)}`
