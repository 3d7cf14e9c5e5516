'use client'

import { useDateStyle } from '@/components/ui/date-style'
import { dayOf } from '@/components/ui/exact-time'

type Point = { at: Date; value: number }

const WIDTH = 300
const HEIGHT = 48

/** Bars from the oldest to now. A picture for the eye; its words are read out. */
export function UsageChart({ label, points, max, timeZone }: { label: string; points: Point[]; max: number | null; timeZone: string }) {
  const style = useDateStyle()
  if (points.length < 2) return <p className="text-[0.8125rem] text-text-muted">The history begins tomorrow.</p>
  const top = Math.max(1, max ?? 0, ...points.map(({ value }) => value))
  const step = WIDTH / points.length
  const day = (at: Date) => dayOf(at.toISOString(), timeZone, style)
  const [first, last] = [points[0]!, points.at(-1)!]
  return (
    <figure>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img"
        aria-label={`${label} from ${day(first.at)} to ${day(last.at)}: ${first.value} at first, ${last.value} at last, at most ${Math.max(...points.map(({ value }) => value))}`}
        className="h-12 w-full text-accent"
      >
        {points.map(({ at, value }, index) => <rect key={at.toISOString()} x={index * step} width={Math.max(1, step - 1)} y={HEIGHT - (value / top) * HEIGHT} height={(value / top) * HEIGHT} fill="currentColor" />)}
      </svg>
      <figcaption className="flex justify-between text-xs text-text-muted"><span>{day(first.at)}</span><span>{day(last.at)}</span></figcaption>
    </figure>
  )
}
