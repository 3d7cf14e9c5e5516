import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { longDay } from '@/lib/days'
import type { CycleTime, CycleTimes } from '@/lib/reports/cycle-time'
import { Chart } from './chart'
import { Numbers } from './numbers'
import { ReportCard } from './report-card'

const words = (hours: number | null) => (hours === null ? '–' : hours < 48 ? `${Math.round(hours * 10) / 10} h` : `${Math.round(hours / 2.4) / 10} days`)
const days = (hours: number | null) => (hours === null ? null : Math.round(hours / 2.4) / 10)
const cells = ({ measured, medianHours, p85Hours, blockedHours, neverBegun }: CycleTime) => [measured, words(medianHours), words(p85Hours), words(blockedHours), neverBegun]
const HEADS = ['Tasks', 'Median', '85th percentile', 'In blocked', 'Never in progress']

export function CycleTimeCard({ times: { all, weeks, workstreams } }: { times: CycleTimes }) {
  return (
    <ReportCard title="Cycle time" description="From the first start of a task to its completion, nights and weekends included." list="cycle-times">
      {all.measured + all.neverBegun === 0 ? (
        <p className="text-text-muted">Nothing was completed in this time.</p>
      ) : (
        <>
          <p className="mb-3 text-text-muted">
            {all.measured > 0 && (
              <>Half of {all.measured === 1 ? 'the one task' : `the ${all.measured} tasks`} took at most <strong className="text-text">{words(all.medianHours)}</strong>, 85 of 100 at most <strong className="text-text">{words(all.p85Hours)}</strong>; {words(all.blockedHours)} of it in blocked. </>
            )}
            {all.neverBegun > 0 && `${all.neverBegun}${all.measured > 0 ? ' more' : ''} ${all.neverBegun === 1 ? 'task was' : 'tasks were'} completed without ever being in progress${all.measured > 0 ? `, and ${all.neverBegun === 1 ? 'is' : 'are'} not in these numbers` : ''}.`}
          </p>
          <Chart
            title="Cycle time" summary={`Median ${words(all.medianHours)}, 85th percentile ${words(all.p85Hours)}.`} unit=" d" weeks={weeks.map(({ week }) => week)}
            series={[
              { label: 'Median, days', kind: 'bar', colour: 'var(--accent)', values: weeks.map(({ medianHours }) => days(medianHours)) },
              { label: '85th percentile, days', kind: 'bar', colour: 'color-mix(in srgb, var(--accent) 45%, var(--surface-raised))', values: weeks.map(({ p85Hours }) => days(p85Hours)) },
            ]}
          />
          <Numbers caption="Cycle time by week" heads={['Week from', ...HEADS]} rows={weeks.map((row) => [longDay(row.week), ...cells(row)])} />
          <div className="mt-3">
            <Table caption="Cycle time by workstream" isReadOnly>
              <TableHead>{['Workstream', ...HEADS].map((head, at) => <Th key={head} align={at === 0 ? 'start' : 'end'}>{head}</Th>)}</TableHead>
              <TableBody>{workstreams.map((row) => <Tr key={row.name}><Td primary>{row.name}</Td>{cells(row).map((cell, at) => <Td key={HEADS[at]} label={HEADS[at]} align="end" className="whitespace-nowrap">{cell}</Td>)}</Tr>)}</TableBody>
            </Table>
          </div>
        </>
      )}
    </ReportCard>
  )
}
