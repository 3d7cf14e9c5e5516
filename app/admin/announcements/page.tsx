import { Megaphone } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { listAllAnnouncements } from '@/lib/console/settings'
import { consolePage } from '../console-page'
import { AnnounceDialog, EndAnnouncement } from './announce-dialog'

export const metadata: Metadata = { title: 'Announcements' }

export default async function AnnouncementsPage() {
  const { data: rows, zone } = await consolePage((token) => listAllAnnouncements(token))
  return (
    <>
      <PageHeader title="Announcements" description="What you have to say to the people who work here: maintenance, news, a warning." actions={<AnnounceDialog zone={zone} />} />
      {rows.length === 0 ? <EmptyState icon={<Megaphone />} title="Nothing announced yet">It stands above every page, and each reader can put it away.</EmptyState> : (
        <Table caption="Announcements">
          <TableHead><Th>What</Th><Th>State</Th><Th>For</Th><Th>From</Th><Th>Until</Th><Th>By</Th><Th labelHidden>Actions</Th></TableHead>
          <TableBody>
            {rows.map((row) => {
              const { state } = row
              return (
                <Tr key={row.id}>
                  <Td primary className="max-w-md whitespace-pre-line wrap-anywhere">{row.text} {row.level === 'warning' && <Badge tone="warning">warning</Badge>}</Td>
                  <Td label="State"><Badge tone={state === 'shown now' ? 'success' : state === 'to come' ? 'info' : 'neutral'}>{state}</Badge></Td>
                  <Td label="For" className="max-w-56 wrap-anywhere">{row.audience === 'admins' ? 'owners and admins' : 'everybody'}{row.organizationCount > 0 && ` of ${row.organizations.slice(0, 3).join(', ')}${row.organizationCount > 3 ? ` and ${row.organizationCount - 3} more` : ''}`}</Td>
                  <Td label="From" className="text-text-muted"><RelativeTime iso={row.fromAt} timeZone={zone} /></Td>
                  <Td label="Until" className="text-text-muted">{row.untilAt ? <RelativeTime iso={row.untilAt} timeZone={zone} /> : 'no end set'}</Td>
                  <Td label="By">{row.by}</Td>
                  <Td align="end"><EndAnnouncement id={row.id} text={row.text} isOver={state === 'over'} /></Td>
                </Tr>
              )
            })}
          </TableBody>
        </Table>
      )}
    </>
  )
}
