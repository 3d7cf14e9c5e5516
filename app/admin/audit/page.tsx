import { Download, History } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button-class'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterChip } from '@/components/ui/filter-chip'
import { Input } from '@/components/ui/input'
import { Moment } from '@/components/ui/moment'
import { Pagination } from '@/components/ui/pagination'
import { RelativeTime } from '@/components/ui/relative-time'
import { Select } from '@/components/ui/select'
import { listPlatformEvents, type PlatformEvent } from '@/lib/console/platform-audit'
import { platformAuditFilterSchema } from '@/lib/console/schema'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { ACTIONS, describeSecurityEvent } from '@/lib/security-log/words'
import { consolePage } from '../console-page'
import { FilterBar, listPath } from '../filter-bar'

export const metadata: Metadata = { title: 'Platform audit' }

const CHOICES = Object.entries(ACTIONS).map(([value, label]) => ({ value, label })).sort((one, two) => one.label.localeCompare(two.label))

export default async function PlatformAuditPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const filter = platformAuditFilterSchema.parse(await searchParams)
  const { timezone } = await requireSuperAdmin()
  const { data: { rows, next, support }, zone } = await consolePage((token) => listPlatformEvents(token, filter, timezone ?? 'UTC'))
  const { before, ...kept } = filter
  return (
    <>
      <PageHeader title="Platform audit" description="Sign-ins, refusals, every act of this console, and what becomes of support sessions. Nobody can edit it." actions={<a href={listPath('/admin/audit/export', kept)} download className={buttonClass()} title="All that fit these filters"><Download aria-hidden />CSV</a>} />
      <FilterBar path="/admin/audit" q={filter.person} name="person" placeholder="Name or e-mail address" isFiltered={Object.values(kept).some(Boolean)}>
        <Select name="action" aria-label="Action" defaultValue={filter.action} options={[{ value: '', label: 'Every action' }, ...CHOICES]} className="col-span-2 sm:w-44" />
        <Select name="outcome" aria-label="Outcome" defaultValue={filter.outcome} options={[{ value: '', label: 'Done or refused' }, { value: 'done', label: 'Done' }, { value: 'refused', label: 'Refused' }]} className="col-span-2 sm:w-40" />
        {filter.support && <input type="hidden" name="support" value={filter.support} />}
        <label className="flex flex-col text-xs text-text-muted">From<Input name="from" type="date" defaultValue={filter.from} className="sm:w-36" /></label>
        <label className="flex flex-col text-xs text-text-muted">Until<Input name="until" type="date" defaultValue={filter.until} className="sm:w-36" /></label>
      </FilterBar>
      {filter.support && <FilterChip href={listPath('/admin/audit', { ...kept, support: '' })}>{support ? <>Support session of {support.adminName} in {support.organization}, <Moment iso={support.at} timeZone={zone} /></> : 'A support session that there is not'}</FilterChip>}
      {rows.length === 0 ? <EmptyState icon={<History />} title="No such event">Nothing that fits these filters has happened.</EmptyState> : (
        <>
          <Table caption="Events">
            <TableHead><Th>When</Th><Th>Whose</Th><Th>What</Th><Th>Of</Th><Th>From</Th></TableHead>
            <TableBody>
              {rows.map((row) => (
                <Tr key={row.id}>
                  <Td label="When" className="text-text-muted"><RelativeTime iso={row.at} timeZone={zone} /></Td>
                  <Td label="Whose">{row.who ?? 'nobody known'}</Td>
                  <Td primary>{describeSecurityEvent(row.action, null, null)} {!row.success && <Badge tone="danger">refused</Badge>}{row.reason && <span className="block text-[0.8125rem] font-normal wrap-anywhere text-text-muted">{row.reason.replaceAll('_', ' ')}</span>}</Td>
                  <Td label="Of" className="wrap-anywhere"><Subject row={row} /></Td>
                  <Td label="From" secondary className="text-[0.8125rem] text-text-muted">{row.ip}</Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
          <Pagination previousHref={before ? listPath('/admin/audit', kept) : undefined} nextHref={next ? listPath('/admin/audit', { ...kept, before: next }) : undefined} />
        </>
      )}
    </>
  )
}

function Subject({ row: { subject, subjectKind, subjectId } }: { row: PlatformEvent }) {
  if (!subjectKind) return subject
  return <AppLink href={`/admin/${subjectKind === 'person' ? 'people' : 'organizations'}/${subjectId}`} className="hover:underline">{subject}</AppLink>
}
