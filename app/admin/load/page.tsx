import { Scale } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { sessionToken } from '@/lib/auth/cookies'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { listBusiest } from '@/lib/health/console'
import { listPath } from '../filter-bar'
import { whole } from '../format'

export const metadata: Metadata = { title: 'Load' }

const SPANS = [[15, '15 minutes'], [60, '1 hour'], [1_440, '24 hours'], [10_080, '7 days'], [43_200, '30 days']] as const
const SIZE = 50
/** From this part of all the time in the database on, one organization slows the others down. */
const NOISY = 0.5

export default async function LoadPage({ searchParams }: { searchParams: Promise<Record<'minutes' | 'after', string | string[] | undefined>> }) {
  await requireSuperAdmin()
  const query = await searchParams
  const asked = Number([query.minutes].flat()[0])
  const minutes = SPANS.find(([length]) => length === asked)?.[0] ?? 60
  const after = [query.after].flat()[0]
  const { rows, next, allMs: all } = await listBusiest((await sessionToken())!, { minutes, after, size: SIZE })
  const hrefOf = (last?: string) => listPath('/admin/load', { minutes: String(minutes), after: last })
  return (
    <>
      <PageHeader title="Load" description="What each organization asks of the installation, the busiest first, over all processes." />
      <nav aria-label="Time" className="mb-4 flex flex-wrap gap-3">{SPANS.map(([length, label]) => <AppLink key={length} href={listPath('/admin/load', { minutes: String(length) })} aria-current={length === minutes ? 'page' : undefined} className="aria-[current]:font-semibold">{label}</AppLink>)}</nav>
      {rows.length === 0 ? <EmptyState icon={<Scale />} title="Nobody has asked for anything">Requests are counted by the minute, kept so for two days and by the hour for a month.</EmptyState> : (
        <Table caption="Load by organization" isReadOnly>
          <TableHead><Th>Organization</Th><Th align="end">Time in the database</Th><Th align="end">Part of all</Th><Th align="end">Requests</Th><Th align="end">Busiest minute</Th><Th align="end">Refused</Th><Th align="end">Rows taken away</Th></TableHead>
          <TableBody>
            {rows.map((row) => (
              <Tr key={row.organizationId}>
                <Td primary>{row.organization} {row.refused > 0 ? <Badge tone="danger">over its limits</Badge> : row.statementMs < all && row.statementMs / all > NOISY ? <Badge tone="warning">noisy</Badge> : null}</Td>
                <Td label="Time in the database" align="end" className="tabular-nums">{(row.statementMs / 1_000).toFixed(1)} s</Td>
                <Td label="Part of all" align="end" className="tabular-nums">{all > 0 ? Math.round((row.statementMs / all) * 100) : 0}%</Td>
                <Td label="Requests" align="end" className="tabular-nums">{whole(row.requests)}</Td>
                <Td label="Busiest minute" align="end" className="tabular-nums">{whole(row.busiestMinute)}{row.requestsMax !== null && ` of ${whole(row.requestsMax)}`}</Td>
                <Td label="Refused" align="end" className="tabular-nums">{whole(row.refused)}</Td>
                <Td label="Rows taken away" align="end" className="tabular-nums">{whole(row.exportedRows)}</Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      <Pagination previousHref={after ? hrefOf() : undefined} nextHref={next ? hrefOf(next) : undefined} />
    </>
  )
}
