import { AppLink } from '@/components/ui/app-link'
import { classNames } from '@/components/ui/class-names'
import { dayOf, longDay, shortDay } from '@/lib/days'
import { PRIORITY_LABELS, STATUS_LABELS, type Priority } from '@/lib/tasks/rules'
import type { Bar, Timeline, Zoom } from '@/lib/tasks/timeline'
import { StatusIcon } from '../../../tasks/status'
import { layoutOf, pathOf, ROW } from './layout-of'
import { ScrollToToday } from './scroll-to-today'

type Props = { timeline: Timeline; zoom: Zoom; today: string; path: string; projectKey: string; /** Days of the project by what they are; those outside of the window are left out. */ marks: Record<string, Date | null> }

const FILLS = { late: 'border-danger bg-danger-soft', done: 'border-success bg-success-soft', open: 'border-accent bg-accent-soft', waiting: 'border-border-strong bg-surface-hover' }
const fillOf = ({ isLate, status }: Bar) => FILLS[isLate ? 'late' : status === 'done' || status === 'archived' ? 'done' : status === 'todo' || status === 'cancelled' ? 'waiting' : 'open']

/** Bars are links named by a whole sentence, so that nothing of it is for the eye alone; lines and ticks repeat what they say. */
export function Chart({ timeline, zoom, today, path, projectKey, marks }: Props) {
  const { rows, headings, width, height, xOf, ticks } = layoutOf(timeline, zoom)
  const now = xOf(today)
  const days = Object.entries(marks).flatMap(([label, date]) => (date && dayOf(date) >= timeline.from && dayOf(date) <= timeline.to ? [{ label, day: dayOf(date), x: xOf(dayOf(date)) }] : []))
  return (
    <ScrollToToday label="Timeline" x={now}>
      <div className="relative" style={{ width: width + 240, height }}>
        <svg aria-hidden width={width + 240} height={height} className="absolute inset-0">
          {ticks.map(({ x, label, isMajor }) => (
            <g key={`${label}-${x}`} className="text-border">
              <line x1={x} x2={x} y1={isMajor ? 0 : 24} y2={height} stroke="currentColor" strokeDasharray={isMajor ? undefined : '2 4'} />
              {(isMajor || zoom === 'week') && <text x={x + 6} y={isMajor ? 16 : 37} className={classNames('text-xs', isMajor ? 'fill-text font-medium' : 'fill-text-muted')}>{label}</text>}
            </g>
          ))}
          {timeline.dependencies.map(({ taskId, dependsOnId }) => (
            <path key={`${taskId}-${dependsOnId}`} d={pathOf(rows.get(dependsOnId)!, rows.get(taskId)!)} fill="none" className="stroke-border-strong" strokeWidth={1.5} />
          ))}
          {days.map(({ label, x }) => <line key={label} x1={x} x2={x} y1={44} y2={height} className="stroke-accent" strokeWidth={2} strokeDasharray="6 4" />)}
          <line x1={now} x2={now} y1={44} y2={height} className="stroke-danger" strokeWidth={2} />
        </svg>
        <p className="absolute -translate-x-1/2 rounded-sm bg-danger px-1 text-[0.6875rem] leading-4 text-danger-text" style={{ left: now, top: 44 }}>Today</p>
        {days.map(({ label, day, x }) => <p key={label} className="absolute rounded-sm bg-surface-raised px-1 text-[0.6875rem] leading-4 whitespace-nowrap text-accent" style={{ left: x + 2, bottom: 0 }}>{label} {shortDay(day)}</p>)}
        {timeline.groups.map(({ name, bars }, group) => (
          <section key={name ?? ''} aria-label={name ?? 'No workstream'}>
            <div className="absolute flex items-center" style={{ top: headings[group], height: ROW, width: '100%' }}>
              <h2 className="sticky start-2 rounded-sm bg-surface-raised px-1.5 text-[0.8125rem] font-semibold text-text-muted">{name ?? 'No workstream'}</h2>
            </div>
            <ul>{bars.map((bar) => <li key={bar.id}><BarLink bar={bar} place={rows.get(bar.id)!} end={width + 240} path={path} projectKey={projectKey} /></li>)}</ul>
          </section>
        ))}
      </div>
    </ScrollToToday>
  )
}

/** It reaches to the end of the chart, so that its title stays in sight when the bar itself has gone out of it; only the bar and the title are there to be pressed. */
function BarLink({ bar, place: { x, y, width }, end, path, projectKey }: { bar: Bar; place: { x: number; y: number; width: number }; end: number; path: string; projectKey: string }) {
  return (
    <AppLink
      href={`${path}/tasks/${bar.number}`} title={sentenceOf(bar, projectKey)} aria-label={sentenceOf(bar, projectKey)}
      className="group pointer-events-none absolute flex items-center outline-none" style={{ left: x, top: y, height: ROW, width: end - x }}
    >
      <span className={classNames('h-6 shrink-0 rounded-sm border', fillOf(bar))} style={{ width, pointerEvents: 'auto' }} />
      <span className="pointer-events-auto sticky start-1 end-1 flex items-center gap-1.5 rounded-sm bg-surface-raised/80 outline-focus group-focus-visible:outline-2 px-1.5 text-[0.8125rem] whitespace-nowrap group-hover:underline">
        <StatusIcon status={bar.status} className="size-3.5 shrink-0 text-text-muted" />
        <span className="max-w-52 truncate">{bar.title}</span>
      </span>
    </AppLink>
  )
}

function sentenceOf({ number, title, status, priority, startsOn, endsOn, isLate, waitsFor }: Bar, key: string): string {
  const time = startsOn === endsOn ? `on ${longDay(endsOn)}` : `from ${shortDay(startsOn)}${startsOn.slice(0, 4) === endsOn.slice(0, 4) ? '' : ` ${startsOn.slice(0, 4)}`} to ${longDay(endsOn)}`
  const waits = waitsFor.length ? `, waits for ${waitsFor.map((other) => `${key}-${other}`).join(' and ')}` : ''
  return `${title}, ${key}-${number}: ${STATUS_LABELS[status].toLowerCase()}, ${PRIORITY_LABELS[priority as Priority].toLowerCase()} priority, ${time}${isLate ? ', overdue' : ''}${waits}`
}
