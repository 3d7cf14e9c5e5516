import { addDays, addMonths, daysBetween, monthName, monthOf, shortDay, weekOf } from '@/lib/days'
import { type Timeline, type Zoom, ZOOMS } from '@/lib/tasks/timeline'

export const ROW = 32
export const AXIS = 62

export type Tick = { x: number; label: string; isMajor: boolean }

/** Where everything stands, in pixels from the left end of the first day and the top of the axis. */
export function layoutOf({ from, to, groups }: Pick<Timeline, 'from' | 'to' | 'groups'>, zoom: Zoom) {
  const { pixels } = ZOOMS[zoom]
  const xOf = (day: string) => daysBetween(from, day) * pixels
  let y = AXIS
  const rows = new Map<string, { x: number; y: number; width: number }>()
  const headings = groups.map(({ bars }) => {
    const top = y
    y += ROW
    for (const { id, startsOn, endsOn } of bars) {
      const x = Math.max(xOf(startsOn), 0)
      rows.set(id, { x, y, width: Math.max(xOf(addDays(endsOn, 1)) - x, pixels, 8) })
      y += ROW
    }
    return top
  })
  return { rows, headings, width: (daysBetween(from, to) + 1) * pixels, height: y + ROW / 2, xOf, ticks: ticksOf(from, to, zoom, xOf) }
}

function ticksOf(from: string, to: string, zoom: Zoom, xOf: (day: string) => number): Tick[] {
  const ticks: Tick[] = []
  const step = zoom === 'quarter' ? 3 : 1
  for (let month = monthOf(from); month <= to; month = addMonths(month, 1)) {
    if (zoom === 'quarter' && (Number(month.slice(5, 7)) - 1) % step !== 0) continue
    if (month >= from) ticks.push({ x: xOf(month), label: zoom === 'quarter' ? `Q${Math.ceil(Number(month.slice(5, 7)) / 3)} ${month.slice(0, 4)}` : monthName(month), isMajor: true })
  }
  if (zoom !== 'quarter') for (let week = weekOf(from); week <= to; week = addDays(week, 7)) if (week >= from) ticks.push({ x: xOf(week), label: shortDay(week), isMajor: false })
  return ticks
}

/** A line from the end of what comes first to the beginning of what waits for it, in right angles. */
export function pathOf(before: { x: number; y: number; width: number }, after: { x: number; y: number }): string {
  const [x1, y1, x2, y2] = [before.x + before.width, before.y + ROW / 2, after.x, after.y + ROW / 2]
  if (x2 >= x1 + 12) return `M${x1} ${y1}H${x1 + 6}V${y2}H${x2}`
  const between = y2 > y1 ? y2 - ROW / 2 : y2 + ROW / 2
  return `M${x1} ${y1}H${x1 + 6}V${between}H${x2 - 8}V${y2}H${x2}`
}
