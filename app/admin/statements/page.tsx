import { Timer } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { listSlowStatements } from '@/lib/health/slow-statements'
import { consolePage } from '../console-page'
import { listPath } from '../filter-bar'
import { whole } from '../format'

export const metadata: Metadata = { title: 'Slow statements' }

const PATH = '/admin/statements'
const SPANS = [[1, '1 hour'], [24, '24 hours'], [168, '7 days']] as const
const ORDERS = [['slowest', 'slowest call first'], ['total', 'most time first']] as const
const SHOWN = 240

export default async function StatementsPage({ searchParams }: { searchParams: Promise<Record<'hours' | 'order', string | string[] | undefined>> }) {
  const query = await searchParams
  const hours = SPANS.find(([length]) => String(length) === [query.hours].flat()[0])?.[0] ?? 24
  const order = ORDERS.find(([key]) => key === [query.order].flat()[0])?.[0] ?? 'slowest'
  const { data: rows, zone } = await consolePage((token) => listSlowStatements(token, { hours, order }))
  const choices = (label: string, list: readonly (readonly [number | string, string])[], chosen: number | string, hrefOf: (key: string) => string) => (
    <nav aria-label={label} className="flex flex-wrap gap-3">{list.map(([key, words]) => <AppLink key={key} href={hrefOf(String(key))} aria-current={key === chosen ? 'page' : undefined} className="aria-[current]:font-semibold">{words}</AppLink>)}</nav>
  )
  return (
    <>
      <PageHeader title="Slow statements" description="Those that took longer than a tenth of a second, over all processes, without their values. Kept for a week." />
      <div className="mb-4 flex flex-wrap gap-x-8 gap-y-2">
        {choices('Time', SPANS, hours, (key) => listPath(PATH, { hours: key, order }))}
        {choices('Order', ORDERS, order, (key) => listPath(PATH, { hours: String(hours), order: key }))}
      </div>
      {rows.length === 0 ? <EmptyState icon={<Timer />} title="None was slow">Every statement was answered within a tenth of a second.</EmptyState> : (
        <Table caption="Slow statements" isReadOnly>
          <TableHead><Th>Statement</Th><Th align="end">Slowest</Th><Th align="end">Mean</Th><Th align="end">All together</Th><Th align="end">Times</Th><Th>Last</Th></TableHead>
          <TableBody>
            {rows.map((row) => (
              <Tr key={row.text}>
                <Td primary><Statement text={row.text} /></Td>
                <Td label="Slowest" align="end" className="tabular-nums">{whole(row.maxMs)} ms</Td>
                <Td label="Mean" align="end" className="tabular-nums">{whole(row.totalMs / row.calls)} ms</Td>
                <Td label="All together" align="end" className="tabular-nums">{(row.totalMs / 1_000).toFixed(1)} s</Td>
                <Td label="Times" align="end" className="tabular-nums">{whole(row.calls)}</Td>
                <Td label="Last" className="text-text-muted"><RelativeTime iso={row.lastAt.toISOString()} timeZone={zone} /></Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  )
}

function Statement({ text }: { text: string }) {
  const look = 'max-w-xl font-mono text-xs wrap-anywhere'
  if (text.length <= SHOWN) return <code className={`block ${look}`}>{text}</code>
  return (
    <details className="max-w-xl">
      <summary className="min-h-6 cursor-pointer"><code className={look}>{text.slice(0, SHOWN)}…</code></summary>
      <code className={`block ${look}`}>{text.slice(SHOWN)}</code>
    </details>
  )
}
