import { longDay } from '@/lib/days'
import { SHOWN_STATUSES, type ShownStatus, type Week } from '@/lib/reports/weeks'
import { STATUS_LABELS } from '@/lib/tasks/rules'
import { Chart } from './chart'
import { Numbers } from './numbers'
import { ReportCard } from './report-card'

const COLOURS: Record<ShownStatus, string> = {
  done: 'var(--success)', testing: 'color-mix(in srgb, var(--info) 55%, var(--surface-raised))', review: 'var(--info)', in_progress: 'var(--accent)',
  blocked: 'var(--danger)', todo: 'var(--border-strong)', cancelled: 'color-mix(in srgb, var(--border-strong) 35%, var(--surface-raised))',
}

export function BurnUp({ weeks }: { weeks: Week[] }) {
  const last = weeks.at(-1)!
  const days = weeks.map(({ week }) => week)
  return (
    <ReportCard title="Burn-up" description="All tasks but cancelled ones, and how many of them are done, when each week ended. What was imported as done without a day is done, and completed in no week." list="weeks">
      <Chart
        title="Burn-up" summary={`${last.done} of ${last.total} done now; ${weeks[0]!.done} of ${weeks[0]!.total} at the beginning.`} weeks={days}
        series={[
          { label: 'All', kind: 'line', colour: 'var(--border-strong)', values: weeks.map(({ total }) => total) },
          { label: 'Done', kind: 'line', colour: 'var(--success)', values: weeks.map(({ done }) => done) },
          { label: 'Completed in the week', kind: 'bar', colour: 'color-mix(in srgb, var(--success) 40%, var(--surface-raised))', values: weeks.map(({ finished }) => finished) },
        ]}
      />
      <Numbers caption="Burn-up" heads={['Week from', 'All', 'Done', 'Completed in the week']} rows={weeks.map(({ week, total, done, finished }) => [longDay(week), total, done, finished])} />
    </ReportCard>
  )
}

export function StatusByWeek({ weeks }: { weeks: Week[] }) {
  const days = weeks.map(({ week }) => week)
  const { counts } = weeks.at(-1)!
  const order = Object.keys(COLOURS) as ShownStatus[]
  return (
    <ReportCard title="Status by week" description="In which status the tasks were when each week ended." list="weeks">
      <Chart
        title="Status by week"
        summary={`Now: ${SHOWN_STATUSES.filter((status) => counts[status]).map((status) => `${counts[status]} ${STATUS_LABELS[status].toLowerCase()}`).join(', ') || 'no tasks'}.`}
        weeks={days}
        series={order.map((status) => ({ label: STATUS_LABELS[status], kind: 'stack', colour: COLOURS[status], values: weeks.map((week) => week.counts[status]) }))}
      />
      <Numbers caption="Status by week" heads={['Week from', ...SHOWN_STATUSES.map((status) => STATUS_LABELS[status])]} rows={weeks.map(({ week, counts: own }) => [longDay(week), ...SHOWN_STATUSES.map((status) => own[status])])} />
    </ReportCard>
  )
}
