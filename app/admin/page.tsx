import { Building2 } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { RelativeTime } from '@/components/ui/relative-time'
import { Select } from '@/components/ui/select'
import { listOrganizations } from '@/lib/console/organizations'
import { listAllPlans } from '@/lib/console/plans'
import { organizationFilterSchema, STATES } from '@/lib/console/schema'
import { consolePage } from './console-page'
import { FilterBar, listPath } from './filter-bar'
import { STATE_TONES } from './organizations/tones'
import { NewOrganization } from './organizations/new-organization'

export const metadata: Metadata = { title: 'Organizations' }


export default async function OrganizationsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const filter = organizationFilterSchema.parse(await searchParams)
  const { data: { list: { rows, next }, plans }, zone } = await consolePage(async (token) => ({ list: await listOrganizations(token, filter), plans: await listAllPlans(token) }))
  const { q, state, plan, after } = filter
  const names = new Map(plans.map((one) => [one.key, one.name]))
  const isFiltered = Boolean(q || state || plan)
  return (
    <>
      <PageHeader title="Organizations" description="Who is here and how much they use. What they keep stays theirs: into one leads a support session alone." actions={<NewOrganization plans={plans.map(({ key, name }) => ({ key, name }))} />} />
      <FilterBar path="/admin" q={q} placeholder="Name, address or code" isFiltered={isFiltered}>
        <Select name="state" aria-label="State" defaultValue={state} options={[{ value: '', label: 'Every state' }, ...Object.entries(STATES).map(([value, label]) => ({ value, label }))]} className="sm:w-44" />
        <Select name="plan" aria-label="Plan" defaultValue={plan} options={[{ value: '', label: 'Every plan' }, ...plans.map(({ key, name }) => ({ value: key, label: name }))]} className="sm:w-40" />
      </FilterBar>
      {rows.length === 0 ? <EmptyState icon={<Building2 />} title={isFiltered ? 'No such organization' : 'No organization yet'}>{isFiltered ? 'Names, addresses and codes are searched from their beginning.' : 'Make the first one, or let people sign up.'}</EmptyState> : (
        <>
          <Table caption="Organizations">
            <TableHead><Th>Organization</Th><Th>State</Th><Th>Plan</Th><Th align="end">Members</Th><Th align="end">Projects</Th><Th align="end">Files</Th><Th>Created</Th><Th>Last active</Th></TableHead>
            <TableBody>
              {rows.map((row) => (
                <Tr key={row.id}>
                  <Td primary><AppLink href={`/admin/organizations/${row.id}`} className="hover:underline">{row.name}</AppLink> <span className="block text-[0.8125rem] font-normal text-text-muted">{row.slug} · {row.code}</span></Td>
                  <Td label="State"><Badge tone={STATE_TONES[row.state]}>{STATES[row.state]}</Badge></Td>
                  <Td label="Plan">{names.get(row.planKey) ?? row.planKey}</Td>
                  <Td label="Members" align="end">{row.members.toLocaleString('en')}</Td>
                  <Td label="Projects" align="end">{row.projects.toLocaleString('en')}</Td>
                  <Td label="Files" align="end">{row.storageMb.toLocaleString('en')} MB</Td>
                  <Td label="Created" className="text-text-muted"><RelativeTime iso={row.createdAt} timeZone={zone} /></Td>
                  <Td label="Last active" className="text-text-muted">{row.lastActiveAt ? <RelativeTime iso={row.lastActiveAt} timeZone={zone} /> : 'never'}</Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
          <Pagination previousHref={after ? listPath('/admin', { q, state, plan }) : undefined} nextHref={next ? listPath('/admin', { q, state, plan, after: next }) : undefined} />
        </>
      )}
    </>
  )
}
