import { Users } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { RelativeTime } from '@/components/ui/relative-time'
import { Select } from '@/components/ui/select'
import { listPeople } from '@/lib/console/people'
import { peopleFilterSchema } from '@/lib/console/schema'
import { consolePage } from '../console-page'
import { FilterBar, listPath } from '../filter-bar'
import { AccountState } from './account-state'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const query = peopleFilterSchema.parse(await searchParams)
  const { data: { rows, next }, zone } = await consolePage((token) => listPeople(token, query))
  const { q, filter, after } = query
  return (
    <>
      <PageHeader title="People" description="Everybody who has an account here, whatever organization they are in." />
      <FilterBar path="/admin/people" q={q} placeholder="Name or e-mail address" isFiltered={Boolean(q || filter)}>
        <Select name="filter" aria-label="Who" defaultValue={filter} options={[{ value: '', label: 'Everybody' }, { value: 'super_admins', label: 'Super-admins' }, { value: 'deactivated', label: 'Not active' }]} className="sm:w-44" />
      </FilterBar>
      {rows.length === 0 ? <EmptyState icon={<Users />} title="Nobody like that">Names and addresses are searched from their beginning.</EmptyState> : (
        <>
          <Table caption="People">
            <TableHead><Th>Person</Th><Th>Account</Th><Th>Second factor</Th><Th align="end">Organizations</Th><Th>Signed in</Th></TableHead>
            <TableBody>
              {rows.map((row) => (
                <Tr key={row.id}>
                  <Td primary><AppLink href={`/admin/people/${row.id}`} className="hover:underline">{row.name}</AppLink> {row.isSuperAdmin && <Badge tone="accent">super-admin</Badge>}<span className="block text-[0.8125rem] font-normal wrap-anywhere text-text-muted">{row.email}</span></Td>
                  <Td label="Account"><AccountState status={row.status} /></Td>
                  <Td label="Second factor">{row.hasSecondFactor ? 'yes' : 'no'}</Td>
                  <Td label="Organizations" align="end">{row.organizations}</Td>
                  <Td label="Signed in" className="text-text-muted">{row.lastLoginAt ? <RelativeTime iso={row.lastLoginAt} timeZone={zone} /> : 'never'}</Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
          <Pagination previousHref={after ? listPath('/admin/people', { q, filter }) : undefined} nextHref={next ? listPath('/admin/people', { q, filter, after: next }) : undefined} />
        </>
      )}
    </>
  )
}
