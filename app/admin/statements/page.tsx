import { Timer } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { slowStatements } from '@/lib/telemetry/slow'
import { whole } from '../format'

export const metadata: Metadata = { title: 'Slow statements' }

const LISTED = 50

export default async function StatementsPage() {
  const { timezone } = await requireSuperAdmin()
  const rows = slowStatements().slice(0, LISTED)
  return (
    <>
      <PageHeader title="Slow statements" description="Those that took longer than a tenth of a second in this process since it began, without their values." />
      {rows.length === 0 ? <EmptyState icon={<Timer />} title="None was slow">Every statement of this process was answered within a tenth of a second.</EmptyState> : (
        <Table caption="Slow statements" isReadOnly>
          <TableHead><Th>Statement</Th><Th align="end">Slowest</Th><Th align="end">Mean</Th><Th align="end">Times</Th><Th>Last</Th></TableHead>
          <TableBody>
            {rows.map((row) => (
              <Tr key={row.text}>
                <Td primary><code className="block max-w-xl font-mono text-xs wrap-anywhere">{row.text.slice(0, 400)}{row.text.length > 400 && '…'}</code></Td>
                <Td label="Slowest" align="end" className="tabular-nums">{whole(row.maxMs)} ms</Td>
                <Td label="Mean" align="end" className="tabular-nums">{whole(row.totalMs / row.calls)} ms</Td>
                <Td label="Times" align="end" className="tabular-nums">{whole(row.calls)}</Td>
                <Td label="Last" className="text-text-muted"><RelativeTime iso={row.lastAt.toISOString()} timeZone={timezone ?? 'UTC'} /></Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  )
}
