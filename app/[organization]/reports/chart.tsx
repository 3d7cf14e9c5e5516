import { shortDay } from '@/lib/days'

export type Series = { label: string; colour: string; values: (number | null)[]; kind: 'line' | 'stack' | 'bar' }

// Small enough to be read on a phone without scrolling: the current week, on the right, is what matters most.
const WIDTH = 480
const HEIGHT = 210
const LABELS_MAX = 6
const LEFT = 40
const RIGHT = 14
const BOTTOM = 24

/** Weeks from left to right. A picture alone: what it shows stands in the table below it, and `summary` says the gist. */
export function Chart({ title, summary, weeks, series, unit = '' }: { title: string; summary: string; weeks: string[]; series: Series[]; unit?: string }) {
  const stacks = weeks.map((_, at) => series.reduce((sum, { kind, values }) => sum + (kind === 'stack' ? (values[at] ?? 0) : 0), 0))
  const top = niceTop(Math.max(1, ...stacks, ...series.flatMap(({ kind, values }) => (kind === 'stack' ? [] : values.map((value) => value ?? 0)))))
  const slot = (WIDTH - LEFT - RIGHT) / weeks.length
  const y = (value: number) => (HEIGHT - BOTTOM) * (1 - value / top) + 6
  const x = (at: number) => LEFT + slot * (at + 0.5)
  const bars = series.filter(({ kind }) => kind === 'bar')
  const every = Math.ceil(weeks.length / LABELS_MAX)
  return (
    <figure className="flex flex-col gap-2">
      <svg role="img" aria-label={`${title}. ${summary}`} viewBox={`0 0 ${WIDTH} ${HEIGHT + 8}`} className="w-full max-w-xl">
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line x1={LEFT} x2={WIDTH} y1={y(top * part)} y2={y(top * part)} className="stroke-border" />
            <text x={LEFT - 6} y={y(top * part) + 4} textAnchor="end" className="fill-text-muted text-[13px]">{top * part}{unit}</text>
          </g>
        ))}
        {weeks.map((week, at) => ((weeks.length - 1 - at) % every === 0 ? <text key={week} x={x(at)} y={HEIGHT + 2} textAnchor="middle" className="fill-text-muted text-[13px]">{shortDay(week)}</text> : null))}
        {weeks.map((week, at) => {
          let base = 0
          return series.filter(({ kind, values }) => kind === 'stack' && (values[at] ?? 0) > 0).map(({ label, colour, values }) => {
            const from = base
            base += values[at]!
            return <rect key={`${week}-${label}`} x={x(at) - slot * 0.35} width={slot * 0.7} y={y(base)} height={y(from) - y(base)} fill={colour} stroke="var(--surface-raised)" strokeWidth={1} />
          })
        })}
        {bars.map(({ label, colour, values }, place) => values.map((value, at) => (value ? (
          <rect key={`${label}-${weeks[at]}`} x={x(at) - slot * 0.35 + (slot * 0.7 * place) / bars.length} width={(slot * 0.7) / bars.length - 1} y={y(value)} height={y(0) - y(value)} fill={colour} />
        ) : null)))}
        {series.filter(({ kind }) => kind === 'line').map(({ label, colour, values }) => (
          <polyline key={label} points={values.flatMap((value, at) => (value === null ? [] : [`${x(at)},${y(value)}`])).join(' ')} fill="none" stroke={colour} strokeWidth={2.5} strokeLinejoin="round" />
        ))}
      </svg>
      <figcaption>
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-text-muted">
          {series.map(({ label, colour, kind }) => <li key={label} className="flex items-center gap-1.5"><span aria-hidden className={kind === 'line' ? 'h-0.5 w-4' : 'size-2.5 rounded-xs'} style={{ backgroundColor: colour }} />{label}</li>)}
        </ul>
      </figcaption>
    </figure>
  )
}

/** The next round number that is even to halve. */
function niceTop(value: number): number {
  const step = 10 ** Math.floor(Math.log10(value))
  return Math.max(2, (step < 10 ? [1, 2, 4, 6, 8, 10] : [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10]).map((factor) => factor * step).find((top) => top >= value)!)
}
